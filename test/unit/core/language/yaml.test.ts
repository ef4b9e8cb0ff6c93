import { describe, expect, it } from 'vitest';
import { editTree, parseTree } from '../../../../src/core/language/edit.ts';
import { nodeAtPath, syntaxIssues } from '../../../../src/core/language/treeQueries.ts';
import { visible } from './visible.ts';

const yaml = (text: string) => parseTree(text, 'yaml');

describe('parseYaml', () => {
  it('maps every character of a value back to the text', () => {
    const text = [
      'plain: a value',
      "single: 'it''s'",
      'double: "a\\n\\u00e9b"',
      'literal: |',
      '  one',
      '   two',
      'folded: >-',
      '    three',
      '    four',
      'over: two',
      '  lines',
    ].join('\n');
    const { root } = yaml(text);
    for (const name of ['plain', 'single', 'literal', 'folded', 'over']) {
      const node = nodeAtPath(root, [name]);
      if (node?.kind !== 'string') throw new Error(`${name} is no string`);
      for (const [index, character] of Array.from(node.value).entries()) {
        if (character.trim() !== '') expect(`${name} ${text[node.at(index)]}`).toBe(`${name} ${character}`);
      }
    }
    const double = nodeAtPath(root, ['double']);
    if (double?.kind !== 'string') throw new Error('no string');
    expect(double.value).toBe('a\néb');
    expect([0, 1, 2, 3].map((index) => double.at(index) - double.start)).toEqual([1, 2, 4, 10]);
  });

  it('reads intrinsics as unknown values', () => {
    const { root } = yaml('Resource: !GetAtt Load.Arn\nName: !Sub "${A}-x"\n');
    expect(nodeAtPath(root, ['Resource'])).toMatchObject({ kind: 'unknown', tag: '!GetAtt' });
    expect(nodeAtPath(root, ['Name'])).toMatchObject({ kind: 'unknown', tag: '!Sub' });
  });

  it('resolves aliases and merges, placed at the alias', () => {
    const text = 'retry: &r\n  - ErrorEquals: [A]\nbase: &b {x: 1, y: 2}\none: *r\ntwo:\n  <<: *b\n  y: 3\n';
    const { root } = yaml(text);
    expect(nodeAtPath(root, ['one', 0, 'ErrorEquals', 0])).toMatchObject({ value: 'A', start: text.indexOf('*r') });
    expect(nodeAtPath(root, ['two', 'x'])).toMatchObject({ value: 1 });
    expect(nodeAtPath(root, ['two', 'y'])).toMatchObject({ value: 3 });
  });

  it('keeps Yes, No and on as words, also as keys', () => {
    const { root } = yaml('Yes: {Next: No}\n');
    expect(nodeAtPath(root, ['Yes', 'Next'])).toMatchObject({ kind: 'string', value: 'No' });
  });

  it.each([
    ['a: [1, 2', 'syntax'],
    ['', 'syntax'],
    ['a: 1\n---\nb: 2\n', 'documents'],
    ['a:\n\tb: 1\n', 'syntax'],
  ])('says what is wrong with %j', (text, code) => {
    expect(syntaxIssues(yaml(text)).map((issue) => issue.code)).toContain(code);
  });

  it('survives aliases of aliases and a depth of 10,000', () => {
    const laughs = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
    for (let index = 1; index < 9; index++) {
      laughs.push(`a${index}: &a${index} [${Array.from({ length: 9 }, () => `*a${index - 1}`).join(', ')}]`);
    }
    expect(nodeAtPath(yaml(laughs.join('\n')).root, ['a0', 8])).toMatchObject({ value: 'x' });
    const deep = [
      '['.repeat(10_000),
      '['.repeat(1000) + ']'.repeat(1000),
      '{a: '.repeat(10_000),
      '- '.repeat(10_000),
      Array.from({ length: 3000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
    ];
    for (const text of deep) expect(syntaxIssues(yaml(text)).map(({ code }) => code)).toContain('too-deep');
  });
});

describe('an edit of YAML', () => {
  const text = [
    'StartAt: A',
    'States:',
    '  A:',
    '    Type: Pass',
    '    Next: B',
    '  # The second one',
    '  B:',
    '    Type: Wait',
    '    Seconds: 5',
    '    Next: C',
    '  C:',
    '    Type: Succeed',
    'Comment: |',
    '  The last',
    '',
  ].join('\n');
  const edited = (at: string, length: number, inserted: string) => {
    const tree = parseTree(text, 'yaml');
    const kept = ['A', 'B', 'C'].map((name) => nodeAtPath(tree.root, ['States', name]));
    const offset = text.indexOf(at);
    const after = editTree(tree, { offset, length, text: inserted });
    const isKept = ['A', 'B', 'C'].map(
      (name, index) => kept[index] !== undefined && nodeAtPath(after.root, ['States', name]) === kept[index],
    );
    return { after, isKept };
  };

  it.each([
    ['within a value', '5', 1, '15'],
    ['that adds a field', '    Seconds', 0, '    Comment: Slow\n'],
    ['that adds a list', 'Seconds: 5', 10, 'Retry:\n    - ErrorEquals: [A]'],
    ['that renames a state', 'B:\n', 1, 'Second'],
    ['that adds a state', '  B:', 0, '  A2:\n    Type: Succeed\n'],
    ['in a comment', '  # The', 7, '  # Not the'],
  ])('%s reads one entry anew', (_, at, length, inserted) => {
    const { after, isKept } = edited(at, length, inserted);
    expect(visible(after)).toEqual(visible(parseTree(after.text, 'yaml')));
    expect(isKept).toContain(true);
    expect(isKept.at(-1)).toBe(true);
  });

  it.each([
    ['that leaves a quote open', '5', 1, '"5'],
    ['that changes the indentation', '    Seconds', 4, '  '],
    ['that begins a block scalar', 'Wait', 4, '|'],
    ['that ends the document', '  B:', 0, '---\n'],
    ['with an anchor', 'Wait', 0, '&wait '],
    ['that comments the key out', 'B:\n', 0, '# '],
    ['that makes a list of the mapping', 'B:\n', 0, '- '],
    ['at the end', 'The last', 0, 'In all, t'],
  ])('%s gives what reading anew gives', (_, at, length, inserted) => {
    const { after } = edited(at, length, inserted);
    expect(visible(after)).toEqual(visible(parseTree(after.text, 'yaml')));
  });
});

describe('a line of YAML that is half typed', () => {
  const lines = (line: string): string => ['Name: a', 'List:', '  - One: 1', line, '    Two: 2', 'Last: z'].join('\n');

  it.each([
    '    "One',
    "    One: 'x",
    '    One: "x',
    '    One',
    '    One: a: b',
    '    One: a b: c',
    '    }',
    '    ]',
    '\tOne',
    '  - "One',
    '  - One: "x',
  ])('leaves what is around it as it is: %s', (line) => {
    const text = lines(line);
    const { root } = yaml(text);
    const index = line.startsWith('  - ') ? 1 : 0;
    for (const [path, value] of [
      [['Name'], 'a'],
      [['Last'], 'z'],
    ] as const)
      expect(nodeAtPath(root, path)).toMatchObject({ kind: 'string', value });
    const two = nodeAtPath(root, ['List', index, 'Two']);
    expect(two).toMatchObject({ kind: 'number', value: 2 });
    expect(two?.start).toBe(text.indexOf('2'));
    expect(syntaxIssues(yaml(text))).toHaveLength(1);
  });

  it('is not taken out where the rest is no better without it', () => {
    const { root } = yaml(lines('    One: {'));
    expect(nodeAtPath(root, ['List', 0, 'One'])).toBeDefined();
    expect(nodeAtPath(root, ['Last'])).toMatchObject({ kind: 'string', value: 'z' });
  });
});
