import { parseJsonata } from '../../expressions/jsonata.ts';
import { checkLanguage } from '../fields/queryLanguage.ts';
import type { StateRule } from '../rule.ts';
import { choiceCondition as checkConditions } from './choice.ts';

const checkFields = checkLanguage('asl/choice-condition');

export const choiceConditionRule: StateRule = {
  id: 'asl/choice-condition',
  subject: 'state',
  severity: 'error',
  sources: ['C09'],
  types: ['Choice'],
  language: 'JSONata',
  docs: {
    what: 'Each rule of a JSONata Choice has a `Condition`: a boolean or an expression in `{% %}`; it has no Variable and no operators.',
    why: 'JSONata compares by itself.',
    bad: '{"Variable": "$.ok", "BooleanEquals": true, "Next": "Load"}',
    good: '{"Condition": "{% $states.input.ok %}", "Next": "Load"}',
    aws: 'SCHEMA_VALIDATION_FAILED, at the rule.',
  },
  check: (state, report) => {
    checkConditions(state, report);
    checkFields(state, report);
  },
};

export const conditionNotBoolean: StateRule = {
  id: 'asl/condition-not-boolean',
  subject: 'state',
  fields: ['Condition'],
  severity: 'warning',
  sources: ['C14'],
  types: ['Choice'],
  language: 'JSONata',
  docs: {
    what: 'A Condition gives true or false.',
    why: 'Any other value fails the execution with States.QueryEvaluationError.',
    bad: '{"Condition": "{% \'yes\' %}", "Next": "Load"}',
    good: '{"Condition": "{% $states.input.answer = \'yes\' %}", "Next": "Load"}',
    aws: 'Accepted; fails at run time.',
  },
  check: (state, report) => {
    for (const { node, field } of state.visit.expressions) {
      if (field.name !== 'Condition') continue;
      const { analysis } = parseJsonata(node.value.slice(2, -2));
      if (analysis === undefined || analysis.result === 'boolean' || analysis.result === 'unknown') continue;
      report({
        at: node,
        message: `A Condition must give true or false; this one always gives ${NAMES[analysis.result]}.`,
      });
    }
  },
};

const NAMES = { text: 'a string', number: 'a number', null: 'null', array: 'an array', object: 'an object' } as const;
