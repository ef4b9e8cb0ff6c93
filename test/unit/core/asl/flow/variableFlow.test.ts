import { describe, expect, it } from 'vitest';
import { buildMachine } from '../../../../../src/core/asl/build.ts';
import { scopeWays } from '../../../../../src/core/asl/flow/scopeWays.ts';
import { VariableAtPlaces } from '../../../../../src/core/asl/flow/variableAtPlaces.ts';
import { VariableFlow } from '../../../../../src/core/asl/flow/variableFlow.ts';
import type { Machine, Scope, State } from '../../../../../src/core/asl/model.ts';
import { variablesOf } from '../../../../../src/core/asl/variables.ts';
import { parseTree } from '../../../../../src/core/language/edit.ts';

function machineOf(definition: unknown): Machine {
  const { root } = parseTree(JSON.stringify(definition), 'json');
  if (root.kind !== 'object') throw new Error('A definition is an object.');
  return buildMachine(root, {});
}

/** Numbers that look like chance and are the same each time. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const NAMES = ['a', 'b', 'c', 'd'];

/** A machine in which anything may lead anywhere and assign anything, with branches in it. */
function anyMachine(next: (below: number) => number, depth = 0, prefix = ''): unknown {
  const count = 1 + next(7);
  const target = (): string => `${prefix}${next(count)}`;
  const assign = (): object => (next(3) === 0 ? { Assign: { [NAMES[next(NAMES.length)] ?? 'a']: 1 } } : {});
  const stateOf = (name: string): unknown => {
    const inner = depth < 2 && next(5) === 0;
    const Catch = Array.from({ length: next(3) }, () => ({ ErrorEquals: ['E'], Next: target(), ...assign() }));
    if (inner) {
      const processor = anyMachine(next, depth + 1, `${name}.`) as object;
      const ProcessorConfig = { Mode: next(2) === 0 ? 'INLINE' : 'DISTRIBUTED', ExecutionType: 'STANDARD' };
      return { Type: 'Map', ItemProcessor: { ...processor, ProcessorConfig }, Catch, Next: target(), ...assign() };
    }
    if (next(3) > 0) return { Type: 'Task', Resource: 'r', Catch, Next: target(), ...assign() };
    const Choices = Array.from({ length: next(3) }, () => ({ Condition: '{% true %}', Next: target(), ...assign() }));
    return { Type: 'Choice', Choices, ...(next(2) === 0 && { Default: target() }), ...assign() };
  };
  const names = Array.from({ length: count }, (_, index) => `${prefix}${index}`);
  return {
    ...(depth === 0 && { QueryLanguage: 'JSONata' }),
    StartAt: target(),
    States: Object.fromEntries(names.map((name) => [name, stateOf(name)])),
  };
}

/** The same by the definition: sets that go along all ways until nothing changes. */
function bySets(scope: Scope, atStart: Sets, found: Map<State, Sets>): void {
  const visit = (state: State | undefined, { always, sometimes }: Sets): void => {
    if (state === undefined) return;
    const known = found.get(state);
    const merged = {
      always: new Set([...always].filter((name) => known?.always.has(name) ?? true)),
      sometimes: new Set([...(known?.sometimes ?? []), ...sometimes]),
    };
    if (known?.always.size === merged.always.size && known.sometimes.size === merged.sometimes.size) return;
    found.set(state, merged);
    for (const { kind, node, to } of state.transitions) {
      const on = kind === 'Catch' || kind === 'Choice' ? node.parent : 'state';
      const names = variablesOf(state).writes.flatMap((write) => (write.on === on ? [write.name] : []));
      visit(to, {
        always: new Set([...merged.always, ...names]),
        sometimes: new Set([...merged.sometimes, ...names]),
      });
    }
  };
  visit(scope.startAt?.to, atStart);
  for (const state of scope.states) {
    const before = found.get(state);
    if (before === undefined) continue;
    for (const inner of state.scopes) bySets(inner, inner.childType === undefined ? before : NOTHING, found);
  }
}

interface Sets {
  readonly always: ReadonlySet<string>;
  readonly sometimes: ReadonlySet<string>;
}
function inSets(sets: Sets | undefined, name: string): string | undefined {
  if (sets === undefined) return undefined;
  return sets.always.has(name) ? 'always' : sets.sometimes.has(name) ? 'sometimes' : 'never';
}

const NOTHING: Sets = { always: new Set(), sometimes: new Set() };

describe('variableFlow', () => {
  it('says of any machine what sets of variables that go along all its ways say', () => {
    for (let seed = 1; seed <= 400; seed++) {
      const definition = anyMachine(numbers(seed));
      const machine = machineOf(definition);
      const sets = new Map<State, Sets>();
      bySets(machine.root, NOTHING, sets);
      const flow = new VariableFlow(machine);
      const asked = machine.scopes.flatMap((scope) =>
        scope.states.flatMap((state) => NAMES.map((name) => ({ scope, state, name }))),
      );
      const say = ({ state, name }: (typeof asked)[number], what: string | undefined): string =>
        `$${name} before ${state.name}: ${what ?? 'not reached'}`;
      const found = asked.map((one) => say(one, flow.before(one.state, one.scope, one.name)));
      expect(found, JSON.stringify(definition)).toEqual(
        asked.map((one) => say(one, inSets(sets.get(one.state), one.name))),
      );
    }
  });

  it.each([
    ['a chain', {}],
    ['a chain that starts again on errors', { Catch: [{ ErrorEquals: ['E'], Next: 'S0' }] }],
    ['a chain with one state for all errors', { Catch: [{ ErrorEquals: ['E'], Next: 'Failed' }] }],
  ])('takes work in proportion to the states for %s of variables', (_, more) => {
    const work = (count: number): number => {
      const states = Array.from({ length: count }, (__, index): [string, unknown] => [
        `S${index}`,
        { Type: 'Task', Resource: 'r', Assign: { [`v${index}`]: 1 }, Next: `S${index + 1}`, ...more },
      ]);
      const ends = { [`S${count}`]: { Type: 'Succeed' }, Failed: { Type: 'Fail' } };
      const { root } = machineOf({ StartAt: 'S0', States: { ...Object.fromEntries(states), ...ends } });
      const ways = scopeWays(root);
      let steps = ways.dominators.frontier().reduce((sum, list) => sum + list.length, 0);
      const { dominators } = ways;
      const said = new Set<string>();
      const isBehind: typeof dominators.isBehind = (place, gate) => {
        steps++;
        return dominators.isBehind(place, gate);
      };
      for (const state of root.states) {
        const name = `v${state.index - 1}`;
        const writes = ways.writes.get(name);
        const place = ways.placeOf(state);
        if (writes === undefined || place === undefined || state.name === 'Failed') continue;
        const variable = new VariableAtPlaces({ ...ways, dominators: { ...dominators, isBehind } }, writes, 'never');
        said.add(variable.at(place));
      }
      expect([...said]).toEqual(['always']);
      return steps;
    };
    expect(work(2_000) / work(200)).toBeLessThan(11);
  });
});
