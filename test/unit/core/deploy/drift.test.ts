import { expect, test } from 'vitest';
import { compareJob, describeDrift, type SeenScript } from '../../../../src/core/deploy/drift.ts';

const local = { Name: 'orders', Role: 'glue', Timeout: 20, DefaultArguments: { '--day': 'mon' } };
const script = { bytes: 9, sha256: 'a', md5: 'm' };
const reply = { ...local, CreatedOn: new Date(), MaxRetries: 0, Role: 'arn:aws:iam::123456789012:role/glue' };

test('a job as it is deployed does not differ', () => {
  const drift = compareJob(local, { reply, last: undefined, script: { bytes: 9, sha256: 'a' } }, script);
  expect(describeDrift(drift, 'dev')).toBeUndefined();
});

test('what a deploy would change is counted, and what others set is not', () => {
  const seen = { reply: { ...reply, Timeout: 10, Description: 'by hand' }, last: { MaxRetries: 0 } };
  expect(compareJob(local, seen, script)).toEqual({ isMissing: false, fields: 2, isScriptChanged: false });
  const words = describeDrift(
    compareJob(local, { ...seen, last: undefined, script: { bytes: 9, sha256: 'b' } }, script),
    'dev',
  );
  expect(words).toBe('differs in 1 change and script from dev');
});

test('a job that is not there says so', () => {
  expect(describeDrift(compareJob(local, { reply: undefined, last: undefined }, script), 'dev')).toBe('not in dev');
});

test('a script differs where S3 has none, or one of other bytes, by what S3 tells of them', () => {
  const isChanged = (seen: SeenScript | null | undefined): boolean =>
    compareJob(local, { reply, last: undefined, ...(seen === undefined ? {} : { script: seen }) }, script)
      .isScriptChanged;
  // It may not be read, or tells nothing but its length.
  expect([undefined, { bytes: 9 }].map(isChanged)).toEqual([false, false]);
  expect([null, { bytes: 8 }, { bytes: 9, md5: 'x' }].map(isChanged)).toEqual([true, true, true]);
  expect(
    [
      { bytes: 9, md5: 'm' },
      { bytes: 9, sha256: 'a', md5: 'x' },
    ].map(isChanged),
  ).toEqual([false, false]);
  expect(compareJob(local, { reply, last: undefined, script: null }, undefined).isScriptChanged).toBe(false);
});
