import { describe, expect, it } from 'vitest';
import { describeSchedule } from '../../../../src/core/language/schedule.ts';

describe('a schedule in words', () => {
  it.each([
    ['rate(1 day)', 'every day'],
    ['rate(15 minutes)', 'every 15 minutes'],
    ['cron(30 7 ? * MON-FRI *)', 'at 07:30 on Monday to Friday, UTC'],
    ['cron(0 6,18 * * ? *)', 'at 06:00 and 18:00 every day, UTC'],
    ['cron(0/10 * * * ? *)', 'every 10 minutes every day, UTC'],
    ['cron(0 8 1 * ? *)', 'at 08:00 on day 1, UTC'],
    ['cron(15 12 L JAN,JUL ? 2027)', 'at 12:15 on the last day of the month in January and July of 2027, UTC'],
    ['cron(0 9 ? * 2#1 *)', 'at 09:00 on the first Monday, UTC'],
    ['at(2026-11-20T13:00:00)', 'once, on 2026-11-20 at 13:00'],
  ])('%s: %s', (text, words) => {
    expect(describeSchedule(text)).toBe(words);
  });

  it('says nothing of what it cannot say rightly', () => {
    for (const text of ['', 'cron(x)', 'cron(1-5 * * * ? *)', 'rate(5)', 'cron(0 8 1 * MON *)']) {
      expect(describeSchedule(text)).toBeUndefined();
    }
  });
});
