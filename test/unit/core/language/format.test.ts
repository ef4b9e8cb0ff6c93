import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatDocument } from '../../../../src/core/language/format/format.ts';
import { parseTree, type Format } from '../../../../src/core/language/edit.ts';

function formatted(text: string, format: Format = 'json', indent = '  '): string | undefined {
  const changes = formatDocument(parseTree(text, format), indent);
  return changes
    ?.toReversed()
    .reduce(
      (result, { offset, length, text: inserted }) =>
        result.slice(0, offset) + inserted + result.slice(offset + length),
      text,
    );
}

describe('formatting JSON', () => {
  it('puts one name on a line, and keeps what was written on one line', () => {
    const text = '{"StartAt":"A",\n"States":{"A":{"Type":"Pass",\n"Result":{"a":1,"b":[1,2]},"End":true}}}';
    expect(formatted(text)).toBe(
      [
        '{',
        '  "StartAt": "A",',
        '  "States": {',
        '    "A": {',
        '      "Type": "Pass",',
        '      "Result": {"a": 1, "b": [1, 2]},',
        '      "End": true',
        '    }',
        '  }',
        '}',
      ].join('\n'),
    );
  });

  it('keeps the width of indentation, line ends, blanks in braces, and one empty line', () => {
    const text = '{\r\n    "a": { "b": 1 },\r\n\r\n\r\n  "c":{"d":2}\r\n}\r\n';
    expect(formatted(text)).toBe('{\r\n    "a": { "b": 1 },\r\n\r\n    "c": { "d": 2 }\r\n}\r\n');
    expect(formatted('{\n\t"a":\t1}')).toBe('{\n\t"a": 1\n}');
  });

  it('keeps comments and placeholders', () => {
    const text = '{\n  // why\n  "a":${Timeout}, // here\n  "b": 1 /* x */}';
    expect(formatted(text)).toBe('{\n  // why\n  "a": ${Timeout}, // here\n  "b": 1 /* x */\n}');
  });

  it('spreads one long line', () => {
    const long = JSON.stringify({ States: { A: { Comment: 'x'.repeat(120) } } });
    expect(formatted(long)?.split('\n')).toHaveLength(7);
  });

  it('changes nothing the second time, and never what the text says', () => {
    for (const text of ['[]', '{ }', '[1,[2,[3]],{"a":[]}]', '{"a":"b\\"c // no comment"}']) {
      const once = formatted(text) ?? '';
      expect(formatted(once)).toBe(once);
      expect(JSON.parse(once)).toEqual(JSON.parse(text));
    }
  });

  it('leaves a text alone whose brackets do not match', () => {
    for (const text of ['{"a": [1}', '{"a": 1', ']', '']) expect(formatted(text)).toBeUndefined();
  });
});

describe('formatting YAML', () => {
  it('evens out indentation and keeps comments, quotes, block scalars and flow style', () => {
    const text =
      "# head\nStartAt: A\nStates:\n  A:\n      Type: Task # the job\n      Resource:   'arn:x'\n      Parameters: {a: 1,b: [1,2]}\n      Comment: |\n        two\n        lines\n      Retry:\n      - ErrorEquals: [States.ALL]\n";
    expect(formatted(text, 'yaml')).toBe(
      "# head\nStartAt: A\nStates:\n  A:\n    Type: Task # the job\n    Resource: 'arn:x'\n    Parameters: {a: 1, b: [1, 2]}\n    Comment: |\n      two\n      lines\n    Retry:\n    - ErrorEquals: [States.ALL]\n",
    );
  });

  it('keeps anchors, merges and tags', () => {
    const text = 'a: &x\n  b: 1\nc:\n  <<: *x\nd: !Ref  Role\n';
    expect(formatted(text, 'yaml')).toBe('a: &x\n  b: 1\nc:\n  <<: *x\nd: !Ref Role\n');
  });

  it('leaves broken texts and several documents alone', () => {
    expect(formatted('a: [1\nb: 2', 'yaml')).toBeUndefined();
    expect(formatted('a: 1\n---\nb: 2\n', 'yaml')).toBeUndefined();
  });
});

describe('formatting the sample and whatever definitions are beside the repository', () => {
  const root = resolve(import.meta.dirname, '../../../..');
  const folders = [join(root, 'sample/pipelines'), join(root, '../shared/corpus/asl/valid')].filter(existsSync);
  const files = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => /\.(?:json|ya?ml)$/.test(name))
      .slice(0, 60)
      .map((name) => join(folder, name)),
  );

  it('changes nothing but blanks, and nothing the second time', () => {
    for (const file of files) {
      const text = readFileSync(file, 'utf8');
      const format = /\.ya?ml$/.test(file) ? 'yaml' : 'json';
      const once = formatted(text, format);
      if (once === undefined) continue;
      expect(formatted(once, format), file).toBe(once);
      if (format === 'json') expect(once.replaceAll(/\s/g, ''), file).toBe(text.replaceAll(/\s/g, ''));
    }
  });
});
