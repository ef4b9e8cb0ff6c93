import { describe, expect, it } from 'vitest';
import { parseTree } from '../../../../src/core/language/edit.ts';
import { applyChanges } from '../../../../src/core/language/lineIndex.ts';
import type { FixEdit } from '../../../../src/core/language/rules/rule.ts';
import type { ObjectNode, Tree } from '../../../../src/core/language/tree.ts';
import { toTextChanges } from '../../../../src/core/language/write.ts';

/** What stands in the text after one edit that is made from its root object. */
function edited(text: string, format: Tree['format'], edit: (root: ObjectNode) => FixEdit): string {
  const tree = parseTree(text, format);
  if (tree.root.kind !== 'object') throw new Error('The text is no object.');
  return applyChanges(text, toTextChanges([edit(tree.root)], tree));
}

const add =
  (name: string, value: unknown) =>
  (root: ObjectNode): FixEdit => ({ kind: 'addProperty', object: root, name, value });
const remove =
  (name: string) =>
  (root: ObjectNode): FixEdit => ({
    kind: 'removeProperty',
    key: root.property(name)!.key,
  });

describe('adding a property', () => {
  it('takes over indentation and commas of JSON', () => {
    expect(edited('{\n    "Type": "Pass"\n}', 'json', add('End', true))).toBe(
      '{\n    "Type": "Pass",\n    "End": true\n}',
    );
    expect(edited('{ "Type": "Pass" }', 'json', add('End', true))).toBe('{ "Type": "Pass", "End": true }');
    expect(edited('{}', 'json', add('End', true))).toBe('{\n  "End": true\n}');
  });

  it('writes an object over several lines below its name', () => {
    expect(edited('{\n  "Type": "Task"\n}', 'json', add('Retry', [{ ErrorEquals: ['States.ALL'] }]))).toBe(
      '{\n  "Type": "Task",\n  "Retry": [\n    {\n      "ErrorEquals": [\n        "States.ALL"\n      ]\n    }\n  ]\n}',
    );
  });

  it('follows the layout of YAML', () => {
    expect(edited('Type: Pass\nNext: A\n', 'yaml', add('Comment', 'to do: this'))).toBe(
      'Type: Pass\nNext: A\nComment: "to do: this"\n',
    );
  });
});

describe('writing an object into YAML', () => {
  const retry = [{ ErrorEquals: ['States.ALL'], Text: '{% $x %}', None: {} }];
  const lines = 'Retry:\n  - ErrorEquals:\n      - States.ALL\n    Text: "{% $x %}"\n    None: {}\n';

  it('goes over lines by its indentation, added or in the place of a value', () => {
    expect(edited('Type: Task\n', 'yaml', add('Retry', retry))).toBe(`Type: Task\n${lines}`);
    const replace = (root: ObjectNode): FixEdit => ({ kind: 'replaceValue', node: root.get('Retry')!, value: retry });
    expect(edited('Retry:\n  - ErrorEquals: [A]\n    MaxAttempts: 2\nEnd: true\n', 'yaml', replace)).toBe(
      `${lines}End: true\n`,
    );
    expect(edited('Retry: none\nEnd: true\n', 'yaml', replace)).toBe(`${lines}End: true\n`);
  });

  it('stays in brackets where it is in some', () => {
    const replace = (root: ObjectNode): FixEdit => ({ kind: 'replaceValue', node: root.get('Retry')!, value: [1] });
    expect(edited('{ Retry: 1, End: true }\n', 'yaml', replace)).toBe('{ Retry: [1], End: true }\n');
  });
});

describe('removing a property', () => {
  const json = '{\n  "A": 1,\n  "B": 2,\n  "C": 3\n}';
  it('leaves valid JSON, wherever the property stood', () => {
    expect(JSON.parse(edited(json, 'json', remove('A')))).toEqual({ B: 2, C: 3 });
    expect(edited(json, 'json', remove('B'))).toBe('{\n  "A": 1,\n  "C": 3\n}');
    expect(edited(json, 'json', remove('C'))).toBe('{\n  "A": 1,\n  "B": 2\n}');
    expect(JSON.parse(edited('{ "A": 1 }', 'json', remove('A')))).toEqual({});
  });

  it('leaves valid YAML', () => {
    expect(edited('A: 1\nB:\n  - 2\nC: 3\n', 'yaml', remove('B'))).toBe('A: 1\nC: 3\n');
    expect(edited('A: 1\nB:\n  - 2\n', 'yaml', remove('B'))).toBe('A: 1\n');
  });
});

describe('replacing a string', () => {
  const rename =
    (name: string) =>
    (root: ObjectNode): FixEdit => ({ kind: 'replaceString', node: root.get('Next')!, value: name });
  it('keeps the quotes that the text has', () => {
    expect(edited('{"Next": "A"}', 'json', rename('say "B"'))).toBe('{"Next": "say \\"B\\""}');
    expect(edited("Next: 'A'", 'yaml', rename("it's B"))).toBe("Next: 'it''s B'");
    expect(edited('Next: A', 'yaml', rename('Load B'))).toBe('Next: Load B');
    expect(edited('Next: A', 'yaml', rename('yes'))).toBe('Next: "yes"');
  });
});
