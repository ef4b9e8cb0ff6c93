import { describe, expect, it } from 'vitest';
import { parseFilterPattern } from '../../../../src/local-account/logs/filterPattern.ts';

describe('parseFilterPattern', () => {
  it.each([
    ['', 'anything', true],
    ['ERROR', 'an ERROR here', true],
    ['ERROR', 'an error here', false],
    ['ERROR table', 'table: ERROR', true],
    ['ERROR table', 'ERROR', false],
    ['?ERROR ?WARN', 'WARN only', true],
    ['?ERROR ?WARN', 'INFO', false],
    ['ERROR -retry', 'ERROR, will retry', false],
    ['"key not found"', 'the key not found', true],
    ['"key not found"', 'not found key', false],
    ['"say \\"hi\\""', 'they say "hi"', true],
  ])('%s over "%s" is %s', (pattern, message, matches) => {
    expect(parseFilterPattern(pattern)(message)).toBe(matches);
  });

  it('says that it does not read other forms', () => {
    expect(() => parseFilterPattern('{ $.level = "ERROR" }')).toThrow(/filters by words/);
  });
});
