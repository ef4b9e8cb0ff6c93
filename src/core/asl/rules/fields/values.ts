import { describeValue } from '../../describe.ts';
import { expectedValue } from '../../fields/checkValue.ts';
import { SHAPES } from '../../fields/parts.ts';
import type { VisitedField } from '../../fields/visit.ts';
import { isOpaque } from '../../model.ts';
import { ofState } from '../../ofState.ts';
import type { MachineRule, StateRule } from '../rule.ts';
import { VALUE_RULES, type ValueRuleText } from './valueRules.ts';

interface WrongValue {
  readonly field: VisitedField;
  /** What the value should be. */
  readonly expected: string;
}

const NONE: readonly WrongValue[] = [];

/** Values of a state that are not what their field takes: found in one pass for all the rules about values. */
const wrongValues = ofState((state): readonly WrongValue[] => {
  let found: WrongValue[] | undefined;
  for (const field of state.visit.fields) {
    const { spec, node } = field;
    if (spec.rule === undefined || (spec.language !== undefined && spec.language !== state.queryLanguage)) continue;
    const expected = expectedValue(spec.value, node, state.isJsonata);
    if (expected !== undefined) (found ??= []).push({ field, expected });
  }
  return found ?? NONE;
});

/** A rule about what may stand in the fields whose spec names it. */
function valueRule([id, { sources, types, ...docs }]: readonly [string, ValueRuleText]): StateRule {
  return {
    id,
    subject: 'state',
    severity: 'error',
    sources,
    ...(types && { types }),
    fields: fieldsWithRule(id),
    among: wrongValues,
    docs: { ...docs, aws: docs.aws ?? 'SCHEMA_VALIDATION_FAILED, at the field.' },
    check: (state, report) => {
      for (const { field, expected } of wrongValues(state)) {
        const { spec, node, name } = field;
        if (spec.rule !== id) continue;
        report({ at: node, message: `${name} must be ${expected}. Here it is ${describeValue(node)}.` });
      }
    },
  };
}

function fieldsWithRule(id: string): string[] {
  const names = Object.values(SHAPES).flatMap(({ fields }) =>
    Object.keys(fields).filter((name) => fields[name]?.rule === id),
  );
  return [...new Set(names)];
}

export const valueRules: readonly StateRule[] = Object.entries(VALUE_RULES).map(valueRule);

const machineValue = (
  id: string,
  field: string,
  sources: readonly string[],
  docs: MachineRule['docs'],
): MachineRule => ({
  id,
  subject: 'machine',
  severity: 'error',
  sources,
  docs,
  check: ({ node }, report) => {
    const value = node.get(field);
    const spec = SHAPES.machine.fields[field];
    if (value === undefined || spec === undefined || isOpaque(value)) return;
    const expected = expectedValue(spec.value, value, false);
    if (expected === undefined) return;
    report({ at: value, message: `${field} must be ${expected}. Here it is ${describeValue(value)}.` });
  },
});

export const machineTimeout = machineValue('asl/machine-timeout', 'TimeoutSeconds', ['A07'], {
  what: '`TimeoutSeconds` of the machine is a whole number from 1 to 99,999,999.',
  why: 'AWS refuses strings, fractions, zero and negative numbers.',
  bad: '{"TimeoutSeconds": "3600", "StartAt": "A", "States": {"A": {"Type": "Succeed"}}}',
  good: '{"TimeoutSeconds": 3600, "StartAt": "A", "States": {"A": {"Type": "Succeed"}}}',
  aws: 'SCHEMA_VALIDATION_FAILED: "Expected value of type Integer".',
});

export const machineComment = machineValue('asl/machine-comment', 'Comment', ['A05'], {
  what: '`Comment` of the machine is a string.',
  why: 'AWS refuses anything else, lists of lines too.',
  bad: '{"Comment": ["Nightly", "load"], "StartAt": "A", "States": {"A": {"Type": "Succeed"}}}',
  good: '{"Comment": "Nightly load", "StartAt": "A", "States": {"A": {"Type": "Succeed"}}}',
  aws: 'SCHEMA_VALIDATION_FAILED: "Expected value of type String".',
});

export const version: MachineRule = {
  id: 'asl/version',
  subject: 'machine',
  severity: 'warning',
  sources: ['A06'],
  docs: {
    what: '`Version` is "1.0".',
    why: 'It is the version of the Amazon States Language, not of the definition; there is no other.',
    bad: '{"Version": "2.3", "StartAt": "A", "States": {"A": {"Type": "Succeed"}}}',
    good: '{"Version": "1.0", "StartAt": "A", "States": {"A": {"Type": "Succeed"}}}',
    aws: 'Not known.',
  },
  check: ({ node }, report) => {
    const value = node.get('Version');
    if (value === undefined || isOpaque(value) || (value.kind === 'string' && value.value === '1.0')) return;
    report({
      at: value,
      message: `Version is the version of the Amazon States Language: "1.0", not ${describeValue(value)}.`,
      fixes: [{ title: 'Change to "1.0"', isSafe: true, edits: [{ kind: 'replaceValue', node: value, value: '1.0' }] }],
    });
  },
};
