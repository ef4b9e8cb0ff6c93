import { numberRange, partition, seededRandom } from '../data/numbers.ts';
import { HASH_ALGORITHMS, isHashAlgorithm, type Chance } from '../intrinsics/functions.ts';

/**
 * The functions that Step Functions adds to JSONata, and `$eval`, which it takes away.
 * https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html#jsonata-functions
 */
export function jsonataFunctions(chance: Chance): Readonly<Record<string, (...args: unknown[]) => unknown>> {
  return {
    partition: (items, size) => {
      if (items === undefined || size === undefined) return undefined;
      const chunks = partition(Array.isArray(items) ? (items as unknown[]) : [items], number(size));
      if (!chunks) throw new Error('The chunk size of $partition must be a positive integer.');
      return chunks;
    },
    range: (start, end, step) => {
      const numbers = numberRange(number(start), number(end), number(step));
      if (!numbers) throw new Error('$range needs a step other than 0 and gives at most 1000 numbers.');
      return sequence(numbers);
    },
    hash: (data, algorithm) => {
      if (data === undefined) return undefined;
      const name = algorithm ?? 'SHA-256';
      if (!isHashAlgorithm(name))
        throw new Error(`The algorithm of $hash must be one of ${HASH_ALGORITHMS.join(', ')}.`);
      return chance.hash(name, typeof data === 'string' ? data : JSON.stringify(data));
    },
    random: (seed) => (seed === undefined ? chance.random() : seededRandom(number(seed))),
    uuid: () => chance.uuid(),
    parse: (text) => {
      if (text === undefined) return undefined;
      if (typeof text !== 'string') throw new Error('The argument of $parse must be a string.');
      return JSON.parse(text) as unknown;
    },
    eval: () => {
      throw new Error('The function $eval is not supported.');
    },
  };
}

function number(value: unknown): number {
  if (typeof value === 'number') return value;
  throw new Error('An argument must be a number.');
}

/** A JSONata sequence: one item alone counts as that item, none as nothing, as with JSONata's own range operator. */
function sequence(items: unknown[]): unknown[] {
  return Object.defineProperty(items, 'sequence', { value: true, enumerable: false });
}
