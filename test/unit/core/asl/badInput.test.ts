import { describe, expect, it } from 'vitest';
import { validate } from '../../../../src/core/asl/index.ts';

const MACHINE = '{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Succeed"}}}';
const json = (text: string) => validate(text, { fileName: 'machine.asl.json' });
const yaml = (text: string) => validate(text, { fileName: 'machine.asl.yaml' });
const codes = (findings: ReturnType<typeof validate>) =>
  findings.filter(({ severity }) => severity === 1).map(({ code }) => code);

describe('odd input', () => {
  it.each([
    ['a byte order mark', `\uFEFF${MACHINE}`],
    ['Windows line ends', MACHINE.replaceAll(', ', ',\r\n')],
    ['old Mac line ends', MACHINE.replaceAll(', ', ',\r')],
    ['tabs', MACHINE.replaceAll(', ', ',\t')],
    ['a lone surrogate in a comment', MACHINE.replace('{"StartAt"', '{"Comment": "\ud800", "StartAt"')],
  ])('takes %s', (_, text) => expect(codes(json(text))).toEqual([]));

  it('points at the right line with Windows line ends', () => {
    const text =
      '{\r\n"StartAt": "A",\r\n"States": {\r\n"A": {"Type": "Pass", "Next": "C"}, "B": {"Type": "Succeed"}}}';
    const [finding] = json(text).filter(({ code }) => code === 'asl/unknown-next');
    expect(finding?.range).toEqual({ start: { line: 3, character: 30 }, end: { line: 3, character: 33 } });
  });

  it.each([
    ['nothing', ''],
    ['blanks', '  \n '],
    ['a NUL', MACHINE.replace('Pass', 'Pa\0ss')],
    ['a list', '[]'],
    ['a word', 'not a definition'],
    ['half a document', MACHINE.slice(0, 60)],
    ['single quotes', MACHINE.replaceAll('"', "'")],
  ])('has an error for %s', (_, text) => expect(codes(json(text))).not.toEqual([]));

  it('says once that it is too deep, however deep', () => {
    const text = `{"StartAt": "A", "States": {"A": {"Type": "Pass", "Result": ${'['.repeat(10_000)}${']'.repeat(10_000)}, "End": true}}}`;
    expect(codes(json(text))).toEqual(['asl/too-deep']);
    expect(codes(json('{"a":'.repeat(10_000)))).toContain('asl/too-deep');
  });

  it('reads repeated names as JSON readers do, and says so', () => {
    const text = '{"StartAt": "A", "States": {"A": {"Type": "Fail"}, "A": {"Type": "Succeed"}}}';
    expect(codes(json(text))).toContain('asl/duplicate-key');
  });

  it('says that a definition of 3 MB is too large', () => {
    const text = MACHINE.replace('"Next": "B"', `"Result": "${'x'.repeat(3_000_000)}", "Next": "B"`);
    expect(codes(json(text))).toEqual(['asl/definition-size']);
  });

  it.each([
    ['JSON of 50 MB', () => json(`{"StartAt": "A", "States": {${'"A": {"Type": "Pass"}, '.repeat(2_300_000)}}}`)],
    ['a JSON string of 50 MB', () => json(MACHINE.replace('Pass', 'x'.repeat(50_000_000)))],
    ['YAML of 50 MB', () => yaml(`States:\n${'  A:\n    Type: Pass\n'.repeat(2_300_000)}`)],
  ])('says of %s only that it is too large', (_, findings) => {
    const found = findings();
    expect(codes(found).sort()).toEqual(['asl/definition-size', 'asl/syntax']);
    expect(found.map(({ range }) => range.start)).toEqual([0, 0].map(() => ({ line: 0, character: 0 })));
  });

  it('says once in a line what is wrong with the syntax, and nothing of names that are no names', () => {
    const broken = MACHINE.replace('"Type": "Pass"', '"Type": "Pass", "Comment": "two\nlines here\nand more"');
    expect(broken).not.toBe(MACHINE);
    const found = json(broken);
    const lines = found.filter(({ code }) => code === 'asl/syntax').map(({ range }) => range.start.line);
    expect(lines).toEqual([...new Set(lines)]);
    expect(found.map(({ message }) => message)).toContain('This string is never closed: a double quote is missing.');
    expect(found.filter(({ message }) => message.includes('has no field'))).toEqual([]);
  });

  it.each([
    ['commas', `{"StartAt": "A", ${','.repeat(1_000_000)}`],
    ['placeholders that never end', `{"StartAt": ${'${'.repeat(500_000)}`],
    ['parentheses', MACHINE.replace('"Next": "B"', `"InputPath": "$[?(${'('.repeat(1_000_000)}"`)],
    ['comments', `${'//\n'.repeat(300_000)}${MACHINE}`],
  ])('takes a megabyte of %s', (_, text) => {
    const found = json(text);
    expect(codes(found)).not.toEqual([]);
    expect(found.length).toBeLessThan(300);
  });

  it.each([
    ['a sum', Array.from({ length: 200_000 }, () => '1').join(' + ')],
    ['an array', `[${Array.from({ length: 250_000 }, () => '1').join()}]`],
    ['parentheses', '('.repeat(500_000)],
    ['a quote that is never closed', `'${'a'.repeat(1_000_000)}`],
    ['a comment that is never closed', `/*${'a'.repeat(1_000_000)}`],
    ['conditions', `${'true ? 1 : '.repeat(50_000)}1`],
  ])('takes a megabyte of JSONata: %s', (_, expression) => {
    const found = json(
      JSON.stringify({
        QueryLanguage: 'JSONata',
        StartAt: 'A',
        States: { A: { Type: 'Pass', Output: `{% ${expression} %}`, End: true } },
      }),
    );
    expect(found.length).toBeLessThan(5);
    expect(new Set([...codes(found), 'asl/jsonata-syntax'])).toEqual(new Set(['asl/jsonata-syntax']));
  });

  it('takes thousands of transitions to nowhere', () => {
    const states = Array.from(
      { length: 5_000 },
      (_, index) => [`S${index}`, { Type: 'Pass', Next: `T${index}` }] as const,
    );
    const text = JSON.stringify({ StartAt: 'S0', States: { ...Object.fromEntries(states), Z: { Type: 'Succeed' } } });
    expect(new Set(codes(json(text)))).toEqual(new Set(['asl/unknown-next']));
  });

  it('ignores in JSON what a Comment asks to ignore', () => {
    const text =
      '{"StartAt": "A", "States": {"A": {"Comment": "sluice-ignore: unknown-next", "Type": "Pass", "Next": "C"}, "B": {"Type": "Succeed"}}}';
    expect(codes(json(text))).not.toContain('asl/unknown-next');
  });
});

