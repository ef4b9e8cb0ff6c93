import { describe, expect, it } from 'vitest';
import { parseFilterPattern } from '../../../../src/local-account/logs/filterPattern.ts';

const json = JSON.stringify({
  level: 'ERROR',
  rows: 12,
  ok: false,
  none: null,
  'a.b': 'dotted',
  user: { ids: [7, 8], name: 'etl-prod' },
});
const access = '127.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] "GET /index.html HTTP/1.0" 404 1534';

describe('a filter pattern', () => {
  it.each([
    ['', json, true],
    ['ERROR', '[ERROR] it failed', true],
    ['error', '[ERROR] it failed', false],
    ['ERROR failed', 'failed: ERROR', true],
    ['ERROR -timeout', 'ERROR timeout', false],
    ['?ERROR ?WARN', 'WARN low memory', true],
    ['"it failed"', 'ERROR it failed', true],
    ['ERROR table', 'table: ERROR', true],
    ['ERROR table', 'ERROR', false],
    ['?ERROR ?WARN', 'INFO', false],
    ['"key not found"', 'not found key', false],
    ['"say \\"hi\\""', 'they say "hi"', true],
    ['%ERROR [0-9]+%', 'ERROR 42 rows', true],
    ['%ERROR [0-9]+%', 'ERROR rows', false],
  ])('%s over words', (pattern, message, matches) => {
    expect(parseFilterPattern(pattern)(message)).toBe(matches);
  });

  it.each([
    ['{ $.level = "ERROR" }', true],
    ['{$.level=ERROR}', true],
    ['{ $.level != "ERROR" }', false],
    ['{ $.missing != "x" }', false],
    ['{ $.level = "ERR*" }', true],
    ['{ $.level = %^ERR% }', true],
    ['{ $.rows > 10 && $.rows <= 12 }', true],
    ['{ $.rows = 12.0 }', true],
    ['{ $.rows < 12 || $.ok IS FALSE }', true],
    ['{ ($.rows < 12 || $.ok IS TRUE) && $.level = "ERROR" }', false],
    ['{ $.none IS NULL }', true],
    ['{ $.missing NOT EXISTS }', true],
    ['{ $.none NOT EXISTS }', false],
    ['{ $.user.ids[1] = 8 }', true],
    ["{ $['a.b'] = dotted }", true],
    ['{ $.user = "etl-prod" }', false],
    ['{ $.constructor NOT EXISTS }', true],
  ])('%s over JSON', (pattern, matches) => {
    expect(parseFilterPattern(pattern)(json)).toBe(matches);
    expect(parseFilterPattern(pattern)('no JSON')).toBe(false);
  });

  it.each([
    ['[ip, user, username, timestamp, request, status, bytes]', true],
    ['[ip, user, username, timestamp, request, status = 4*, bytes > 1000]', true],
    ['[ip, user, username, timestamp, request, status = 4* && status != 404, bytes]', false],
    ['[..., status = 404, bytes]', true],
    ['[ip = 127.*, ...]', true],
    ['[ip, ..., bytes = 1534]', true],
    ['[ip, request =*html*, status]', false],
    ['[..., request = "GET /index.html HTTP/1.0", status, bytes]', true],
  ])('%s over words with names', (pattern, matches) => {
    expect(parseFilterPattern(pattern)(access)).toBe(matches);
  });

  it.each([
    '{ $.level }',
    '{ level = 1 }',
    '{ $.a = 1 &&',
    '{ $.a > x }',
    '[a, ..., b, ...]',
    '{ $.a = %(% }',
    '[=]',
    '%wow!%',
    '%(a|b)%',
    '%ü%',
  ])('that is none (%s) is refused', (pattern) => {
    expect(() => parseFilterPattern(pattern)).toThrow(/Invalid filter pattern/);
  });

  it('has at most 1024 characters, and two regular expressions over JSON or words with names', () => {
    const error = (pattern: string) => () => parseFilterPattern(pattern);
    expect(error('x'.repeat(1024))).not.toThrow();
    expect(error('x'.repeat(1025))).toThrow(/length less than or equal to 1024/);
    expect(error('{ $.a = %x% || $.b = %y% }')).not.toThrow();
    expect(error('{ $.a = "50% of 100%" || $.b = %x% || $.c = %y% }')).not.toThrow();
    expect(error('[a = %x%, b = %y%, c = %z%]')).toThrow(/more than 2 regular expressions/);
  });
});
