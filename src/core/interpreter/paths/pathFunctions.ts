import { isJsonArray, isJsonObject, type Json } from '../json.ts';

const ofNumbers =
  (run: (numbers: readonly number[]) => number) =>
  (value: Json): Json | undefined => {
    const numbers = isJsonArray(value) ? value.filter((item) => typeof item === 'number') : [];
    return numbers.length === 0 ? undefined : run(numbers);
  };

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
const mean = (numbers: readonly number[]): number => sum(numbers) / numbers.length;

/** Functions at the end of a path, as Jayway has them. Undefined: the value has no such thing. */
export const FUNCTIONS: Readonly<Record<string, (value: Json, argument: number) => Json | undefined>> = {
  length: (value) => (isJsonArray(value) ? value.length : isJsonObject(value) ? Object.keys(value).length : undefined),
  size: (value) => FUNCTIONS['length']?.(value, 0),
  keys: (value) => (isJsonObject(value) ? Object.keys(value) : undefined),
  first: (value) => (isJsonArray(value) ? value[0] : undefined),
  last: (value) => (isJsonArray(value) ? value.at(-1) : undefined),
  index: (value, argument) => (isJsonArray(value) ? value.at(argument) : undefined),
  min: ofNumbers((numbers) => Math.min(...numbers)),
  max: ofNumbers((numbers) => Math.max(...numbers)),
  sum: ofNumbers(sum),
  avg: ofNumbers(mean),
  stddev: ofNumbers((numbers) => {
    const middle = mean(numbers);
    return Math.sqrt(mean(numbers.map((number) => (number - middle) ** 2)));
  }),
};
