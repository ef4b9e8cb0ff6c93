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

  it.each(['StartAt: [', 'a: b: c', '\t', '&a [*a]', '!!binary x', '? {a: 1}\n: b', '- - -'])(
    'never throws on %j',
    (text) => {
      expect(() => yaml(text)).not.toThrow();
    },
  );
});
