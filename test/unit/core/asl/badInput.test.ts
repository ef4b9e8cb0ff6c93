import { describe, expect, it } from 'vitest';
import { HostedDocument, openDocument, validate } from '../../../../src/core/asl/index.ts';
import { symbolsOf } from '../../../../src/core/asl/symbols.ts';

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

describe('a fault in the syntax of YAML', () => {
  const lines = [
    'StartAt: A',
    'States:',
    '  A:',
    '    Type: Pass',
    '    Next: B',
    '  B:',
    '    Type: Pass',
    '    Next: C',
    '  C:',
    '    Type: Succeed',
  ];
  const withLine = (index: number, line: string) => yaml(lines.with(index, line).join('\n'));

  it.each([
    ['a name too far left', 4, '   Next: B', { line: 4, character: 3 }],
    ['a name too far right', 4, '     Next: B', { line: 3, character: 10 }],
    ['a state too far left', 5, ' B:', { line: 5, character: 1 }],
    ['a tab as indentation', 4, '\tNext: B', { line: 4, character: 0 }],
    ['a quote that is never closed', 3, '    Type: "Pass', { line: 3, character: 10 }],
    ['a bracket that is never closed', 3, '    Type: [Pass', { line: 3, character: 10 }],
    ['a brace that is never closed', 3, '    Type: {Pass', { line: 3, character: 10 }],
    ['a field without its colon', 3, '    Type Pass', { line: 3, character: 4 }],
    ['a state without its colon', 5, '  B', { line: 5, character: 2 }],
    ['a colon in a value', 3, '    Comment: a: b', { line: 3, character: 13 }],
    ['a reserved character', 3, '    Type: @Pass', { line: 3, character: 10 }],
    ['an escape that is none', 3, '    Type: "Pa\\qss"', { line: 3, character: 13 }],
    ['text after a quote', 3, '    Type: "Pass" x', { line: 3, character: 17 }],
  ])('is told once, at its place: %s', (_, index, line, start) => {
    const found = withLine(index, line);
    expect(found.map(({ code, range }) => ({ code, start: range.start }))).toEqual([{ code: 'asl/syntax', start }]);
  });

  it('points at the string whose quote is missing where the next string ends it', () => {
    const text = lines.with(3, '    Type: "Pass').with(4, '    Next: "B"').join('\n');
    expect(yaml(text).map(({ code, range }) => [code, range.start.line])).toEqual([['asl/syntax', 3]]);
  });

  it('hides nothing of states that it does not reach', () => {
    const text = lines.with(3, '    Type: @Pass').with(7, '    Next: Nowhere').join('\n');
    expect(codes(yaml(text))).toEqual(['asl/syntax', 'asl/unknown-next']);
  });

  it.each(['    "Nex', '    Next: "B', "    Next: 'B", '    Nex', '    }'])(
    'leaves the other states in outline and names: %s',
    (line) => {
      const { machine } = openDocument(lines.with(4, line).join('\n'), { fileName: 'a.asl.yaml' });
      expect(machine && symbolsOf(machine).map(({ name }) => name)).toEqual(['A', 'B', 'C']);
    },
  );

  it('says nothing in a template that follows from it', () => {
    const indented = lines.with(4, '   Next: B').map((line) => `        ${line}`);
    const text = `Resources:\n  M:\n    Type: AWS::StepFunctions::StateMachine\n    Properties:\n      Definition:\n${indented.join('\n')}\n`;
    expect(validate(text, { fileName: 'template.yaml' })).toEqual([]);
  });
});

