import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareKeys, pathOfKey, segmentOfName } from '../../../../src/local-account/s3/objectPath.ts';

const key = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
  .filter((text) => Buffer.from(text).toString() === text);

describe('pathOfKey', () => {
  it('gives names that stay below their folder and lead back to the key', () => {
    fc.assert(
      fc.property(key, (text) => {
        const names = pathOfKey(text);
        expect(names.every((name) => name !== '' && name !== '.' && name !== '..' && !/[/\\\u0000]/.test(name))).toBe(
          true,
        );
        expect(names.map(segmentOfName).join('/')).toBe(text);
      }),
    );
  });

  it('refuses what no file system takes', () => {
    expect(() => pathOfKey('a'.repeat(1025))).toThrow(/too long/);
    expect(() => pathOfKey('a'.repeat(300))).toThrow(/each part of a key/);
  });

  it.each(['100%', 'a%2', '%zz', 'a%41', 'b%2e'])('does not take a file named %s for an object', (name) => {
    expect(segmentOfName(name)).toBeUndefined();
  });
});

describe('compareKeys', () => {
  it('orders as the bytes of UTF-8 do', () => {
    fc.assert(
      fc.property(key, key, (left, right) => {
        expect(Math.sign(compareKeys(left, right))).toBe(Buffer.compare(Buffer.from(left), Buffer.from(right)));
      }),
    );
  });
});
