import { nearest } from '../../../language/nearest.ts';
import { within, type Report } from '../../../language/rules/rule.ts';
import type { StringNode } from '../../../language/tree.ts';
import { didYouMean } from '../../describe.ts';
import {
  callsIn,
  INTRINSICS,
  parseIntrinsic,
  type IntrinsicArgument,
  type IntrinsicCall,
} from '../../expressions/intrinsics.ts';
import { INTRINSIC } from '../../fields/stateForm.ts';
import { ofState } from '../../ofState.ts';
import type { StateRule } from '../rule.ts';
import { intrinsicsOf } from './template.ts';

const REFUSED =
  'Refused with the message about valid intrinsic function calls, or failing at run time with States.IntrinsicFailure.';

interface PlacedCall {
  readonly call: IntrinsicCall;
  readonly node: StringNode;
}

/** Every call in a state, nested ones included. */
const callsOf = ofState((state): readonly PlacedCall[] =>
  intrinsicsOf(state).flatMap(({ node }) => {
    const call = parseIntrinsic(node.value);
    return 'error' in call ? [] : callsIn(call).map((inner) => ({ call: inner, node }));
  }),
);

export const intrinsicName: StateRule = {
  id: 'asl/intrinsic-name',
  subject: 'state',
  fields: [INTRINSIC],
  severity: 'error',
  sources: ['I01'],
  language: 'JSONPath',
  docs: {
    what: 'The function exists, in this case: States.Format, States.JsonToString and so on.',
    why: 'AWS knows no others.',
    bad: '{"Parameters": {"name.$": "States.format(\'{}\', $.id)"}}',
    good: '{"Parameters": {"name.$": "States.Format(\'{}\', $.id)"}}',
    aws: REFUSED,
  },
  check: (state, report) => {
    for (const { call, node } of callsOf(state)) {
      if (Object.hasOwn(INTRINSICS, call.name)) continue;
      const names = Object.keys(INTRINSICS);
      const suggestion = nearest(call.name, names) ?? names.find((name) => name === `States.${call.name}`);
      report({
        at: within(node, call.nameStart, call.nameStart + call.name.length),
        message: `There is no intrinsic function "${call.name}".${didYouMean(suggestion)}`,
      });
    }
  },
};

export const intrinsicArguments: StateRule = {
  id: 'asl/intrinsic-argument-count',
  subject: 'state',
  fields: [INTRINSIC],
  severity: 'error',
  sources: ['I02', 'I01'],
  language: 'JSONPath',
  docs: {
    what: 'A call has as many arguments as the function takes.',
    why: 'AWS refuses other counts.',
    bad: '{"Parameters": {"sum.$": "States.MathAdd($.a)"}}',
    good: '{"Parameters": {"sum.$": "States.MathAdd($.a, 1)"}}',
    aws: REFUSED,
  },
  check: (state, report) => {
    for (const { call, node } of callsOf(state)) {
      const known = INTRINSICS[call.name];
      const count = call.args.length;
      if (known === undefined || (count >= known.min && count <= known.max)) continue;
      const wanted =
        known.min === known.max
          ? String(known.min)
          : known.max === Infinity
            ? `at least ${known.min}`
            : `${known.min} to ${known.max}`;
      report({
        at: within(node, call.start, call.end),
        message: `${call.name} takes ${wanted} argument${wanted === '1' ? '' : 's'}, not ${count}: ${known.signature}.`,
      });
    }
  },
};

export const intrinsicArgumentTypes: StateRule = {
  id: 'asl/intrinsic-argument-value',
  subject: 'state',
  fields: [INTRINSIC],
  severity: 'error',
  sources: ['I03', 'I05'],
  language: 'JSONPath',
  docs: {
    what: 'Literal arguments have a value that the function can take: whole numbers, a step that is not 0, a known hash algorithm, `false` as third argument of JsonMerge; at most 10 calls inside one another.',
    why: 'The state would fail with States.IntrinsicFailure whenever it runs.',
    bad: '{"Parameters": {"hash.$": "States.Hash($.data, \'SHA-2\')"}}',
    good: '{"Parameters": {"hash.$": "States.Hash($.data, \'SHA-256\')"}}',
    aws: 'Not known whether at creation or at run time.',
  },
  check: (state, report) => {
    for (const { node } of intrinsicsOf(state)) {
      const call = parseIntrinsic(node.value);
      if ('error' in call || depthOf(call) <= 10) continue;
      report({ at: node, message: 'Intrinsic functions can be nested at most 10 deep.' });
    }
    for (const { call, node } of callsOf(state)) checkArguments(call, node, report);
  },
};

function depthOf(call: IntrinsicCall): number {
  return 1 + Math.max(0, ...call.args.map((argument) => (argument.kind === 'call' ? depthOf(argument.call) : 0)));
}

type Check = (argument: IntrinsicArgument) => string | undefined;

const whole: Check = (argument) =>
  (argument.kind === 'number' && !Number.isInteger(argument.value)) ||
  argument.kind === 'text' ||
  argument.kind === 'constant'
    ? 'a whole number'
    : undefined;
const atLeast =
  (min: number): Check =>
  (argument) =>
    whole(argument) ??
    (argument.kind === 'number' && argument.value < min ? `a whole number, at least ${min}` : undefined);
const array: Check = (argument) =>
  argument.kind === 'number' || argument.kind === 'text' || argument.kind === 'constant' ? 'an array' : undefined;
