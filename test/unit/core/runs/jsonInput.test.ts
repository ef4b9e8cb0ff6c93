import { describe, expect, it } from 'vitest';
import { findJsonProblem } from '../../../../src/core/language/jsonProblem.ts';
import { checkInput } from '../../../../src/core/runs/jsonInput.ts';

describe('input of an execution', () => {
  it('is sent as written, and an empty one as an empty object', () => {
    expect(checkInput('{\n "date": 1.0 }')).toBe('{\n "date": 1.0 }');
    expect(checkInput('  \n')).toBe('{}');
    expect(checkInput('"text"')).toBe('"text"');
  });

  it.each([
    ['{\n  "a": 1\n  "b": 2\n}', 3, 'expected ","'],
    ['{\n  "a" 1\n}', 2, 'expected ":"'],
    ['{"a": 1,}', 1, 'expected a property name in double quotes'],
    ["{'a': 1}", 1, 'expected double quotes'],
    ['{"a": [1, 2}', 1, 'expected ","'],
    ['{"a": 1', 1, 'expected "}"'],
    ['{} {}', 1, 'expected the end of the input'],
    ['// note\n{}', 1, 'comments are not JSON'],
    ['{"a": "b\n"}', 1, 'a text has no closing quote'],
    ['{"a": NaN}', 1, 'expected a value'],
  ])('names line and reason in %j', (text, line, message) => {
    const problem = findJsonProblem(text);
    expect([problem?.line, problem?.message]).toEqual([line, message]);
    expect(() => checkInput(text)).toThrow(`Execution not started: input is not JSON (line ${line}: ${message}).`);
  });

  it('is refused beyond what the service takes, counted in bytes', () => {
    const text = JSON.stringify('é'.repeat(131_072));
    expect(() => checkInput(text)).toThrow(/262,146 bytes/);
    expect(checkInput(JSON.stringify('é'.repeat(131_071)))).toBeTypeOf('string');
  });
});
