import { hasPlaceholder } from '../../language/placeholders.ts';
import {
  parseIntrinsic,
  looksLikeIntrinsic,
  type IntrinsicArgument,
  type IntrinsicCall,
} from '../expressions/intrinsics.ts';
import { parsePath } from '../expressions/jsonPath.ts';
import { Inexact } from './inexact.ts';
import { expression, select, toExpression, type JsonataValue } from './jsonataValue.ts';
import { isPlainObject, type Plain } from './plainValue.ts';

/** What a JSONPath (`$` stands for `data`) or an intrinsic function reads, in JSONata. Throws `Inexact`. */
export function translate(text: string, data: JsonataValue): JsonataValue {
  if (hasPlaceholder(text)) throw new Inexact(`What "${text}" reads is not known before its placeholder is filled in.`);
  if (!looksLikeIntrinsic(text)) return translatePath(text, data);
  const call = parseIntrinsic(text);
  if ('error' in call) throw new Inexact(`"${text}" cannot be read.`);
  return translateCall(call, data);
}

export function translatePath(text: string, data: JsonataValue): JsonataValue {
  if (hasPlaceholder(text)) throw new Inexact(`What "${text}" reads is not known before its placeholder is filled in.`);
  const path = parsePath(text);
  if (path.error !== undefined) throw new Inexact(`"${text}" is no path.`);
  const steps = path.steps.filter((step) => step !== undefined);
  if (!path.isReference || steps.length < path.steps.length) {
    throw new Inexact(`"${text}" selects with a wildcard, a slice or a filter, which JSONata does in another way.`);
  }
  if (path.root === '$') return select(data, steps);
  return select(expression(path.root === '$$' ? '$states.context' : `$${path.root.variable}`), steps);
}

/** A payload template: members that end in `.$` become expressions. */
export function translateTemplate(json: Plain, data: JsonataValue): JsonataValue {
  return { kind: 'template', json: translated(json, data) };
}

function translated(json: Plain, data: JsonataValue): Plain {
  if (Array.isArray(json)) return (json as readonly Plain[]).map((item) => translated(item, data));
  if (!isPlainObject(json)) return literal(json);
  return Object.fromEntries(
    Object.entries(json).map(([name, value]) => {
      if (!name.endsWith('.$')) return [name, translated(value, data)];
      if (typeof value !== 'string') throw new Inexact(`"${name}" is no text.`);
      const found = translate(value, data);
      return [name.slice(0, -2), found.kind === 'expression' ? `{% ${found.text} %}` : found.json];
    }),
  );
}

/** A value that JSONata must take as it is. */
export function literal(json: Plain): Plain {
  if (typeof json === 'string' && json.includes('{%')) throw new Inexact('A text in it would be taken for JSONata.');
  if (Array.isArray(json)) return (json as readonly Plain[]).map(literal);
  if (!isPlainObject(json)) return json;
  return Object.fromEntries(Object.entries(json).map(([name, value]) => [name, literal(value)]));
}

/** Functions whose counterpart gives the same for every argument that they take; the others have corner cases. */
function translateCall({ name, args }: IntrinsicCall, data: JsonataValue): JsonataValue {
  const [first, second] = args;
  const value = (argument: IntrinsicArgument): string => toExpression(translateArgument(argument, data));
  switch (name) {
    case 'States.UUID':
      return expression('$uuid()');
    case 'States.ArrayLength':
      if (first) return expression(`$count(${value(first)})`);
      break;
    case 'States.ArrayContains':
      // Objects and arrays are compared by what is in them there, and by which they are here.
      if (first && second && second.kind !== 'path' && second.kind !== 'call') {
        return expression(`${value(second)} in ${value(first)}`);
      }
      break;
    case 'States.Format':
      return translateFormat(args, data);
  }
  throw new Inexact(`${name} has no counterpart in JSONata that gives the same for every value.`);
}

function translateArgument(argument: IntrinsicArgument, data: JsonataValue): JsonataValue {
  switch (argument.kind) {
    case 'call':
      return translateCall(argument.call, data);
    case 'path':
      return translatePath(argument.text, data);
    case 'text':
    case 'number':
    case 'constant':
      return expression(JSON.stringify(argument.value));
  }
}

/** Texts of the context object that every execution has: what else a path gives may be no text, and is printed otherwise. */
const CONTEXT_TEXTS =
  /^\$\$\.(?:Execution\.(?:Id|Name|RoleArn|StartTime)|State\.(?:Name|EnteredTime)|StateMachine\.(?:Id|Name))$/;

function translateFormat([template, ...values]: readonly IntrinsicArgument[], data: JsonataValue): JsonataValue {
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
  return expression(parts.length === 0 ? '""' : parts.length === 1 ? `"" & ${parts[0] ?? ''}` : parts.join(' & '));
}

function printed(argument: IntrinsicArgument, data: JsonataValue): string {
  if (argument.kind === 'text') return JSON.stringify(argument.value);
  const isText =
    (argument.kind === 'path' && CONTEXT_TEXTS.test(argument.text)) ||
    (argument.kind === 'call' && (argument.call.name === 'States.UUID' || argument.call.name === 'States.Format'));
  if (!isText) {
    throw new Inexact(
      'States.Format prints numbers, objects and arrays otherwise than JSONata, and a value may be one.',
    );
  }
  const text = toExpression(translateArgument(argument, data));
  return argument.kind === 'call' ? `(${text})` : text;
}
