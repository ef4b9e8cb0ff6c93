import { AwsError } from '../http/awsError.ts';
import { invalidPattern, regexTest } from './pattern/condition.ts';
import { parseJsonPattern } from './pattern/jsonPattern.ts';
import { parseSpacePattern } from './pattern/spacePattern.ts';

const longestPattern = 1024;
const mostRegexes = 2;

/**
 * Reads a filter pattern: `{ … }` over JSON, `[ … ]` over words with names, else words: all plain ones must be there, none
 * with `-`, and of those with `?` one; `%…%` is a regular expression. Quotes keep words together. Case counts. Throws
 * InvalidParameterException where it is no pattern.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function parseFilterPattern(pattern: string): (message: string) => boolean {
  const text = pattern.trim();
  if (text.length > longestPattern) {
    const message = `Value at 'filterPattern' failed to satisfy constraint: Member must have length less than or equal to ${longestPattern}`;
    throw new AwsError('InvalidParameterException', `1 validation error detected: ${message}`);
  }
  const regexes = text.replace(/"(?:[^"\\]|\\.)*"/g, '').match(/%(?:[^%\\]|\\.)+%/g) ?? [];
  if (/^[{[]/.test(text) && regexes.length > mostRegexes) {
    throw new AwsError(
      'InvalidParameterException',
      `Invalid filter pattern: more than ${mostRegexes} regular expressions`,
    );
  }
  if (text.startsWith('{') && text.endsWith('}')) return parseJsonPattern(text.slice(1, -1));
  if (text.startsWith('[') && text.endsWith(']')) return parseSpacePattern(text.slice(1, -1));
  if (/^[{[]/.test(text)) throw invalidPattern(text);
  const regex = /^%((?:[^%\\]|\\.)+)%$/.exec(text)?.[1];
  return regex === undefined ? parseWords(text) : regexTest(regex);
}

function parseWords(text: string): (message: string) => boolean {
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
