import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { validate } from '../../../../src/core/validate.ts';

interface Snippet {
  readonly prefix: string;
  readonly body: readonly string[];
}

const folder = resolve(import.meta.dirname, '../../../../snippets');
const read = (name: string): readonly Snippet[] =>
  Object.values(JSON.parse(readFileSync(resolve(folder, name), 'utf8')) as Record<string, Snippet>);

/** What the snippet writes when every tab stop is left as it is. */
function expand({ body }: Snippet): string {
  return body
    .join('\n')
    .replaceAll(/\$\{\d+(?::([^}]*)|\|([^,|]*)[^}]*\|)\}/g, (_, text?: string, first?: string) => text ?? first ?? '');
}

describe('the snippets of Glue configs', () => {
  it('write configs that no rule has anything to say about, in JSON and YAML', () => {
    for (const [file, extension] of [
      ['glue.json', 'json'],
      ['glue-yaml.json', 'yaml'],
    ] as const) {
      for (const snippet of read(file)) {
        const text = expand(snippet);
        expect(text).not.toContain('${');
        expect([snippet.prefix, validate(text, { fileName: `new.glue.${extension}` })]).toEqual([snippet.prefix, []]);
      }
    }
  });

  it('say the same in both', () => {
    const json = read('glue.json').map((one) => [one.prefix, JSON.parse(expand(one)) as unknown]);
    const yaml = read('glue-yaml.json').map((one) => [one.prefix, parse(expand(one)) as unknown]);
    expect(yaml).toEqual(json);
    expect(json.map(([prefix]) => prefix)).toEqual([
      'glue-spark-job',
      'glue-streaming-job',
      'glue-python-shell-job',
      'glue-workflow',
    ]);
  });
});
