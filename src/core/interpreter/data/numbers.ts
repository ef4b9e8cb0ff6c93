/** Longest array that `States.ArrayRange` and `$range` make. */
export const MAX_RANGE_LENGTH = 1000;

/** `start` to `end`, both included; undefined for a step of 0 or more than 1,000 numbers. */
export function numberRange(start: number, end: number, step: number): number[] | undefined {
  if (step === 0) return undefined;
  const length = Math.max(0, Math.floor((end - start) / step) + 1);
  if (!(length <= MAX_RANGE_LENGTH)) return undefined;
  return Array.from({ length }, (_, at) => start + at * step);
}

/** Chunks of `size`, the last one shorter; undefined unless `size` is a positive whole number. */
export function partition<T>(items: readonly T[], size: number): T[][] | undefined {
  if (!Number.isInteger(size) || size < 1) return undefined;
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));
}

/** A number in [0, 1) that depends on the seed alone (mulberry32). */
export function seededRandom(seed: number): number {
  let mixed = (Math.trunc(seed) + 0x6d2b79f5) | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
}