const string: Check = (argument) =>
  argument.kind === 'number' || argument.kind === 'constant' ? 'a string' : undefined;
const object: Check = (argument) =>
  argument.kind === 'number' || argument.kind === 'text' || argument.kind === 'constant' ? 'an object' : undefined;
const anything: Check = () => undefined;
const algorithm: Check = (argument) =>
  string(argument) ??
  (argument.kind === 'text' && !['MD5', 'SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'].includes(argument.value)
    ? 'MD5, SHA-1, SHA-256, SHA-384 or SHA-512'
    : undefined);
const step: Check = (argument) =>
  whole(argument) ?? (argument.kind === 'number' && argument.value === 0 ? 'a whole number other than 0' : undefined);
const shallow: Check = (argument) =>
  argument.kind === 'constant' && argument.value === false
    ? undefined
    : argument.kind === 'path' || argument.kind === 'call'
      ? undefined
      : 'false: deep merging is not supported';
const shortText: Check = (argument) =>
  string(argument) ??
  (argument.kind === 'text' && argument.value.length > 10_000 ? 'at most 10,000 characters long' : undefined);

const CHECKS: Readonly<Record<string, readonly Check[]>> = {
  'States.ArrayPartition': [array, atLeast(1)],
  'States.ArrayContains': [array, anything],
  'States.ArrayRange': [whole, whole, step],
  'States.ArrayGetItem': [array, atLeast(0)],
  'States.ArrayLength': [array],
  'States.ArrayUnique': [array],
  'States.Base64Encode': [shortText],
  'States.Base64Decode': [shortText],
  'States.Hash': [anything, algorithm],
  'States.JsonMerge': [object, object, shallow],
  'States.StringToJson': [string],
  'States.MathAdd': [whole, whole],
  'States.MathRandom': [whole, whole, whole],
  'States.StringSplit': [string, string],
  'States.Format': [string],
};

/** How many numbers a range of literals has; undefined where an argument is looked up. */
function rangeLength({ name, args }: IntrinsicCall): number | undefined {
  const [first, last, by] = args;
  if (name !== 'States.ArrayRange' || first?.kind !== 'number' || last?.kind !== 'number') return undefined;
  if (by?.kind !== 'number' || by.value === 0) return undefined;
  return Math.max(0, Math.floor((last.value - first.value) / by.value) + 1);
}

function checkArguments(call: IntrinsicCall, node: StringNode, report: Report): void {
  const length = rangeLength(call);
  if (length !== undefined && length > 1000) {
    report({
      at: within(node, call.start, call.end),
      message: `States.ArrayRange gives at most 1,000 numbers; these would be ${length.toLocaleString('en-US')}.`,
    });
  }
  const checks = CHECKS[call.name] ?? [];
  for (const [index, argument] of call.args.entries()) {
    const expected = checks[index]?.(argument);
    if (expected === undefined) continue;
    report({
      at: within(node, argument.start, argument.end),
      message: `Argument ${index + 1} of ${call.name} must be ${expected}.`,
    });
  }
}

export const formatPlaceholders: StateRule = {
  id: 'asl/format-placeholders',
  subject: 'state',
  fields: [INTRINSIC],
  severity: 'warning',
  sources: ['I04'],
  language: 'JSONPath',
  docs: {
    what: 'The text of States.Format has as many `{}` as there are values after it.',
    why: 'The state would fail with States.IntrinsicFailure, or leave a value out.',
    bad: '{"Parameters": {"name.$": "States.Format(\'{} of {}\', $.id)"}}',
    good: '{"Parameters": {"name.$": "States.Format(\'{} of {}\', $.id, $.count)"}}',
    aws: 'Accepted; fails at run time.',
  },
  check: (state, report) => {
    for (const { call, node } of callsOf(state)) {
      const [text] = call.args;
      if (call.name !== 'States.Format' || text?.kind !== 'text') continue;
      const places = text.raw.replaceAll(/\\./gs, '').split('{}').length - 1;
      const values = call.args.length - 1;
      if (places === values) continue;
      report({
        at: within(node, text.start, text.end),
        message: `The text has ${places} "{}", and ${values} value${values === 1 ? ' follows' : 's follow'}.`,
      });
    }
  },
};

export const intrinsicToJsonata: StateRule = {
  id: 'asl/intrinsic-to-jsonata',
  subject: 'state',
  fields: [INTRINSIC],
  severity: 'hint',
  sources: ['I07'],
  language: 'JSONPath',
  docs: {
    what: 'A chain of four or more intrinsic functions inside one another is simpler in JSONata.',
    why: 'JSONata has operators, conditions and functions for arrays and objects.',
    bad: '{"Parameters": {"x.$": "States.ArrayGetItem(States.StringSplit(States.ArrayGetItem(States.StringSplit($.a, \'/\'), 1), \'-\'), 0)"}}',
    good: '{"Output": {"x": "{% $split($split($states.input.a, \'/\')[1], \'-\')[0] %}"}}',
    aws: 'Accepted.',
  },
  check: (state, report) => {
    for (const { node } of intrinsicsOf(state)) {
      const call = parseIntrinsic(node.value);
      if ('error' in call || depthOf(call) < 4) continue;
      report({
        at: node,
        message: `This is simpler in JSONata: ${INTRINSICS[call.name]?.jsonata ?? ''} does what ${call.name} does.`,
      });
    }
  },
};
