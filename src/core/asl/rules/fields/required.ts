import { keyOf } from '../../../language/rules/rule.ts';
import type { Node } from '../../../language/tree.ts';
import { nearest } from '../../../language/nearest.ts';
import { anyOf, describeScope, describeValue, didYouMean, quote } from '../../describe.ts';
import { isOpaque, STATE_TYPES } from '../../model.ts';
import type { MachineRule, ScopeRule, StateRule } from '../rule.ts';

export const startAtRequired: ScopeRule = {
  id: 'asl/start-at-required',
  subject: 'scope',
  severity: 'error',
  sources: ['A03', 'P01', 'M01'],
  docs: {
    what: 'Machines, branches and processors have `StartAt`, a string that is not empty.',
    why: 'Nobody would know where to begin.',
    bad: '{"States": {"A": {"Type": "Succeed"}}}',
    good: '{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}',
    aws: 'SCHEMA_VALIDATION_FAILED: "These fields are required: [StartAt]", at the scope.',
  },
  check: ({ scope }, report) => {
    const { node } = scope;
    const value = node.get('StartAt');
    if (value === undefined) {
      if (node.issues?.unclosed === true) return;
      const [only] = scope.states;
      report({
        at: keyOf(node),
        message: `StartAt is missing: the name of the state that ${describeScope(scope)} begins with.`,
        ...(only !== undefined && {
          fixes: [
            {
              title: `Add "StartAt": "${only.name}"`,
              isSafe: false,
              edits: [{ kind: 'addProperty', object: node, name: 'StartAt', value: only.name }],
            },
          ],
        }),
      });
    } else if (!isOpaque(value) && (value.kind !== 'string' || value.value === '')) {
      report({ at: value, message: `StartAt must be the name of a state, not ${describeValue(value)}.` });
    }
  },
};

export const statesRequired: ScopeRule = {
  id: 'asl/states-required',
  subject: 'scope',
  severity: 'error',
  sources: ['A04', 'P01', 'M01'],
  docs: {
    what: 'Machines, branches and processors have `States`, an object with at least one state.',
    why: 'There would be nothing to run.',
    bad: '{"StartAt": "A", "States": {}}',
    good: '{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}',
    aws: 'SCHEMA_VALIDATION_FAILED: "These fields are required: [States]" or "Value cannot be empty".',
  },
  check: ({ scope }, report) => {
    const { node } = scope;
    const value = node.get('States');
    if (value === undefined) {
      if (node.issues?.unclosed === true) return;
      report({ at: keyOf(node), message: `States is missing: the states of ${describeScope(scope)} by name.` });
    } else if (value.kind === 'object') {
      if (value.properties.length === 0 && value.issues === undefined) {
        report({ at: keyOf(value), message: 'States is empty: at least one state is needed.' });
      }
    } else if (!isOpaque(value)) {
      report({ at: value, message: `States must be an object of states by name, not ${describeValue(value)}.` });
    }
  },
};

export const stateObject: ScopeRule = {
  id: 'asl/state-object',
  subject: 'scope',
  severity: 'error',
  sources: ['B01'],
  docs: {
    what: 'Each value in `States` is an object.',
    why: 'A field of the machine that slipped into States, such as QueryLanguage, would be taken as a state.',
    bad: '{"StartAt": "A", "States": {"QueryLanguage": "JSONata", "A": {"Type": "Succeed"}}}',
    good: '{"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {"Type": "Succeed"}}}',
    aws: 'SCHEMA_VALIDATION_FAILED, at the state.',
  },
  check: ({ scope }, report) => {
    const outer = ['Comment', 'QueryLanguage', 'StartAt', 'TimeoutSeconds', 'Version'];
    for (const { key, value } of scope.strays) {
      if (isOpaque(value)) continue;
      const slipped = outer.includes(key.value) ? ` ${key.value} belongs beside States, not inside it.` : '';
      report({
        at: value,
        message: `State ${quote(key.value)} must be an object, not ${describeValue(value)}.${slipped}`,
      });
    }
  },
};

