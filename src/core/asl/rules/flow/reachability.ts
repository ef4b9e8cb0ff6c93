import { keyOf, type Place } from '../../../language/rules/rule.ts';
import type { Node } from '../../../language/tree.ts';
import { describeScope, quote } from '../../describe.ts';
import { isOpaque } from '../../model.ts';
import type { Scope, State } from '../../model.ts';
import type { ScopeRule } from '../rule.ts';

/** Whether the text of a scope can be trusted: nothing half-typed, and no transition that only a template will fill in. */
function isSettled(scope: Scope): boolean {
  if (scope.node.issues !== undefined) return false;
  if (scope.startAt !== undefined && scope.startAt.target === undefined) return false;
  return scope.states.every((state) => state.isSettled) && !hasUnknownState(scope);
}

/** Whether a state is the value of a variable, or such: where it leads nobody knows. */
function hasUnknownState({ strays }: Scope): boolean {
  return strays.some(({ value }) => isOpaque(value));
}

function hasTerminal(scope: Scope): boolean {
  return scope.states.some((state) => state.mayEnd) || hasUnknownState(scope);
}

/** For each state of a scope, by its index: whether an execution can come to it from `StartAt`. */
function reachable(scope: Scope): Uint8Array {
  const found = new Uint8Array(scope.states.length);
  mark(scope.startAt?.to, found);
  return found;
}

/** Marks a state and all that can be reached from it; gives the number of states that were not marked before. */
function mark(first: State | undefined, found: Uint8Array): number {
  const open: State[] = [];
  let count = 0;
  const visit = (state: State | undefined): void => {
    if (state === undefined || found[state.index] === 1) return;
    found[state.index] = 1;
    count++;
    open.push(state);
  };
  visit(first);
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    for (const { to } of state.transitions) visit(to);
  }
  return count;
}

/** For each state of a scope, by its index: whether an execution can come from it to an end of the scope. */
function ending({ states }: Scope): Uint8Array {
  const found = new Uint8Array(states.length);
  const open: State[] = [];
  // Most transitions lead forwards in the text, so one pass backwards settles nearly all.
  for (let index = states.length - 1; index >= 0; index--) {
    const state = states[index];
    if (state === undefined) continue;
    if (state.isTerminal || leadsTo(state, found)) found[index] = 1;
    else open.push(state);
  }
  if (open.length > 0) markSources(open, found);
  return found;
}

function leadsTo({ transitions }: State, found: Uint8Array): boolean {
  return transitions.some(({ to }) => to !== undefined && found[to.index] === 1);
}

/** Marks those of the unmarked states that lead to a marked one, over others or at once. */
function markSources(unmarked: readonly State[], found: Uint8Array): void {
  const sources = new Map<State, State[]>();
  const open: State[] = [];
  for (const state of unmarked) {
    if (leadsTo(state, found)) open.push(state);
    for (const { to } of state.transitions) {
      if (to === undefined || found[to.index] === 1) continue;
      const known = sources.get(to);
      if (known === undefined) sources.set(to, [state]);
      else known.push(state);
    }
  }
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    if (found[state.index] === 1) continue;
    found[state.index] = 1;
    open.push(...(sources.get(state) ?? []));
  }
}

export const unreachableState: ScopeRule = {
  id: 'asl/unreachable-state',
  subject: 'scope',
  severity: 'error',
  sources: ['F07', 'F16'],
  docs: {
    what: 'Every state can be reached from `StartAt` of its scope. Of the states that only follow one another the first is reported, and only where the scope has a terminal state and no transition to a state that is not there.',
    why: 'A state that nothing leads to never runs: a transition is missing or the state is left over.',
    bad: '{"StartAt": "A", "States": {"A": {"Type": "Succeed"}, "B": {"Type": "Pass", "Next": "A"}}}',
    good: '{"StartAt": "B", "States": {"A": {"Type": "Succeed"}, "B": {"Type": "Pass", "Next": "A"}}}',
    aws: 'MISSING_TRANSITION_TARGET: "State \\"B\\" is not reachable." For states that only reach one another its verdict is not known.',
  },
  check: ({ scope }, report) => {
    if (scope.startAt === undefined || !isSettled(scope) || !hasTerminal(scope)) return;
    if (scope.startAt.to === undefined) return;
    const found = reachable(scope);
    if (!found.includes(0)) return;
    // A transition that is missing or names a state that is not there has a finding of its own, and was to lead to one
    // of these.
    if (scope.states.some((state) => found[state.index] === 1 && leadsNowhere(state))) return;
    // Of several states with one name only the last counts.
    for (const state of scope.states) if (scope.find(state.name) !== state) found[state.index] = 1;
    for (const { state, behind, isEntered } of entries(scope, found)) {
      const more = behind === 0 ? '' : ` (nor to the ${behind === 1 ? 'state' : `${behind} states`} behind it)`;
      report({
        at: keyOf(state.node),
        message: `No path leads from StartAt to state ${quote(state.name)}${more}. Point a Next at it, or remove it.`,
        ...(isEntered && { severity: 'warning' }),
      });
    }
  },
};

function leadsNowhere(state: State): boolean {
  if (state.transitions.some(({ to }) => to === undefined)) return true;
  if (!state.mayEnd && (state.transitions.length === 0 || lacksNext(state))) return true;
  const lists = [state.node.get('Choices'), state.node.get('Catch')];
  return lists.some((list) => list?.kind === 'array' && list.items.some(isWithoutNext));
}

/** Whether the state must say what comes after it, and does not. */
function lacksNext({ type, node }: State): boolean {
  return type !== 'Choice' && !node.has('Next');
}

function isWithoutNext(item: Node): boolean {
  return item.kind === 'object' && !item.has('Next');
}

interface Entry {
  readonly state: State;
  /** How many further states can only be reached from it, or from an earlier entry. */
  readonly behind: number;
  /** Whether some state leads to it: it is on a cycle then. */
  readonly isEntered: boolean;
}

/** The fewest states that a path would have to lead to so that all of the scope can be reached; `found` is used up. */
function entries(scope: Scope, found: Uint8Array): readonly Entry[] {
  const isEntered = new Uint8Array(scope.states.length);
  for (const state of scope.states)
    for (const { to } of state.transitions) if (to !== undefined) isEntered[to.index] = 1;
  const all: Entry[] = [];
  for (const entered of [0, 1]) {
    for (const state of scope.states) {
      if (found[state.index] === 1 || isEntered[state.index] !== entered) continue;
      all.push({ state, behind: mark(state, found) - 1, isEntered: entered === 1 });
    }
  }
  return all;
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
    if (!scope.states.every((state) => state.isSettled)) return;
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
    if (scope.states.some(leadsNowhere)) return;
    const ends = ending(scope);
    if (!ends.includes(0)) return;
    const found = reachable(scope);
    for (const state of scope.states) {
      if (found[state.index] === 0 || ends[state.index] === 1 || state.type === undefined) continue;
      report({
        at: keyOf(state.node),
        message: `Once it is in state ${quote(state.name)}, an execution can never come to an end.`,
      });
    }
  },
};
