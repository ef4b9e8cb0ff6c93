import { describe, expect, it } from 'vitest';
import { parseSchedule } from '../../../../src/local-account/glue/cron.ts';

/** The next times of a schedule as ISO text to the minute. */
function next(text: string, after: string, count = 1): string[] {
  const parsed = parseSchedule(text);
  if ('problem' in parsed) return [parsed.problem];
  const times: string[] = [];
  for (let at = parsed.schedule.next(Date.parse(after)); at !== undefined; at = parsed.schedule.next(at)) {
    times.push(new Date(at).toISOString().slice(0, 16));
    if (times.length === count) break;
  }
  return times;
}

describe('parseSchedule', () => {
  it.each([
    ['cron(15 12 * * ? *)', '2026-11-21T12:15:00Z', ['2026-11-22T12:15', '2026-11-23T12:15']],
    ['cron(0/15 8-9 ? * MON-FRI *)', '2026-11-20T09:40:00Z', ['2026-11-20T09:45', '2026-11-23T08:00']],
    ['cron(0 6 ? * 2 *)', '2026-11-21T00:00:00Z', ['2026-11-23T06:00', '2026-11-30T06:00']],
    ['cron(0 0 L * ? *)', '2026-01-31T00:00:00Z', ['2026-02-28T00:00', '2026-03-31T00:00']],
    ['cron(0 0 1W * ? *)', '2026-07-15T00:00:00Z', ['2026-08-03T00:00', '2026-09-01T00:00']],
    ['cron(0 0 LW * ? *)', '2026-05-01T00:00:00Z', ['2026-05-29T00:00', '2026-06-30T00:00']],
    ['cron(0 0 ? * 6L *)', '2026-11-21T00:00:00Z', ['2026-11-27T00:00', '2026-12-25T00:00']],
    ['cron(0 0 ? * MON#2 *)', '2026-11-21T00:00:00Z', ['2026-12-14T00:00', '2027-01-11T00:00']],
    ['cron(0 0 29 FEB ? *)', '2026-11-21T00:00:00Z', ['2028-02-29T00:00', '2032-02-29T00:00']],
    ['cron(5,35 0 1,15 1-3 ? 2027-2028)', '2027-03-15T00:10:00Z', ['2027-03-15T00:35', '2028-01-01T00:05']],
    ['cron(0 22 ? * FRI-MON *)', '2026-11-21T23:00:00Z', ['2026-11-22T22:00', '2026-11-23T22:00']],
  ])('%s fires after %s at %j', (text, after, expected) => {
    expect(next(text, after, expected.length)).toEqual(expected);
  });

  it('gives nothing for a year that is over', () => {
    expect(next('cron(0 0 1 1 ? 2020)', '2026-01-01T00:00:00Z')).toEqual([]);
  });

  it.each([
    ['', 'is not cron('],
    ['rate(5 minutes)', 'is not cron('],
    ['cron(0 12 * * ?)', 'is not cron('],
    ['cron(0 12 * * * *)', 'must be "?"'],
    ['cron(0 12 ? * ? *)', 'must be "?"'],
    ['cron(60 12 * * ? *)', '"60" cannot stand for minutes'],
    ['cron(0 25 * * ? *)', '"25" cannot stand for hours'],
    ['cron(0 0 ? * 0 *)', '"0" cannot stand for day of week'],
    ['cron(0 0 ? * XYZ *)', 'cannot stand for day of week'],
    ['cron(0 0 32 * ? *)', 'cannot stand for day of month'],
    ['cron(0/0 0 * * ? *)', 'cannot stand for minutes'],
    ['cron(* * * * ? *)', 'every five minutes'],
    ['cron(0/2 * * * ? *)', 'every five minutes'],
  ])('says what is wrong with %j', (text, problem) => {
    const parsed = parseSchedule(text);
    expect('problem' in parsed && parsed.problem).toContain(problem);
  });
});
