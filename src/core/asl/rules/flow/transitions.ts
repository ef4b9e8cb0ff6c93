import { keyOf } from '../../../language/rules/rule.ts';
import { describeValue, quote } from '../../describe.ts';
import { UNKNOWN_FIELD } from '../../fields/stateForm.ts';
import { isOpaque, type StateType } from '../../model.ts';
import type { StateRule } from '../rule.ts';

const MOVING = ['Pass', 'Task', 'Wait', 'Parallel', 'Map'] as const satisfies readonly StateType[];

export const nextAndEnd: StateRule = {
  id: 'asl/next-and-end',
  subject: 'state',
  fields: ['End'],
  severity: 'error',
  sources: ['F09'],
  types: MOVING,
  docs: {
    what: 'A state has `Next` or `"End": true`, not both.',
    why: 'It either goes on or ends its scope.',
    bad: '{"Type": "Pass", "Next": "B", "End": true}',
    good: '{"Type": "Pass", "Next": "B"}',
    aws: 'SCHEMA_VALIDATION_FAILED: "There should only be one of the following fields: [Next, End]".',
  },
  check: (state, report) => {
    const end = state.node.property('End');
    const next = state.node.property('Next');
    if (end === undefined || next === undefined) return;
    if (end.value.kind !== 'boolean' || !end.value.value) return;
    report({
      at: end.key,
      message: 'A state has either Next or "End": true. Remove one of them.',
      related: [{ at: next.key, message: 'Next is here' }],
      fixes: [
        { title: 'Remove End', isSafe: false, edits: [{ kind: 'removeProperty', key: end.key }] },
        { title: 'Remove Next', isSafe: false, edits: [{ kind: 'removeProperty', key: next.key }] },
      ],
    });
  },
};

export const transitionRequired: StateRule = {
  id: 'asl/transition-required',
  subject: 'state',
  severity: 'error',
  sources: ['F10'],
  types: MOVING,
  docs: {
    what: 'Pass, Task, Wait, Parallel and Map have `Next` or `"End": true`.',
    why: 'Otherwise nobody knows what comes after the state.',
    bad: '{"Type": "Wait", "Seconds": 5}',
    good: '{"Type": "Wait", "Seconds": 5, "End": true}',
    aws: 'SCHEMA_VALIDATION_FAILED: "There should be one of the following fields: [Next, End]".',
  },
  check: (state, report) => {
    const { node } = state;
    const end = node.get('End');
    if (node.has('Next') || node.issues !== undefined) return;
    if (end !== undefined && (end.kind !== 'boolean' || end.value)) return;
    report({
      at: end === undefined ? keyOf(node) : end,
      message:
        end === undefined
          ? `State ${quote(state.name)} needs Next (which state is next) or "End": true.`
          : '"End": false is the same as no End: the state needs Next, or "End": true.',
      fixes: [
        end === undefined
          ? {
              title: 'Add "End": true',
              isSafe: false,
              edits: [{ kind: 'addProperty', object: node, name: 'End', value: true }],
            }
          : {
              title: 'Change to "End": true',
              isSafe: false,
              edits: [{ kind: 'replaceValue', node: end, value: true }],
            },
      ],
    });
  },
};

export const endValue: StateRule = {
  id: 'asl/end-value',
  subject: 'state',
  fields: ['End'],
  severity: 'error',
  sources: ['F11'],
  types: MOVING,
  docs: {
    what: '`End` is the boolean `true`.',
    why: 'A string or number is refused.',
    bad: '{"Type": "Pass", "End": "true"}',
    good: '{"Type": "Pass", "End": true}',
    aws: 'SCHEMA_VALIDATION_FAILED: "Expected value of type Boolean".',
  },
  check: (state, report) => {
    const end = state.node.get('End');
    if (end === undefined || end.kind === 'boolean' || isOpaque(end)) return;
    report({
      at: end,
      message: `End must be the boolean true, not ${describeValue(end)}.`,
      fixes: [{ title: 'Change to true', isSafe: true, edits: [{ kind: 'replaceValue', node: end, value: true }] }],
    });
  },
};

export const nextText: StateRule = {
  id: 'asl/next-text',
  subject: 'state',
  severity: 'error',
  sources: ['F02', 'F03', 'F04', 'F05'],
  docs: {
    what: '`Next` and `Default` are strings.',
    why: 'They hold the exact name of a state; expressions and other values are refused.',
    bad: '{"Type": "Pass", "Next": 3}',
    good: '{"Type": "Pass", "Next": "Step 3"}',
    aws: 'SCHEMA_VALIDATION_FAILED: "Expected value of type String".',
  },
  check: (state, report) => {
    for (const { node, kind } of state.transitions) {
      if ((node.kind === 'string' && node.value !== '') || isOpaque(node)) continue;
      // asl/choice-next says it of a rule.
      if (node.kind !== 'string' && kind === 'Choice') continue;
      report({
        at: node,
        message: `${kind === 'Default' ? 'Default' : 'Next'} must be the name of a state, not ${describeValue(node)}.`,
      });
    }
  },
};

export const transitionNotAllowed: StateRule = {
  id: 'asl/transition-not-allowed',
  subject: 'state',
  fields: [UNKNOWN_FIELD],
  severity: 'error',
  sources: ['F12'],
  types: ['Choice', 'Succeed', 'Fail'],
  docs: {
    what: 'Choice, Succeed and Fail have neither `Next` nor `End`.',
    why: 'Succeed and Fail always end; the rules of a Choice and its Default say where it goes.',
    bad: '{"Type": "Succeed", "End": true}',
    good: '{"Type": "Succeed"}',
    aws: 'SCHEMA_VALIDATION_FAILED: "Field \'End\' is not supported".',
  },
  check: (state, report) => {
    for (const name of ['Next', 'End']) {
      const property = state.node.property(name);
      if (property === undefined) continue;
      const why = state.type === 'Choice' ? 'its rules and Default say where it goes' : 'it always ends';
      report({
        at: property.key,
        message: `A ${state.type ?? ''} state has no ${name}: ${why}. Remove it.`,
        fixes: [{ title: `Remove ${name}`, isSafe: true, edits: [{ kind: 'removeProperty', key: property.key }] }],
      });
    }
  },
};
