import { keyOf } from '../../../language/rules/rule.ts';
import type { Node, ObjectNode } from '../../../language/tree.ts';
import { describeValue, quote } from '../../describe.ts';
import { COMPARISONS, CONNECTIVES } from '../../fields/operators.ts';
import { SHAPES } from '../../fields/parts.ts';
import { isExpression } from '../../fields/visit.ts';
import { isOpaque, type State } from '../../model.ts';
import type { StateRule } from '../rule.ts';

const REFUSED = 'SCHEMA_VALIDATION_FAILED, at the rule.';

/** The rules of a Choice that are objects, outermost ones only. */
export function choiceRulesOf(state: State): readonly ObjectNode[] {
  const choices = state.node.get('Choices');
  return choices?.kind === 'array' ? choices.items.filter((item) => item.kind === 'object') : [];
}

function operatorsOf(node: ObjectNode) {
  return node.properties.filter(
    ({ key }) => Object.hasOwn(COMPARISONS, key.value) || Object.hasOwn(CONNECTIVES, key.value),
  );
}

export const choicesRequired: StateRule = {
  id: 'asl/choices-missing',
  subject: 'state',
  severity: 'error',
  sources: ['C01'],
  types: ['Choice'],
  docs: {
    what: 'A Choice has `Choices` with at least one rule, each an object.',
    why: 'Without rules there is nothing to choose.',
    bad: '{"Type": "Choice", "Choices": [], "Default": "A"}',
    good: '{"Type": "Choice", "Choices": [{"Variable": "$.ok", "BooleanEquals": true, "Next": "A"}], "Default": "B"}',
    aws: 'SCHEMA_VALIDATION_FAILED: "These fields are required: [Choices]" or "Value cannot be empty".',
  },
  check: ({ node, name }, report) => {
    const choices = node.get('Choices');
    if (choices === undefined) {
      if (node.issues === undefined) report({ at: keyOf(node), message: `Choice state ${quote(name)} needs Choices.` });
    } else if (choices.kind === 'array') {
      if (choices.items.length === 0)
        report({ at: choices, message: 'Choices is empty: at least one rule is needed.' });
      for (const item of choices.items) {
        if (item.kind === 'object' || isOpaque(item)) continue;
        report({ at: item, message: `A Choice rule must be an object, not ${describeValue(item)}.` });
      }
    }
  },
};

export const choiceOperator: StateRule = {
  id: 'asl/choice-operator',
  subject: 'state',
  severity: 'error',
  sources: ['C02'],
  types: ['Choice'],
  language: 'JSONPath',
  docs: {
    what: 'A rule has exactly one operator: a comparison such as StringEquals, or And, Or, Not.',
    why: 'AWS does not know which of two would count, and cannot match without one.',
    bad: '{"Variable": "$.n", "NumericGreaterThan": 1, "NumericLessThan": 5, "Next": "A"}',
    good: '{"And": [{"Variable": "$.n", "NumericGreaterThan": 1}, {"Variable": "$.n", "NumericLessThan": 5}], "Next": "A"}',
    aws: REFUSED,
  },
  check: (state, report) => {
    for (const { node, shape } of state.visit.objects) {
      if (shape !== 'choiceRule' && shape !== 'nestedChoiceRule') continue;
      if (node.issues !== undefined || node.has('Condition')) continue;
      const [first, ...more] = operatorsOf(node);
      // A name that is misspelt has a finding of its own: asl/unknown-choice-field.
      if (first === undefined && !hasUnknownField(node)) {
        report({ at: firstKey(node), message: 'This rule compares nothing: add an operator such as StringEquals.' });
      }
      for (const { key } of more) {
        report({
          at: key,
          message: `A rule has one operator, and this one has ${first?.key.value ?? ''} already. Join them with And or Or.`,
          ...(first && { related: [{ at: first.key, message: 'The other operator' }] }),
        });
      }
    }
  },
};

function hasUnknownField(node: ObjectNode): boolean {
  return node.properties.some(({ key }) => !Object.hasOwn(SHAPES.choiceRule.fields, key.value));
}

export function firstKey(node: ObjectNode): Node {
  return node.properties[0]?.key ?? node;
}

