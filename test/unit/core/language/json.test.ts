import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editTree, parseTree } from '../../../../src/core/language/edit.ts';
import { applyChanges } from '../../../../src/core/language/lineIndex.ts';
import { nodeAt, nodeAtPath, pathOf, syntaxIssues } from '../../../../src/core/language/treeQueries.ts';
import { visible } from './visible.ts';

const json = (text: string) => parseTree(text, 'json');

describe('parseJson', () => {
  it('keeps exact offsets, also inside strings with escapes', () => {
    const text = '{"a": {"b": [1, "x\\n\\u00e9\\"y"]}}';
    const node = nodeAtPath(json(text).root, ['a', 'b', 1]);
    expect(node).toMatchObject({ kind: 'string', value: 'x\né"y', start: 16, end: 30 });
    if (node?.kind !== 'string') return;
    expect(Array.from(node.value, (_, index) => node.at(index))).toEqual([17, 18, 20, 26, 28]);
    expect(node.at(5)).toBe(29);
  });

  it('reads what there is of half-typed text', () => {
    const tree = json('{"StartAt": "A", "States": {"A": {"Type": "Task", "Next": }, "B": {"Type" ');
    expect(pathOf(nodeAtPath(tree.root, ['States', 'B'])!)).toEqual(['States', 'B']);
    expect(nodeAtPath(tree.root, ['States', 'A', 'Next'])).toMatchObject({ kind: 'unknown', reason: 'missing' });
    expect(syntaxIssues(tree).map(({ message }) => message)).toEqual([
      'This "{" is never closed: "}" is missing.',
      'This "{" is never closed: "}" is missing.',
      '"Next" has no value.',
      '":" and a value are expected after "Type".',
      'This "{" is never closed: "}" is missing.',
    ]);
  });

  it('takes an unquoted placeholder as a value', () => {
    const tree = json('{"TimeoutSeconds": ${Timeout.Value}, "x": 1}');
    expect(syntaxIssues(tree)).toEqual([]);
    expect(nodeAtPath(tree.root, ['TimeoutSeconds'])).toMatchObject({
      kind: 'unknown',
      reason: 'placeholder',
      end: 35,
    });
  });

  it.each([
    ['{"a": 1,}', 'trailing-comma'],
    ['{"a": 1 // why\n}', 'comment'],
    ["{'a': 1}", 'syntax'],
    ['', 'syntax'],
    ['{"a": 1} {', 'syntax'],
    ['{"a": "tab\there"}', 'syntax'],
    ['{"a": 1.}', 'syntax'],
    ['{"a": 1e+}', 'syntax'],
    ['{"a": 1} /* open', 'comment'],
  ])('names what is wrong with %j', (text, code) => {
    expect(syntaxIssues(json(text)).map((issue) => issue.code)).toContain(code);
  });

  it('survives a depth of 10,000 and says so', () => {
    const tree = json('[{"a":'.repeat(5000) + '1' + '}]'.repeat(5000));
    expect(syntaxIssues(tree).map(({ code }) => code)).toEqual(['too-deep']);
  });

  it('finds the node under an offset', () => {
    const { root } = json('{"a": ["x", {"b": true}]}');
    expect(pathOf(nodeAt(root, 20)!)).toEqual(['a', 1, 'b']);
    expect(nodeAt(root, 2)).toMatchObject({ kind: 'string', value: 'a' });
  });
});

describe('editTree', () => {
  it('gives what reading anew gives, for any edits of a document', () => {
    const document = fc.json({ maxDepth: 5 });
    const edit = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      length: fc.nat(8),
      text: fc.oneof(
        fc.string({ maxLength: 6 }),
        fc.constantFrom('{', '}', '[', ']', ',', '"', ':', '{"a": []}', '//', '\n'),
      ),
    });
    fc.assert(
      fc.property(document, fc.array(edit, { minLength: 1, maxLength: 12 }), (text, edits) => {
        let tree = json(text);
        let expected = text;
        for (const { at, length, text: inserted } of edits) {
          const offset = Math.floor(at * expected.length);
          const change = { offset, length: Math.min(length, expected.length - offset), text: inserted };
          expected = applyChanges(expected, [change]);
          tree = editTree(tree, change);
          expect(tree.text).toBe(expected);
          expect(visible(tree)).toEqual(visible(json(expected)));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('keeps the nodes that the edit did not touch', () => {
    const tree = json('{"a": {"x": [1]}, "b": {"y": 2}, "c": {"z": 3}}');
    const [a, b, c] = ['a', 'b', 'c'].map((name) => nodeAtPath(tree.root, [name]));
    const after = editTree(tree, { offset: 29, length: 1, text: '2345' });
    expect(nodeAtPath(after.root, ['a'])).toBe(a);
    expect(nodeAtPath(after.root, ['b'])).not.toBe(b);
    expect(nodeAtPath(after.root, ['c'])).toBe(c);
    expect(c?.start).toBe(41);
  });
});
