import type { IntrinsicArgument, IntrinsicCall } from '../expressions/intrinsics.ts';
import { Inexact } from './inexact.ts';
import { expression, select, toExpression, toField, type JsonataValue } from './jsonataValue.ts';
import { literal, translatePath } from './pathToJsonata.ts';

/** An intrinsic function in JSONata. Throws `Inexact` where no counterpart gives the same for every argument it takes. */
export function translateCall(call: IntrinsicCall, data: JsonataValue): JsonataValue {
  const translated = Object.hasOwn(FUNCTIONS, call.name) ? FUNCTIONS[call.name] : undefined;
  const found = translated?.(call.args, data);
  if (found === undefined) {
    throw new Inexact(`${call.name} has no counterpart in JSONata that gives the same for every value.`);
  }
  return typeof found === 'string' ? expression(found) : found;
}

type Arguments = readonly IntrinsicArgument[];
/** Undefined where there is no exact counterpart. */
type Translate = (args: Arguments, data: JsonataValue) => JsonataValue | string | undefined;

const FUNCTIONS: Readonly<Record<string, Translate>> = {
  'States.UUID': () => '$uuid()',
  // Each item stands alone: JSONata joins an array that an expression gives with the array around it.
  'States.Array': (args, data) => ({ kind: 'template', json: args.map((one) => toField(toValue(one, data))) }),
  'States.ArrayLength': ([list], data) => list && `$count(${inner(list, data)})`,
  'States.ArrayGetItem': ([list, index], data) => {
    if (list === undefined || index?.kind !== 'number') return undefined;
    const from = toValue(list, data);
    return list.kind === 'path'
      ? select(from, [index.value])
      : select(expression(`(${toExpression(from)})`), [index.value]);
  },
  'States.ArrayContains': ([list, value], data) => {
    if (list === undefined || value === undefined) return undefined;
    if (value.kind !== 'path' && value.kind !== 'call') return `${inner(value, data)} in ${operand(list, data)}`;
    // "in" compares objects and arrays by which they are, "=" by what is in them.
    return `$exists($filter(${inner(list, data)}, function($item) { $item = ${operand(value, data)} }))`;
  },
  'States.ArrayPartition': ([list, size], data) =>
    list && size && `$partition(${inner(list, data)}, ${whole(size, data)})`,
  // One number alone would be that number, and none nothing.
  'States.ArrayRange': (args, data) =>
    args.length === 3 ? `[$range(${args.map((one) => whole(one, data)).join(', ')})]` : undefined,
  'States.ArrayUnique': ([list], data) => list && `$distinct(${inner(list, data)})`,
  'States.Hash': ([value, algorithm], data) =>
    value && algorithm?.kind === 'text'
      ? `$hash(${inner(value, data)}, ${JSON.stringify(algorithm.value)})`
      : undefined,
  'States.JsonMerge': ([first, second], data) =>
    first && second && `$merge([${inner(first, data)}, ${inner(second, data)}])`,
  'States.MathAdd': ([first, second], data) => first && second && `${whole(first, data)} + ${whole(second, data)}`,
  'States.MathRandom': ([low, high, seed], data) => {
    if (low === undefined || high === undefined || seed !== undefined) return undefined;
    const span =
      low.kind === 'number' && high.kind === 'number'
        ? `${Math.round(high.value) - Math.round(low.value)}`
        : `(${whole(high, data)} - ${whole(low, data)})`;
    return `${whole(low, data)} + $floor($random() * ${span})`;
  },
  // Blank text stands for null there, and is an error here.
  'States.StringToJson': ([value], data) => {
    const text = value && inner(value, data);
    return text && `$trim(${text}) = "" ? null : $parse(${text})`;
  },
  'States.StringSplit': ([value, splitter], data) => {
    if (value === undefined || splitter?.kind !== 'text' || !/^[\x20-\x7e]+$/.test(splitter.value)) return undefined;
    const separator =
      splitter.value.length === 1
        ? JSON.stringify(splitter.value)
        : `/[${splitter.value.replaceAll(/[^\w ]/g, String.raw`\$&`)}]/`;
    // Empty parts are left out; a single part is still an array of it.
    return `[$split(${inner(value, data)}, ${separator})[$ != ""]]`;
  },
  'States.Format': translateFormat,
};

function toValue(argument: IntrinsicArgument, data: JsonataValue): JsonataValue {
  switch (argument.kind) {
    case 'call':
      return translateCall(argument.call, data);
    case 'path':
      return translatePath(argument.text, data);
    case 'text':
    case 'number':
    case 'constant':
      return { kind: 'template', json: literal(argument.value) };
  }
}

/** An argument of a function. */
function inner(argument: IntrinsicArgument, data: JsonataValue): string {
  return toExpression(toValue(argument, data));
}

/** An argument beside an operator. */
function operand(argument: IntrinsicArgument, data: JsonataValue): string {
  const text = inner(argument, data);
  return argument.kind === 'call' && !/^\$\w+\([^()"]*\)$/.test(text) ? `(${text})` : text;
}

const WHOLE = new Set(['States.ArrayLength', 'States.MathAdd', 'States.MathRandom']);

/** A number as intrinsic functions take it: rounded, halves upwards. */
function whole(argument: IntrinsicArgument, data: JsonataValue): string {
  if (argument.kind === 'number') return String(Math.round(argument.value));
  const text = operand(argument, data);
  return argument.kind === 'call' && WHOLE.has(argument.call.name) ? text : `$floor(${text} + 0.5)`;
}

/** Texts of the context object that every execution has: what else a path gives may be no text, and is printed otherwise. */
const CONTEXT_TEXTS =
  /^\$\$\.(?:Execution\.(?:Id|Name|RoleArn|StartTime)|State\.(?:Name|EnteredTime)|StateMachine\.(?:Id|Name))$/;
/** Functions that give text, or numbers of few digits, which both languages print alike. */
const PRINTABLE = new Set([
  'States.UUID',
  'States.Format',
  'States.Hash',
  'States.ArrayLength',
  'States.ArrayContains',
]);

function translateFormat([template, ...values]: Arguments, data: JsonataValue): string {
  if (template?.kind !== 'text' || template.value.includes('\\')) {
    throw new Inexact('The template of a States.Format must be written out.');
  }
  const pieces = template.value.split('{}');
  if (pieces.length !== values.length + 1) throw new Inexact('States.Format has too few or too many values.');
  const parts = pieces.flatMap((piece, index) => {
    const before = index === 0 ? undefined : values[index - 1];
    const text = piece === '' ? [] : [JSON.stringify(piece)];
    return before === undefined ? text : [printed(before, data), ...text];
  });
  return parts.length === 0 ? '""' : parts.length === 1 ? `"" & ${parts[0] ?? ''}` : parts.join(' & ');
}

function printed(argument: IntrinsicArgument, data: JsonataValue): string {
  if (argument.kind === 'text') return JSON.stringify(argument.value);
  if (argument.kind === 'number' && Number.isInteger(argument.value)) return String(argument.value);
  const isText =
    (argument.kind === 'path' && CONTEXT_TEXTS.test(argument.text)) ||
    (argument.kind === 'call' && PRINTABLE.has(argument.call.name));
  if (!isText) {
    throw new Inexact(
      'States.Format prints numbers, objects and arrays otherwise than JSONata, and a value may be one.',
    );
  }
  const text = toExpression(toValue(argument, data));
  return argument.kind === 'call' ? `(${text})` : text;
}
