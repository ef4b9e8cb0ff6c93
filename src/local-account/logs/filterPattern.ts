import { AwsError } from '../http/awsError.ts';

/**
 * Reads a filter pattern of words: all plain words must be there, none with `-`, and of those with `?` one. Quotes keep
 * words together. Case counts. A JSON or space-delimited pattern (`{ … }`, `[ … ]`) throws InvalidParameterException.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function parseFilterPattern(pattern: string): (message: string) => boolean {
  const text = pattern.trim();
  if (text.startsWith('{') || text.startsWith('[')) {
    const message =
      'The local account of Sluice filters by words; JSON and space-delimited patterns are not known to it.';
    throw new AwsError('InvalidParameterException', message);
  }
  const wanted: string[] = [];
  const unwanted: string[] = [];
  const anyOf: string[] = [];
  for (const match of text.matchAll(/([-?]?)(?:"((?:[^"\\]|\\.)*)"|(\S+))/g)) {
    const word = match[2]?.replace(/\\(.)/g, '$1') ?? match[3] ?? '';
    if (match[1] === '-') unwanted.push(word);
    else if (match[1] === '?') anyOf.push(word);
    else wanted.push(word);
  }
  return (message) =>
    wanted.every((word) => message.includes(word)) &&
    !unwanted.some((word) => message.includes(word)) &&
    // Plain words beside optional ones make the optional ones without effect, as the guide says.
    (anyOf.length === 0 || wanted.length > 0 || anyOf.some((word) => message.includes(word)));
}
