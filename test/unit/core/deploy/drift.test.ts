import { expect, test } from 'vitest';
import { compareJob, describeDrift } from '../../../../src/core/deploy/drift.ts';

const local = { Name: 'orders', Role: 'glue', Timeout: 20, DefaultArguments: { '--day': 'mon' } };
const reply = { ...local, CreatedOn: new Date(), MaxRetries: 0, Role: 'arn:aws:iam::123456789012:role/glue' };

test('a job as it is deployed does not differ', () => {
  const drift = compareJob(local, { reply, last: undefined, scriptSha256: 'a' }, 'a');
  expect(describeDrift(drift, 'dev')).toBeUndefined();
});

test('what a deploy would change is counted, and what others set is not', () => {
  const seen = { reply: { ...reply, Timeout: 10, Description: 'by hand' }, last: { MaxRetries: 0 } };
  expect(compareJob(local, seen, 'a')).toEqual({ isMissing: false, fields: 2, isScriptChanged: false });
  const words = describeDrift(compareJob(local, { ...seen, last: undefined, scriptSha256: 'b' }, 'a'), 'dev');
  expect(words).toBe('differs in 1 change and script from dev');
});

test('a job that is not there says so', () => {
  expect(describeDrift(compareJob(local, { reply: undefined, last: undefined }, 'a'), 'dev')).toBe('not in dev');
});