describe('a definition that appears twice in a template', () => {
  const faulty = MACHINE.replace('"Next": "B"', '"Next": "C"');
  const machine = (id: string, ...definitions: string[]) =>
    [
      `  ${id}:`,
      '    Type: AWS::StepFunctions::StateMachine',
      '    Properties:',
      ...definitions.map((definition) => `      ${definition}`),
    ].join('\n');
  const places = (text: string, fileName = 'template.yaml') =>
    validate(text, { fileName }).map(({ code, range: { start, end } }) => [
      code,
      start.line,
      text.split('\n')[start.line]?.slice(start.character, end.character),
    ]);
  const asString = `DefinitionString: '${faulty}'`;
  const asObject = `Definition: ${faulty}`;

  it.each([
    ['as strings', asString],
    ['as objects', asObject],
  ])('has its findings at both places: %s', (_, definition) => {
    const text = `Resources:\n${machine('One', definition)}\n${machine('Two', definition)}\n`;
    expect(places(text)).toEqual([
      ['asl/unknown-next', 4, '"C"'],
      ['asl/unknown-next', 8, '"C"'],
    ]);
  });

  it('has them at the alias where the second is one', () => {
    for (const name of ['Definition', 'DefinitionString']) {
      const value = name === 'Definition' ? faulty : `'${faulty}'`;
      const text = `Resources:\n${machine('One', `${name}: &machine ${value}`)}\n${machine('Two', `${name}: *machine`)}\n`;
      expect(places(text)).toEqual([
        ['asl/unknown-next', 4, '"C"'],
        ['asl/unknown-next', 8, '*machine'],
      ]);
    }
  });

  it('has them at both places within one machine, and of a name that is repeated at the last, which is the one that counts', () => {
    expect(places(`Resources:\n${machine('One', asString, asObject)}\n`).map(([, line]) => line)).toEqual([4, 5]);
    expect(places(`Resources:\n${machine('One', asObject, asObject)}\n`).map(([, line]) => line)).toEqual([5]);
    const inJson = `{"Resources": {"One": {"Type": "AWS::StepFunctions::StateMachine", "Properties": {\n"Definition": ${faulty},\n"Definition": ${faulty}}}}}`;
    expect(places(inJson, 'template.json')).toEqual([['asl/unknown-next', 2, '"C"']]);
  });

  it('tells the two apart while one is edited', () => {
    const text = `Resources:\n${machine('One', `DefinitionString: '${MACHINE}'`)}\n${machine('Two', `DefinitionString: '${MACHINE}'`)}\n`;
    const document = new HostedDocument(text, { fileName: 'template.yaml' });
    expect(document.findings()).toEqual([]);
    const offset = text.lastIndexOf('"Next": "B"') + '"Next": "'.length;
    document.edit([{ offset, length: 1, text: 'C' }]);
    expect(document.findings().map(({ code, range }) => [code, range.start.line])).toEqual([['asl/unknown-next', 8]]);
    document.edit([{ offset: text.indexOf('"Next": "B"') + '"Next": "'.length, length: 1, text: 'C' }]);
    expect(document.findings().map(({ range }) => range.start.line)).toEqual([4, 8]);
  });
});

describe('odd input in a file of another kind', () => {
  const faulty = MACHINE.replace('"Next": "B"', '"Next": "C"');
  const template = `Resources:\n  M:\n    Type: AWS::StepFunctions::StateMachine\n    Properties:\n      Definition: ${faulty}\n`;
  const terraform = `resource "aws_sfn_state_machine" "m" {\n  definition = jsonencode(${faulty})\n}\n`;
  const hosts = [
    ['template.yaml', template],
    ['stack.py', `m = ${faulty}\n`],
    ['stack.ts', `const m = ${faulty};\n`],
    ['main.tf', terraform],
  ] as const;

  it.each(hosts)('takes a byte order mark, Windows line ends and tabs in %s', (fileName, text) => {
    for (const odd of [`\uFEFF${text}`, text.replaceAll('\n', '\r\n'), text.replaceAll('", ', '",\t')]) {
      expect(validate(odd, { fileName }).map(({ code }) => code)).toEqual(['asl/unknown-next']);
    }
  });

  it.each(hosts)('never throws on a NUL and a lone surrogate in %s', (fileName, text) => {
    for (const odd of ['\0', '\ud800']) {
      expect(() => validate(text.replaceAll('"B"', `"B${odd}"`), { fileName })).not.toThrow();
      expect(() => validate(text.replace('States', `${odd}States`), { fileName })).not.toThrow();
    }
  });

  it.each(hosts)('never throws on brackets 10,000 deep in %s', (fileName, text) => {
    const deep = '['.repeat(10_000) + ']'.repeat(10_000);
    expect(() => validate(text.replace('"Pass"', `"Pass", "Result": ${deep}`), { fileName })).not.toThrow();
    expect(() =>
      validate(text.replace('"Pass"', `"Pass", "Result": ${'('.repeat(10_000)}`), { fileName }),
    ).not.toThrow();
  });

  it.each(hosts)('does not read 50 MB of %s', (fileName, text) => {
    const comment = /py|yaml/.test(fileName) ? '# comment\n' : '// comment\n';
    const found = validate(text + comment.repeat(50_000_000 / comment.length), { fileName });
    expect(found.filter(({ code }) => code === 'asl/unknown-next')).toEqual([]);
  });
});
