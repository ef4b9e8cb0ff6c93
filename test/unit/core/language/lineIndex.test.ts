import fc from 'fast-check';
import { expect, it } from 'vitest';
import { applyChanges, LineIndex } from '../../../../src/core/language/lineIndex.ts';

it('knows \\n, \\r\\n and \\r', () => {
  const lines = LineIndex.of('a\nbc\r\nd\re');
  expect([0, 2, 3, 6, 8].map((offset) => lines.positionAt(offset))).toEqual([
    { line: 0, character: 0 },
    { line: 1, character: 0 },
    { line: 1, character: 1 },
    { line: 2, character: 0 },
    { line: 3, character: 0 },
  ]);
  expect(lines.offsetAt({ line: 1, character: 1 })).toBe(3);
});

it('is the same after an edit as when made anew', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '\n', '\r', '\r\n'), maxLength: 30 });
  fc.assert(
    fc.property(text, text, fc.nat(60), fc.nat(60), (before, inserted, at, removed) => {
      const offset = Math.min(at, before.length);
      const change = { offset, length: Math.min(removed, before.length - offset), text: inserted };
      const after = applyChanges(before, [change]);
      const lines = LineIndex.of(before).afterEdit(change, after);
      const fresh = LineIndex.of(after);
      for (let index = 0; index <= after.length; index++)
        expect(lines.positionAt(index)).toEqual(fresh.positionAt(index));
      expect(lines.lineCount).toBe(fresh.lineCount);
    }),
  );
});
