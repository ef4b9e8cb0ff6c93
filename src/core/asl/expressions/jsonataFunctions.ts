export interface JsonataFunction {
  readonly min: number;
  readonly max: number;
  readonly signature: string;
  readonly doc: string;
}

/** Name, fewest and most arguments, signature, meaning. The fewest leave out what JSONata fills in from the context. */
type Row = readonly [name: string, min: number, max: number, parameters: string, doc: string];

const STANDARD: readonly Row[] = [
  ['sum', 1, 1, 'array', 'The sum of an array of numbers.'],
  ['count', 1, 1, 'array', 'How many items an array has.'],
  ['max', 1, 1, 'array', 'The largest number.'],
  ['min', 1, 1, 'array', 'The smallest number.'],
  ['average', 1, 1, 'array', 'The mean of an array of numbers.'],
  ['string', 0, 2, 'value, prettify?', 'The value as a string; objects as JSON.'],
  ['substring', 1, 3, 'text, start, length?', 'A part of a string.'],
  ['substringBefore', 1, 2, 'text, characters', 'What comes before the first occurrence.'],
  ['substringAfter', 1, 2, 'text, characters', 'What comes after the first occurrence.'],
  ['lowercase', 0, 1, 'text', 'In lower case.'],
  ['uppercase', 0, 1, 'text', 'In upper case.'],
  ['length', 0, 1, 'text', 'How many characters a string has.'],
  ['trim', 0, 1, 'text', 'Without blanks at the ends, runs of blanks made one.'],
  ['pad', 1, 3, 'text, width, character?', 'Filled up to a width; a negative width fills from the left.'],
  ['match', 1, 3, 'text, pattern, limit?', 'The matches of a regular expression.'],
  ['contains', 1, 2, 'text, pattern', 'Whether a string holds the pattern.'],
  ['replace', 2, 4, 'text, pattern, replacement, limit?', 'With occurrences of the pattern replaced.'],
  ['split', 1, 3, 'text, separator, limit?', 'The parts between the separators.'],
  ['join', 1, 2, 'array, separator?', 'The strings of an array in one.'],
  ['formatNumber', 1, 3, 'number, picture, options?', 'A number as a string by a picture.'],
  ['formatBase', 0, 2, 'number, radix?', 'A number in another base.'],
  ['formatInteger', 1, 2, 'number, picture', 'A whole number by a picture.'],
  ['parseInteger', 1, 2, 'text, picture', 'The whole number that a string holds by a picture.'],
  ['number', 0, 1, 'value', 'The value as a number.'],
  ['floor', 0, 1, 'number', 'Rounded down.'],
  ['ceil', 0, 1, 'number', 'Rounded up.'],
  ['round', 0, 2, 'number, precision?', 'Rounded, half to even.'],
  ['abs', 0, 1, 'number', 'Without its sign.'],
  ['sqrt', 0, 1, 'number', 'The square root.'],
  ['power', 1, 2, 'base, exponent', 'Raised to a power.'],
  ['boolean', 0, 1, 'value', 'The value as a boolean.'],
  ['not', 0, 1, 'value', 'The opposite.'],
  ['map', 1, 2, 'array, function', 'The function applied to each item.'],
  ['zip', 1, Infinity, 'array, …', 'The first items of each array together, then the second ones.'],
  ['filter', 1, 2, 'array, function', 'The items for which the function is true.'],
  [
    'single',
    1,
    2,
    'array, function?',
    'The one item for which the function is true; an error if there is not just one.',
  ],
  ['reduce', 2, 3, 'array, function, init?', 'The items combined by a function.'],
  ['sift', 0, 2, 'object, function', 'The fields for which the function is true.'],
  ['keys', 0, 1, 'object', 'The names of the fields.'],
  ['lookup', 1, 2, 'object, key', 'The value of a field.'],
  ['append', 2, 2, 'first, second', 'Two arrays in one.'],
  ['exists', 1, 1, 'value', 'Whether the expression gives a value.'],
  ['spread', 0, 1, 'object', 'An array of objects with one field each.'],
  ['merge', 1, 1, 'array', 'Objects in one, later ones win.'],
  ['reverse', 1, 1, 'array', 'In reverse order.'],
  ['each', 1, 2, 'object, function', 'The function applied to each field.'],
  ['error', 0, 1, 'message?', 'Fails the state with States.QueryEvaluationError.'],
  ['assert', 1, 2, 'condition, message?', 'Fails unless the condition is true.'],
  ['type', 1, 1, 'value', 'The type: null, number, string, boolean, array, object or function.'],
  ['sort', 1, 2, 'array, function?', 'In order.'],
  ['shuffle', 1, 1, 'array', 'In random order.'],
  ['distinct', 1, 1, 'array', 'Without duplicates.'],
  ['base64encode', 0, 1, 'text', 'As Base64.'],
  ['base64decode', 0, 1, 'text', 'From Base64.'],
  ['encodeUrlComponent', 0, 1, 'text', 'Escaped for a part of a URL.'],
  ['encodeUrl', 0, 1, 'text', 'Escaped for a URL.'],
  ['decodeUrlComponent', 0, 1, 'text', 'Unescaped part of a URL.'],
  ['decodeUrl', 0, 1, 'text', 'Unescaped URL.'],
  ['eval', 1, 2, 'text, context?', 'Not available in Step Functions: use $parse.'],
  ['now', 0, 2, 'picture?, timezone?', 'The time as an ISO 8601 string.'],
  ['millis', 0, 0, '', 'The time in milliseconds since 1970.'],
  ['toMillis', 0, 2, 'timestamp, picture?', 'A timestamp in milliseconds since 1970.'],
  ['fromMillis', 0, 3, 'number, picture?, timezone?', 'Milliseconds since 1970 as a timestamp.'],
  ['clone', 0, 1, 'value', 'A copy.'],
];

/** What Step Functions adds, or has its own version of. */
const STEP_FUNCTIONS: readonly Row[] = [
  ['partition', 2, 2, 'array, size', 'The array in chunks of a size.'],
  ['range', 3, 3, 'first, last, step', 'The numbers from first to last.'],
  ['hash', 1, 2, 'text, algorithm', 'A hash in hexadecimal: MD5, SHA-1, SHA-256, SHA-384 or SHA-512.'],
  ['random', 0, 1, 'seed?', 'A number from 0 to less than 1.'],
  ['uuid', 0, 0, '', 'A version 4 UUID.'],
  ['parse', 0, 1, 'text', 'The value of a JSON string.'],
];

/** The functions of JSONata 2.0.6 and those of Step Functions, by name without the `$`. */
export const JSONATA_FUNCTIONS: ReadonlyMap<string, JsonataFunction> = new Map(
  [...STANDARD, ...STEP_FUNCTIONS].map(([name, min, max, parameters, doc]) => [
    name,
    { min, max, signature: `$${name}(${parameters})`, doc },
  ]),
);