export const choiceConnective: StateRule = {
  id: 'asl/choice-connective',
  subject: 'state',
  fields: ['And', 'Or', 'Not'],
  severity: 'error',
  sources: ['C04'],
  types: ['Choice'],
  language: 'JSONPath',
  docs: {
    what: '`And` and `Or` hold an array with at least one rule, `Not` one rule.',
    why: 'They join the rules inside them.',
    bad: '{"Not": [{"Variable": "$.a", "IsPresent": true}], "Next": "A"}',
    good: '{"Not": {"Variable": "$.a", "IsPresent": true}, "Next": "A"}',
    aws: REFUSED,
  },
  check: (state, report) => {
    for (const { node, shape } of state.visit.objects) {
      if (shape !== 'choiceRule' && shape !== 'nestedChoiceRule') continue;
      for (const name of ['And', 'Or']) {
        const value = node.get(name);
        if (value === undefined || isOpaque(value)) continue;
        if (value.kind !== 'array' || value.items.length === 0) {
          report({
            at: value,
            message: `${name} must be an array with at least one rule, not ${describeValue(value)}.`,
          });
          continue;
        }
        for (const item of value.items) {
          if (item.kind !== 'object' && !isOpaque(item)) {
            report({ at: item, message: `A rule inside ${name} must be an object, not ${describeValue(item)}.` });
          }
        }
      }
      const not = node.get('Not');
      if (not !== undefined && not.kind !== 'object' && !isOpaque(not)) {
        report({ at: not, message: `Not must be one rule, an object, not ${describeValue(not)}.` });
      }
    }
  },
};

export const choiceVariable: StateRule = {
  id: 'asl/choice-variable',
  subject: 'state',
  severity: 'error',
  sources: ['C05'],
  types: ['Choice'],
  language: 'JSONPath',
  docs: {
    what: 'A comparison has a `Variable`.',
    why: 'It says what is compared.',
    bad: '{"StringEquals": "done", "Next": "A"}',
    good: '{"Variable": "$.status", "StringEquals": "done", "Next": "A"}',
    aws: REFUSED,
  },
  check: (state, report) => {
    for (const { node, shape } of state.visit.objects) {
      if ((shape !== 'choiceRule' && shape !== 'nestedChoiceRule') || node.has('Variable')) continue;
      const comparison = node.properties.find(({ key }) => Object.hasOwn(COMPARISONS, key.value));
      if (comparison === undefined || node.issues !== undefined) continue;
      report({ at: comparison.key, message: `${comparison.key.value} needs a Variable: the path of what to compare.` });
    }
  },
};

export const choiceCondition: StateRule['check'] = (state, report) => {
  for (const rule of choiceRulesOf(state)) {
    const condition = rule.get('Condition');
    if (condition === undefined) {
      if (rule.issues === undefined && !rule.has('Variable') && operatorsOf(rule).length === 0) {
        report({ at: firstKey(rule), message: 'A rule of a JSONata Choice needs a Condition: "{% … %}".' });
      }
      continue;
    }
    if (isOpaque(condition) || condition.kind === 'boolean') continue;
    if (condition.kind === 'string' && isExpression(condition.value)) continue;
    report({
      at: condition,
      message: `Condition must be a JSONata expression "{% … %}" or a boolean, not ${describeValue(condition)}.`,
    });
  }
};

export const choiceNext: StateRule = {
  id: 'asl/choice-next',
  subject: 'state',
  severity: 'error',
  sources: ['C11'],
  types: ['Choice'],
  docs: {
    what: 'Each rule of a Choice has `Next`, a string.',
    why: 'Nobody would know where the rule leads.',
    bad: '{"Variable": "$.ok", "BooleanEquals": true}',
    good: '{"Variable": "$.ok", "BooleanEquals": true, "Next": "Load"}',
    aws: 'SCHEMA_VALIDATION_FAILED: "These fields are required: [Next]", at the rule.',
  },
  check: (state, report) => {
    for (const rule of choiceRulesOf(state)) {
      const next = rule.get('Next');
      if (next === undefined) {
        if (rule.issues === undefined)
          report({ at: firstKey(rule), message: 'This rule needs Next: the state it leads to.' });
      } else if (next.kind !== 'string' && !isOpaque(next)) {
        report({ at: next, message: `Next must be the name of a state, not ${describeValue(next)}.` });
      }
    }
  },
};
