import { decodeBase64, encodeBase64 } from '../data/base64.ts';
import { isSame, unique } from '../data/equal.ts';
import { numberRange, partition, seededRandom } from '../data/numbers.ts';
import { isJsonArray, isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { HashAlgorithm, InterpreterPorts } from '../ports.ts';
import { fillTemplate } from './format.ts';

export type Chance = Pick<InterpreterPorts, 'hash' | 'random' | 'uuid'>;

/** A reason why an intrinsic function refuses its arguments. */
export class IntrinsicProblem extends Error {
  override readonly name = 'IntrinsicProblem';
}

export const HASH_ALGORITHMS: readonly string[] = [
  'MD5',
  'SHA-1',
  'SHA-256',
  'SHA-384',
  'SHA-512',
] satisfies HashAlgorithm[];

export function isHashAlgorithm(value: unknown): value is HashAlgorithm {
  return typeof value === 'string' && HASH_ALGORITHMS.includes(value);
}

interface Intrinsic {
  /** Fewest and most arguments. */
  readonly arity: readonly [number, number];
  run(args: readonly Json[], chance: Chance): Json;
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html */
export const INTRINSICS: Readonly<Record<string, Intrinsic>> = {
  'States.Array': { arity: [0, Infinity], run: (args) => args },
  'States.ArrayPartition': {
    arity: [2, 2],
    run: (args) => must(partition(array(args[0]), whole(args[1])), 'The chunk size must be a positive integer.'),
  },
  'States.ArrayContains': { arity: [2, 2], run: ([list, value]) => array(list).some((item) => isSame(item, value)) },
  'States.ArrayRange': {
    arity: [3, 3],
    run: ([start, end, step]) =>
      must(
        numberRange(whole(start), whole(end), whole(step)),
        'The range must have a step other than 0 and at most 1000 items.',
      ),
  },
  'States.ArrayGetItem': {
    arity: [2, 2],
    run: ([list, index]) => {
      const items = array(list);
      return must(
        items[whole(index)],
        `The index ${whole(index)} is out of the bounds of an array of ${items.length} items.`,
      );
    },
  },
  'States.ArrayLength': { arity: [1, 1], run: ([list]) => array(list).length },
  'States.ArrayUnique': { arity: [1, 1], run: ([list]) => unique(array(list)) },
  'States.Base64Encode': {
    arity: [1, 1],
    run: ([value]) => must(encodeBase64(text(value)), 'The text is longer than 10000 characters.'),
  },
  'States.Base64Decode': {
    arity: [1, 1],
    run: ([value]) => must(decodeBase64(text(value)), 'The text is not Base64 of at most 10000 characters.'),
  },
  'States.Hash': {
    arity: [2, 2],
    run: ([data, algorithm], chance) => {
      if (!isHashAlgorithm(algorithm))
        throw new IntrinsicProblem(`The algorithm must be one of ${HASH_ALGORITHMS.join(', ')}.`);
      const source = typeof data === 'string' ? data : JSON.stringify(data);
      if (source.length > 10_000) throw new IntrinsicProblem('The data is longer than 10000 characters.');
      return chance.hash(algorithm, source);
    },
  },
  'States.JsonMerge': {
    arity: [3, 3],
    run: ([first, second, deep]) => {
      if (deep !== false) throw new IntrinsicProblem('Only the shallow merge (false) is supported.');
      return { ...object(first), ...object(second) };
    },
  },
  'States.StringToJson': {
    arity: [1, 1],
    run: ([value]) => {
      const source = text(value);
      if (source.trim() === '') return null;
      try {
        return JSON.parse(source) as Json;
      } catch {
        throw new IntrinsicProblem('The text is not JSON.');
      }
    },
  },
  'States.JsonToString': { arity: [1, 1], run: ([value]) => JSON.stringify(value) },
  'States.MathRandom': {
    arity: [2, 3],
    run: ([start, end, seed], chance) => {
      const low = whole(start);
      const span = whole(end) - low;
      if (span <= 0) throw new IntrinsicProblem('The end must be greater than the start.');
      return low + Math.floor((seed === undefined ? chance.random() : seededRandom(whole(seed))) * span);
    },
  },
  'States.MathAdd': { arity: [2, 2], run: ([a, b]) => whole(a) + whole(b) + 0 },
  'States.StringSplit': {
    arity: [2, 2],
    run: ([value, splitter]) => {
      const separators = new Set(text(splitter));
      const parts = [''];
      for (const character of text(value)) {
        if (separators.has(character)) parts.push('');
        else parts.push((parts.pop() ?? '') + character);
      }
      return parts.filter((part) => part !== '');
    },
  },
  'States.UUID': { arity: [0, 0], run: (_, chance) => chance.uuid() },
  'States.Format': {
    arity: [1, Infinity],
    run: ([template, ...values]) =>
      must(
        fillTemplate(text(template), values),
        'The number of values does not match the number of {} in the template.',
      ),
  },
};

function must<T>(value: T | undefined, problem: string): T {
  if (value === undefined) throw new IntrinsicProblem(problem);
  return value;
}

function array(value: Json | undefined): readonly Json[] {
  if (!isJsonArray(value)) throw new IntrinsicProblem('An argument must be an array.');
  return value;
}

function object(value: Json | undefined): JsonObject {
  if (!isJsonObject(value)) throw new IntrinsicProblem('An argument must be an object.');
  return value;
}

function text(value: Json | undefined): string {
  if (typeof value !== 'string') throw new IntrinsicProblem('An argument must be a string.');
  return value;
}

/** Numbers are rounded to whole ones, halves upwards, as AWS does. */
function whole(value: Json | undefined): number {
  if (typeof value !== 'number') throw new IntrinsicProblem('An argument must be a number.');
  return Math.round(value);
}