describe('odd YAML', () => {
  it('resolves anchors, aliases and merges', () => {
    const text = [
      'StartAt: A',
      'States:',
      '  A: &base',
      '    Type: Pass',
      '    Next: B',
      '  B:',
      '    <<: *base',
      '    Next: Yes',
      '  Yes: {Type: Succeed}',
    ].join('\n');
    expect(codes(yaml(text))).toEqual([]);
  });

  it('reads the first of several documents', () => {
    const one = 'StartAt: A\nStates:\n  A: {Type: Succeed}\n';
    expect(codes(yaml(one))).toEqual([]);
    expect(yaml(`${one}---\n${one}`).map(({ code }) => code)).toEqual(['asl/several-documents']);
  });

  it.each([
    ['Windows line ends', 'StartAt: A\r\nStates:\r\n  A: {Type: Succeed}\r\n'],
    ['a byte order mark', '\uFEFFStartAt: A\nStates:\n  A: {Type: Succeed}\n'],
    ['tabs between values', 'StartAt:\tA\nStates:\n  A:\t{Type: Succeed}\n'],
    ['a lone surrogate', 'Comment: "\ud800"\nStartAt: A\nStates:\n  A: {Type: Succeed}\n'],
    [
      'words that YAML 1.1 takes for booleans',
      'StartAt: on\nStates:\n  on: {Type: Pass, Next: off}\n  off: {Type: Fail}\n',
    ],
    ['numbers as names', 'StartAt: "1"\nStates:\n  1: {Type: Pass, Next: "2"}\n  2: {Type: Succeed}\n'],
    ['an end mark', '%YAML 1.2\n---\nStartAt: A\nStates:\n  A: {Type: Succeed}\n...\n'],
    [
      'several merges',
      'StartAt: A\nStates:\n  A: &a {Type: Pass, Next: B}\n  B: {<<: [*a], Next: C}\n  C: {Type: Fail}\n',
    ],
  ])('takes %s', (_, text) => expect(codes(yaml(text))).toEqual([]));

  it.each([
    ['a tab as indentation', 'StartAt: A\nStates:\n\tA: {Type: Succeed}\n', 'asl/syntax'],
    ['an alias without its anchor', 'StartAt: A\nStates:\n  A: *base\n', 'asl/syntax'],
    ['a NUL', 'StartAt: A\0\nStates:\n  A: {Type: Succeed}\n', 'asl/unknown-start-at'],
    ['a repeated state', 'StartAt: A\nStates:\n  A: {Type: Fail}\n  A: {Type: Succeed}\n', 'asl/duplicate-key'],
    [
      'a boolean as target',
      'StartAt: A\nStates:\n  A: {Type: Pass, Next: true}\n  true: {Type: Fail}\n',
      'asl/next-text',
    ],
  ])('has an error for %s', (_, text, code) => expect(codes(yaml(text))).toContain(code));

  it('takes thousands of aliases', () => {
    const states = Array.from({ length: 3_000 }, (_, index) => `  S${index}: *state\n`).join('');
    const text = `StartAt: A\nStates:\n  A: &state {Type: Pass, Next: A}\n${states}`;
    expect(new Set(codes(yaml(text)))).not.toContain('asl/syntax');
  });

  it('says once that merges of merges are too many', () => {
    const merged = Array.from(
      { length: 500 },
      (_, index) => `b${index}: &b${index}\n  ${index === 0 ? 'x: 1' : `<<: *b${index - 1}`}\n  k${index}: 1\n`,
    );
    const found = codes(yaml(`StartAt: A\n${merged.join('')}States:\n  A: {Type: Succeed}\n`));
    expect(found.filter((code) => code === 'asl/too-deep')).toHaveLength(1);
  });

  it.each(['StartAt: [', 'a: b: c', '\t', '&a [*a]', '!!binary x', '? {a: 1}\n: b', '- - -'])(
    'never throws on %j',
    (text) => {
      expect(() => yaml(text)).not.toThrow();
    },
  );
});
