import { invalidPattern, parseCondition, type Condition } from './condition.ts';

interface Field {
  readonly name: string;
  readonly condition?: Condition<unknown>;
}

/**
 * Reads `[ip, user, ..., status = 4* && status != 404]`: a name for each word of a message, words in quotes or brackets
 * together; `...` stands for any number of words.
 */
export function parseSpacePattern(text: string): (message: string) => boolean {
  const entries = splitFields(text);
  const rest = entries.indexOf('...');
  if (rest !== entries.lastIndexOf('...')) throw invalidPattern('...');
  const fields = entries.filter((entry) => entry !== '...').map(parseField);
  return (message) => {
    const words = wordsOf(message);
    if (rest === -1 ? words.length !== fields.length : words.length < fields.length) return false;
    const skipped = words.length - fields.length;
    const values = new Map(
      fields.map(({ name }, index) => [name, words[rest !== -1 && index >= rest ? index + skipped : index]]),
    );
    return fields.every(({ condition }) => condition?.((name) => values.get(name)) ?? true);
  };
}

function splitFields(text: string): readonly string[] {
  return [...text.matchAll(/(?:"(?:[^"\\]|\\.)*"|%(?:[^%\\]|\\.)+%|[^,"])+/g)].map(([entry]) => entry.trim());
}

function parseField(entry: string): Field {
  const name = /^[(\s]*(\w+)/.exec(entry)?.[1];
  if (name === undefined) throw invalidPattern(entry);
  return /^\w+$/.test(entry) ? { name } : { name, condition: parseCondition(entry, /\w+/) };
}

function wordsOf(message: string): readonly string[] {
  return [...message.matchAll(/"([^"]*)"|\[([^\]]*)\]|(\S+)/g)].map(
    ([, quoted, bracketed, plain = '']) => quoted ?? bracketed ?? plain,
  );
}