export const stateType: StateRule = {
  id: 'asl/state-type',
  subject: 'state',
  severity: 'error',
  sources: ['B02'],
  docs: {
    what: 'Each state has a `Type`: Task, Wait, Pass, Succeed, Fail, Choice, Parallel or Map, in this case.',
    why: 'The type decides what the state does and which fields it has.',
    bad: '{"Type": "task", "Resource": "arn:aws:states:::glue:startJobRun.sync", "End": true}',
    good: '{"Type": "Task", "Resource": "arn:aws:states:::glue:startJobRun.sync", "End": true}',
    aws: 'SCHEMA_VALIDATION_FAILED: "The field \'Type\' should have one of these values: [Task, Wait, Pass, Succeed, Fail, Choice, Parallel, Map]".',
  },
  check: (state, report) => {
    if (state.type !== undefined) return;
    const type: Node | undefined = state.node.get('Type');
    if (type === undefined) {
      if (state.node.issues?.unclosed === true) return;
      const otherCase = state.node.properties.find(({ key }) => key.value.toLowerCase() === 'type')?.key;
      report({
        at: otherCase ?? keyOf(state.node),
        message:
          otherCase === undefined
            ? `State ${quote(state.name)} needs a Type: ${anyOf(STATE_TYPES)}.`
            : `The field is called "Type", not ${quote(otherCase.value)}.`,
        ...(otherCase !== undefined && {
          fixes: [
            { title: 'Change to "Type"', isSafe: true, edits: [{ kind: 'renameKey', node: otherCase, name: 'Type' }] },
          ],
        }),
      });
    } else if (!isOpaque(type)) {
      const suggestion = type.kind === 'string' ? nearest(type.value, STATE_TYPES) : undefined;
      report({
        at: type,
        message: `Type must be ${anyOf(STATE_TYPES)}, not ${describeValue(type)}.${didYouMean(suggestion)}`,
        ...(suggestion !== undefined && {
          fixes: [
            {
              title: `Change to "${suggestion}"`,
              isSafe: true,
              edits: [{ kind: 'replaceString', node: type, value: suggestion }],
            },
          ],
        }),
      });
    }
  },
};

export const stateNameLength: ScopeRule = {
  id: 'asl/state-name-length',
  subject: 'scope',
  severity: 'error',
  sources: ['B03'],
  docs: {
    what: 'State names have 1 to 80 characters.',
    why: 'AWS refuses longer ones.',
    bad: '{"": {"Type": "Succeed"}}',
    good: '{"Done": {"Type": "Succeed"}}',
    aws: 'INVALID_STATE_NAME.',
  },
  check: ({ scope }, report) => {
    for (const { name, node } of scope.states) {
      if (name.length > 0 && name.length <= 80) continue;
      const count = Array.from(name).length;
      if (count > 0 && count <= 80) continue;
      report({
        at: keyOf(node),
        message:
          count === 0
            ? 'A state name cannot be empty.'
            : `State names have at most 80 characters; this one has ${count}.`,
      });
    }
  },
};

export const duplicateStateName: MachineRule = {
  id: 'asl/duplicate-state-name',
  subject: 'machine',
  severity: 'error',
  sources: ['B04'],
  docs: {
    what: 'A state name occurs once in the whole machine, branches and Map processors included.',
    why: 'The history of an execution tells states apart by their names.',
    bad: '{"Branches": [{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}, {"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}]}',
    good: '{"Branches": [{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}, {"StartAt": "B", "States": {"B": {"Type": "Succeed"}}}]}',
    aws: 'DUPLICATE_STATE_NAME.',
  },
  check: (machine, report) => {
    for (const group of machine.repeatedNames()) {
      const [first, ...others] = group;
      const within = countBy(group, (state) => state.key.parent);
      for (const state of others) {
        // Twice in one object is what asl/duplicate-key says.
        if ((within.get(state.key.parent) ?? 0) > 1) continue;
        report({
          at: keyOf(state.node),
          message: `State name ${quote(state.name)} is taken. Names are unique in the whole machine.`,
          ...(first !== undefined && { related: [{ at: first.key, message: `${quote(state.name)} is also here` }] }),
        });
      }
    }
  },
};

function countBy<T, K>(items: readonly T[], groupOf: (item: T) => K): ReadonlyMap<K, number> {
  const counts = new Map<K, number>();
  for (const item of items) counts.set(groupOf(item), (counts.get(groupOf(item)) ?? 0) + 1);
  return counts;
}
