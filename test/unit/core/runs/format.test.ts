import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatClock,
  formatDuration,
  formatMoney,
  formatRelative,
  formatStart,
} from '../../../../src/core/runs/format.ts';

const format = { locale: 'en-GB', timeZone: 'UTC' };
const now = Date.UTC(2026, 10, 20, 7, 33, 0);

describe('durations', () => {
  it.each([
    [0, '0 ms'],
    [350, '350 ms'],
    [41_000, '41 s'],
    [59_600, '1 min 0 s'],
    [192_000, '3 min 12 s'],
    [7_500_000, '2 h 05 min'],
    [93_600_000, '1 d 02 h'],
  ])('writes %i ms as %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });

  it('writes a running clock in whole seconds', () => {
    expect([0, 72_999, 360_000_000].map(formatClock)).toEqual(['00:00:00', '00:01:12', '100:00:00']);
  });
});

describe('times', () => {
  it.each([
    [0, 'just now'],
    [42_000, '42 s ago'],
    [180_000, '3 min ago'],
    [5 * 3_600_000, '5 h ago'],
    [24 * 3_600_000, '19 Nov 2026, 07:33'],
  ])('writes what was %i ms ago as %s', (ago, text) => {
    expect(formatRelative(now - ago, now, format)).toBe(text);
  });

  it('takes a clock that is a little ahead for now and a far one for a date', () => {
    expect(formatRelative(now + 2_000, now, format)).toBe('just now');
    expect(formatRelative(now + 86_400_000, now, format)).toBe('21 Nov 2026, 07:33');
  });

  it('names the start of a run by the day it began on', () => {
    expect(formatStart(now - 180_000, now, format)).toBe('07:30');
    expect(formatStart(now - 8 * 3_600_000, now, format)).toBe('Yesterday 23:33');
    expect(formatStart(now - 86_400_000 * 3, now, format)).toBe('17 Nov 2026, 07:33');
    expect(formatStart(now - 8 * 3_600_000, now, { ...format, timeZone: 'Pacific/Auckland' })).toBe('12:33');
  });
});

describe('sizes and money', () => {
  it('counts bytes in powers of 1024', () => {
    expect([812, 1536, 1_048_575, 3 * 1024 ** 3].map(formatBytes)).toEqual(['812 B', '1.5 KiB', '1.0 MiB', '3.0 GiB']);
  });

  it('marks every amount as an estimate and keeps a digit of small ones', () => {
    expect([0, 0.2345, 0.0042, 12].map(formatMoney)).toEqual(['≈ $0.00', '≈ $0.23', '≈ $0.004', '≈ $12.00']);
  });
});
