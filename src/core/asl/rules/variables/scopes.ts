import { nearestOf } from '../../../language/nearest.ts';
import { didYouMean, quote } from '../../describe.ts';
import { JSONATA_FUNCTIONS } from '../../expressions/jsonataFunctions.ts';
import type { Machine, Scope, State } from '../../model.ts';
import { outerScope, visibleScopes } from '../../flow/scopes.ts';
import { variableFlow } from '../../flow/variableFlow.ts';
import { variablesOf, type VariableRead, type VariableWrite } from '../../variables.ts';
import type { MachineRule } from '../rule.ts';

interface Writer extends VariableWrite {
  readonly scope: Scope;
}

/** The assignments of one variable. */
class Writers {
  readonly all: Writer[] = [];
  readonly #firstOf = new Map<Scope, Writer>();

  add(writer: Writer): void {
    this.all.push(writer);
    if (!this.#firstOf.has(writer.scope)) this.#firstOf.set(writer.scope, writer);
  }

  /** The first assignment in the outermost of some scopes, which are given from the inside out. */
  in(scopes: Iterable<Scope>): Writer | undefined {
    let found: Writer | undefined;
    for (const scope of scopes) found = this.#firstOf.get(scope) ?? found;
    return found;
  }
}

const remembered = new WeakMap<Machine, { readonly writers: Map<string, Writers> | undefined }>();

/** Every assignment of the machine by name; undefined where there is nothing to check. */
function writersOf(machine: Machine): Map<string, Writers> | undefined {
  let known = remembered.get(machine);
  if (known === undefined) {
    known = { writers: collectWriters(machine) };
    remembered.set(machine, known);
  }
  return known.writers;
}

function collectWriters(machine: Machine): Map<string, Writers> | undefined {
  const writers = new Map<string, Writers>();
  let isUsed = false;
  for (const scope of machine.scopes) {
    for (const state of scope.states) {
      const { reads, writes } = variablesOf(state);
      if (reads.length > 0 || writes.length > 0) isUsed = true;
      for (const write of writes) {
        let known = writers.get(write.name);
        if (known === undefined) {
          known = new Writers();
          writers.set(write.name, known);
        }
        known.add({ ...write, scope });
      }
    }
  }
  return isUsed ? writers : undefined;
}

export const shadowedVariable: MachineRule = {
  id: 'asl/shadowed-variable',
  subject: 'machine',
  severity: 'error',
  sources: ['V02'],
  docs: {
    what: 'A branch or Map processor does not assign a variable that an outer scope assigns.',
    why: 'Inner scopes read outer variables but cannot change or hide them.',
    bad: '{"P": {"Type": "Parallel", "Assign": {"n": 1}, "Branches": [{"StartAt": "A", "States": {"A": {"Type": "Pass", "Assign": {"n": 2}, "End": true}}}]}}',
    good: '{"P": {"Type": "Parallel", "Assign": {"n": 1}, "Branches": [{"StartAt": "A", "States": {"A": {"Type": "Pass", "Assign": {"branchN": 2}, "End": true}}}]}}',
    aws: 'Documented (developer guide, "Variables"); not known whether at creation.',
  },
  check: (machine, report) => {
    for (const [name, writers] of writersOf(machine) ?? []) {
      if (writers.all.length < 2) continue;
      for (const { scope, key } of writers.all) {
        if (scope.owner === undefined) continue;
        const [, ...around] = visibleScopes(machine, scope);
        const outer = writers.in(around);
        if (outer === undefined) continue;
        report({
          at: key,
          message: `${quote(name)} is assigned in an outer scope, so this scope cannot assign it. Take another name.`,
          related: [{ at: outer.key, message: `${quote(name)} is assigned here` }],
        });
      }
    }
  },
};

export const variableOutOfScope: MachineRule = {
  id: 'asl/variable-out-of-scope',
  subject: 'machine',
  severity: 'error',
  sources: ['V06'],
  docs: {
    what: 'A variable is read where it can be seen: in its own scope and in scopes inside it, but not in the processor of a distributed Map.',
    why: 'A branch does not see the variables of its neighbours, an outer state not those of a branch, a child execution none.',
    bad: '{"Type": "Map", "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, "States": {"A": {"Type": "Pass", "Output": "{% $outer %}"}}}}',
    good: '{"Type": "Map", "ItemSelector": {"outer": "{% $outer %}"}, "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, "States": {"A": {"Type": "Pass", "Output": "{% $states.input.outer %}"}}}}',
    aws: 'Documented (developer guide, "Variables"); not known whether at creation.',
  },
  check: (machine, report) => {
    const writers = writersOf(machine);
    if (writers === undefined) return;
    for (const { read, scope } of readsOf(machine)) {
      const known = writers.get(read.name);
      const [writer] = known?.all ?? [];
      if (known?.in(visibleScopes(machine, scope)) !== undefined || writer === undefined) continue;
      const isOuter = isAround(machine, writer.scope, scope);
      report({
        at: read.at,
        message: isOuter
          ? `$${read.name} cannot be read in a distributed Map: its child executions have their own variables. Pass it on in ItemSelector.`
          : `$${read.name} is only assigned in another scope, which cannot be read from here.`,
        related: [{ at: writer.key, message: `$${read.name} is assigned here` }],
      });
    }
  },
};

/** Whether one scope lies around another, distributed or not. */
function isAround(machine: Machine, outer: Scope, inner: Scope): boolean {
  for (let scope = outerScope(machine, inner); scope !== undefined; scope = outerScope(machine, scope)) {
    if (scope === outer) return true;
  }
  return false;
}

function* readsOf(machine: Machine): Generator<{ read: VariableRead; state: State; scope: Scope }> {
  for (const scope of machine.scopes) {
    for (const state of scope.states) for (const read of variablesOf(state).reads) yield { read, state, scope };
  }
}

export const unassignedVariable: MachineRule = {
  id: 'asl/unassigned-variable',
  subject: 'machine',
  severity: 'warning',
  sources: ['V03'],
  docs: {
    what: 'A variable is assigned before it is read.',
    why: 'Otherwise the state fails when it runs. What a state assigns can be read by the states after it, not by itself.',
    bad: '{"StartAt": "A", "States": {"A": {"Type": "Pass", "Output": "{% $total %}", "End": true}}}',
    good: '{"StartAt": "A", "States": {"A": {"Type": "Pass", "Assign": {"total": 0}, "Next": "B"}, "B": {"Type": "Pass", "Output": "{% $total %}", "End": true}}}',
    aws: 'Accepted; fails at run time.',
  },
  check: (machine, report) => {
    const writers = writersOf(machine);
    if (writers === undefined || machine.node.issues !== undefined) return;
    const flow = variableFlow(machine);
    const suggest = nearestOf([...writers.keys()]);
    for (const { read, state, scope } of readsOf(machine)) {
      const known = writers.get(read.name);
      if (known === undefined) {
        if (read.isCall) continue;
        report({ at: read.at, message: `No state assigns $${read.name}.${didYouMean(asRead(suggest(read.name)))}` });
        continue;
      }
      if (flow.before(state, scope, read.name) !== 'never') continue;
      const isOwn = variablesOf(state).writes.some(({ name }) => name === read.name);
      report({
        at: read.at,
        message: isOwn
          ? `$${read.name} has no value yet: what this state assigns can be read by the states after it.`
          : `No state before this one assigns $${read.name}.`,
        related: known.all.slice(0, 3).map(({ key }) => ({ at: key, message: `$${read.name} is assigned here` })),
      });
    }
  },
};

function asRead(name: string | undefined): string | undefined {
  return name === undefined ? undefined : `$${name}`;
}

export const unknownFunction: MachineRule = {
  id: 'asl/unknown-function',
  subject: 'machine',
  severity: 'warning',
  sources: ['N08'],
  docs: {
    what: 'A function that is called is one of JSONata 2.0.6, of Step Functions ($partition, $range, $hash, $random, $uuid, $parse), or defined in the expression or a variable.',
    why: 'The state would fail with States.QueryEvaluationError.',
    bad: '{"Output": "{% $toUpper($states.input.name) %}"}',
    good: '{"Output": "{% $uppercase($states.input.name) %}"}',
    aws: 'Accepted; fails at run time.',
  },
  check: (machine, report) => {
    const writers = writersOf(machine);
    if (writers === undefined) return;
    const suggest = nearestOf([...JSONATA_FUNCTIONS.keys()]);
    for (const { read } of readsOf(machine)) {
      if (!read.isCall || writers.has(read.name)) continue;
      report({
        at: read.at,
        message: `There is no function $${read.name}.${didYouMean(asRead(suggest(read.name)))}`,
      });
    }
  },
};

export const maybeUnassignedVariable: MachineRule = {
  id: 'asl/maybe-unassigned-variable',
  subject: 'machine',
  severity: 'warning',
  sources: ['V04'],
  docs: {
    what: 'A variable is assigned on every path to the state that reads it.',
    why: 'The state fails when an execution comes to it on another path.',
    bad: '{"Choice": {"Type": "Choice", "Choices": [{"Condition": "{% $states.input.a %}", "Next": "SetX"}], "Default": "ReadX"}}',
    good: '{"Choice": {"Type": "Choice", "Choices": [{"Condition": "{% $states.input.a %}", "Next": "SetX"}], "Default": "ReadX", "Assign": {"x": 0}}}',
    aws: 'Accepted; fails at run time on such a path.',
  },
  check: (machine, report) => {
    const writers = writersOf(machine);
    if (writers === undefined || machine.node.issues !== undefined) return;
    const flow = variableFlow(machine);
    for (const { read, state, scope } of readsOf(machine)) {
      if (flow.before(state, scope, read.name) !== 'sometimes') continue;
      report({
        at: read.at,
        message: `$${read.name} is assigned on some paths to this state, but not on all.`,
        related: (writers.get(read.name)?.all ?? [])
          .slice(0, 3)
          .map(({ key }) => ({ at: key, message: `$${read.name} is assigned here` })),
      });
    }
  },
};

export const unusedVariable: MachineRule = {
  id: 'asl/unused-variable',
  subject: 'machine',
  severity: 'hint',
  sources: ['V05'],
  docs: {
    what: 'A variable that is assigned is read somewhere.',
    why: 'It is left over, or its name is misspelt where it is read.',
    bad: '{"Assign": {"totl": 0}}',
    good: '{"Assign": {"total": 0}}',
    aws: 'Accepted.',
  },
  check: (machine, report) => {
    const writers = writersOf(machine);
    if (writers === undefined || writers.size === 0) return;
    const read = new Set<string>();
    for (const { read: use } of readsOf(machine)) read.add(use.name);
    for (const [name, { all }] of writers) {
      if (read.has(name)) continue;
      for (const { key } of all) report({ at: key, message: `$${name} is never read.` });
    }
  },
};
