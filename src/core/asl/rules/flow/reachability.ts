import { keyOf, type Place } from '../../../language/rules/rule.ts';
import { describeScope, quote } from '../../describe.ts';
import { isOpaque, type Scope, type State } from '../../model.ts';
import type { ScopeRule } from '../rule.ts';

/** Whether the text of a scope can be trusted: nothing half-typed, and no transition that only a template will fill in. */
function isSettled(scope: Scope): boolean {
  if (scope.node.issues !== undefined) return false;
  if (scope.startAt?.target === undefined && scope.startAt !== undefined) return false;
  return scope.states.every((state) => state.transitions.every(({ target }) => target !== undefined));
}

function hasTerminal(scope: Scope): boolean {
  return scope.states.some(
    (state) =>
      state.isTerminal || isOpaqueField(state, 'End') || isOpaqueField(state, 'Type') || state.type === undefined,
  );
}

function isOpaqueField(state: State, field: string): boolean {
  const node = state.node.get(field);
  return node !== undefined && isOpaque(node);
}

/** States that an execution can come to from `StartAt`. */
export function reachableStates(scope: Scope): Set<State> {
  const start = scope.startAt?.target;
  const first = start === undefined ? undefined : scope.find(start);
  const found = new Set<State>(first === undefined ? [] : [first]);
  for (const state of found) {
    for (const { target } of state.transitions) {
      const next = target === undefined ? undefined : scope.find(target);
      if (next !== undefined) found.add(next);
    }
  }
  return found;
}

/** States from which an execution can come to an end of the scope. */
function endingStates(scope: Scope): Set<State> {
  const before = new Map<State, State[]>();
  for (const state of scope.states) {
    for (const { target } of state.transitions) {
      const next = target === undefined ? undefined : scope.find(target);
      if (next === undefined) continue;
      const list = before.get(next);
      if (list === undefined) before.set(next, [state]);
      else list.push(state);
    }
  }
  const found = new Set(scope.states.filter((state) => state.isTerminal));
  for (const state of found) for (const previous of before.get(state) ?? []) found.add(previous);
  return found;
}

export const unreachableState: ScopeRule = {
  id: 'asl/unreachable-state',
  subject: 'scope',
  severity: 'error',
  sources: ['F07', 'F16'],
  docs: {
    what: 'Every state can be reached from `StartAt` of its scope. Reported only where the scope has a terminal state.',
    why: 'A state that nothing leads to never runs: a transition is missing or the state is left over.',
    bad: '{"StartAt": "A", "States": {"A": {"Type": "Succeed"}, "B": {"Type": "Pass", "Next": "A"}}}',
    good: '{"StartAt": "B", "States": {"A": {"Type": "Succeed"}, "B": {"Type": "Pass", "Next": "A"}}}',
    aws: 'MISSING_TRANSITION_TARGET: "State \\"B\\" is not reachable." For states that only reach one another its verdict is not known.',
  },
  check: ({ scope }, report) => {
    if (scope.startAt === undefined || !isSettled(scope) || !hasTerminal(scope)) return;
    const { target } = scope.startAt;
    if (target === undefined || scope.find(target) === undefined) return;
    const reachable = reachableStates(scope);
    if (reachable.size === scope.states.length) return;
    const targets = new Set<State>();
    for (const state of scope.states) {
      for (const { target: name } of state.transitions) {
        const next = name === undefined ? undefined : scope.find(name);
        if (next !== undefined) targets.add(next);
      }
    }
    for (const state of scope.states) {
      if (reachable.has(state)) continue;
      report({
        at: keyOf(state.node),
        message: `No path leads from StartAt to state ${quote(state.name)}. Point a Next at it, or remove it.`,
        ...(targets.has(state) && isOnDetachedCycle(state, scope) && { severity: 'warning' }),
      });
    }
  },
};

function isOnDetachedCycle(state: State, scope: Scope): boolean {
  const seen = new Set<State>();
  const open = [state];
  for (let current = open.pop(); current !== undefined; current = open.pop()) {
    for (const { target } of current.transitions) {
      const next = target === undefined ? undefined : scope.find(target);
      if (next === state) return true;
      if (next === undefined || seen.has(next)) continue;
      seen.add(next);
      open.push(next);
    }
  }
  return false;
}

export const noTerminalState: ScopeRule = {
  id: 'asl/no-terminal-state',
  subject: 'scope',
  severity: 'error',
  sources: ['F08'],
  docs: {
    what: 'Every scope has a terminal state: one with `"End": true`, a Succeed or a Fail.',
    why: 'Without one the machine, branch or item could never end.',
    bad: '{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "A"}}}',
    good: '{"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}',
    aws: 'MISSING_END_STATE: "Workflow has no terminal state", without a location. It hides unreachable states.',
  },
  check: ({ scope }, report) => {
    if (scope.states.length === 0 || scope.node.issues !== undefined || hasTerminal(scope)) return;
    if (scope.states.some((state) => state.transitions.some(({ target }) => target === undefined))) return;
    const states = scope.node.get('States');
    const at: Place = keyOf(states ?? scope.node);
    report({
      at,
      message: `No state ends ${describeScope(scope)}. Give its last state "End": true, or add a Succeed or Fail state.`,
    });
  },
};

export const endlessCycle: ScopeRule = {
  id: 'asl/endless-cycle',
  subject: 'scope',
  severity: 'warning',
  sources: ['F13'],
  docs: {
    what: 'From every state an end of the scope can be reached, and no state but a Task or Wait leads only to itself.',
    why: 'Such an execution turns until it is stopped or its history is full (25,000 events), and costs money all the while.',
    bad: '{"StartAt": "A", "States": {"A": {"Type": "Choice", "Choices": [{"Variable": "$.x", "IsPresent": true, "Next": "B"}], "Default": "C"}, "B": {"Type": "Pass", "Next": "B"}, "C": {"Type": "Succeed"}}}',
    good: '{"StartAt": "A", "States": {"A": {"Type": "Choice", "Choices": [{"Variable": "$.x", "IsPresent": true, "Next": "B"}], "Default": "C"}, "B": {"Type": "Pass", "Next": "C"}, "C": {"Type": "Succeed"}}}',
    aws: 'Accepted; the execution fails when its event history reaches its limit.',
  },
  check: ({ scope }, report) => {
    if (!isSettled(scope) || !scope.states.some((state) => state.isTerminal)) return;
    if (!scope.states.every((state) => state.transitions.every(({ target }) => scope.find(target ?? '') !== undefined)))
      return;
    const ending = endingStates(scope);
    const reachable = reachableStates(scope);
    for (const state of reachable) {
      if (ending.has(state) || state.type === undefined) continue;
      report({
        at: keyOf(state.node),
        message: `Once it is in state ${quote(state.name)}, an execution can never come to an end.`,
      });
    }
  },
};
