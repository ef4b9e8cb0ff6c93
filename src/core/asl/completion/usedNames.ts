import { callsIn, looksLikeIntrinsic, parseIntrinsic } from '../expressions/intrinsics.ts';
import { parseJsonata } from '../expressions/jsonata.ts';
import { parsePath } from '../expressions/jsonPath.ts';
import type { Node } from '../../language/tree.ts';
import { isOpaque, type Machine, type State } from '../model.ts';
import { ofState } from '../ofState.ts';
import { variablesOf } from '../variables.ts';

/** A value that some state of the machine reads or writes: `$` and names, `$states`, `input` and names, a variable and names. */
type UsedPath = readonly string[];

const pathsOf = ofState((state): readonly UsedPath[] => (state.isJsonata ? jsonataPaths(state) : jsonPaths(state)));

/** The names that the machine's states use directly below a path such as `['$', 'order']`, most used first. */
export function namesBelow(machine: Machine, path: UsedPath): readonly string[] {
  const counts = new Map<string, number>();
  for (const state of machine.states) {
    for (const used of pathsOf(state)) {
      const name = used[path.length];
      if (name === undefined || !path.every((step, index) => used[index] === step)) continue;
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    for (const name of assignedBelow(state, path)) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([name]) => name);
}

/** The fields of an object that is assigned to the variable `$name`. */
function assignedBelow(state: State, [root, ...steps]: UsedPath): readonly string[] {
  const found: string[] = [];
  for (const { name, value } of variablesOf(state).writes) {
    if (`$${name}` !== root) continue;
    let current: Node | undefined = value;
    for (const step of steps)
      current = current?.kind === 'object' ? (current.get(step) ?? current.get(`${step}.$`)) : undefined;
    if (current?.kind === 'object') found.push(...current.properties.map(({ key }) => key.value.replace(/\.\$$/, '')));
  }
  return found;
}

function jsonataPaths(state: State): readonly UsedPath[] {
  return state.visit.expressions.flatMap(({ node }) => {
    const { analysis } = isOpaque(node) ? {} : parseJsonata(node.value.slice(2, -2));
    return analysis?.variables.map(({ name, path }) => [`$${name}`, ...path]) ?? [];
  });
}

function jsonPaths(state: State): readonly UsedPath[] {
  const texts: string[] = [];
  const add = (node: Node): void => {
    if (node.kind !== 'string' || isOpaque(node)) return;
    if (!looksLikeIntrinsic(node.value)) texts.push(node.value);
    else {
      const call = parseIntrinsic(node.value);
      if ('error' in call) return;
      for (const { args } of callsIn(call)) for (const arg of args) if (arg.kind === 'path') texts.push(arg.text);
    }
  };
  for (const { node } of state.visit.templateFields) add(node);
  for (const { spec, node } of state.visit.fields) if (spec.value.kind === 'path') add(node);
  return texts.flatMap((text) => {
    const path = text.startsWith('$') ? parsePath(text) : undefined;
    if (path?.error !== undefined || path === undefined) return [];
    const root = typeof path.root === 'string' ? path.root : `$${path.root.variable}`;
    const end = path.steps.findIndex((step) => typeof step !== 'string');
    const names = (end < 0 ? path.steps : path.steps.slice(0, end)).filter((step) => typeof step === 'string');
    return [[root, ...names]];
  });
}
