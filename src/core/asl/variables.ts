import { within, type Place } from '../language/rules/rule.ts';
import type { Node, ObjectNode, StringNode } from '../language/tree.ts';
import { callsIn, looksLikeIntrinsic, parseIntrinsic } from './expressions/intrinsics.ts';
import { parseJsonata } from './expressions/jsonata.ts';
import { JSONATA_FUNCTIONS } from './expressions/jsonataFunctions.ts';
import { parsePath } from './expressions/jsonPath.ts';
import { isOpaque, type State } from './model.ts';
import { templateFieldsOf } from './rules/payload/templateFields.ts';

export interface VariableRead {
  readonly name: string;
  readonly at: Place;
  /** Read as a function: `$name(…)`. */
  readonly isCall: boolean;
}

export interface VariableWrite {
  /** Without the `.$` that JSONPath names may end in. */
  readonly name: string;
  readonly key: StringNode;
  readonly value: Node;
  /** The transition that it happens on: any of the state's own, or that of a catcher or Choice rule. */
  readonly on: 'state' | ObjectNode;
}

export interface VariableUse {
  readonly reads: readonly VariableRead[];
  readonly writes: readonly VariableWrite[];
}

const remembered = new WeakMap<State, VariableUse>();
const NONE: VariableUse = { reads: [], writes: [] };

/** The variables that a state reads and assigns itself, inner scopes not included. */
export function variablesOf(state: State): VariableUse {
  let use = remembered.get(state);
  if (use === undefined) {
    const writes = [...writesOf(state)];
    const reads = state.isJsonata ? [...jsonataReads(state)] : [...jsonPathReads(state)];
    use = writes.length === 0 && reads.length === 0 ? NONE : { reads, writes };
    remembered.set(state, use);
  }
  return use;
}

function* writesOf(state: State): Generator<VariableWrite> {
  for (const { name, node, owner } of state.visit.fields) {
    if (name !== 'Assign' || node.kind !== 'object') continue;
    const on = owner.shape === 'catcher' || owner.shape === 'choiceRule' ? owner.node : 'state';
    for (const { key, value } of node.properties) {
      if (isOpaque(key)) continue;
      yield { name: state.isJsonata ? key.value : key.value.replace(/\.\$$/, ''), key, value, on };
    }
  }
}

function* jsonataReads(state: State): Generator<VariableRead> {
  for (const { node } of state.visit.expressions) {
    if (isOpaque(node)) continue;
    const { analysis } = parseJsonata(node.value.slice(2, -2));
    if (analysis === undefined) continue;
    for (const { name, from, to } of analysis.variables) {
      if (name === 'states' || JSONATA_FUNCTIONS.has(name)) continue;
      yield { name, at: within(node, from + 2, to + 2), isCall: false };
    }
    for (const { name, from, to } of analysis.calls) {
      if (!JSONATA_FUNCTIONS.has(name)) yield { name, at: within(node, from + 2, to + 2), isCall: true };
    }
  }
}

function* jsonPathReads(state: State): Generator<VariableRead> {
  const nodes: Node[] = templateFieldsOf(state).map(({ node }) => node);
  for (const { spec, node } of state.visit.fields) if (spec.value.kind === 'path') nodes.push(node);
  for (const node of nodes) {
    if (node.kind !== 'string' || isOpaque(node)) continue;
    if (looksLikeIntrinsic(node.value)) {
      const call = parseIntrinsic(node.value);
      if ('error' in call) continue;
      for (const { args } of callsIn(call)) {
        for (const argument of args) if (argument.kind === 'path') yield* pathRead(node, argument.text, argument.start);
      }
    } else yield* pathRead(node, node.value, 0);
  }
}

function* pathRead(node: StringNode, text: string, from: number): Generator<VariableRead> {
  if (!text.startsWith('$') || text === '$' || text.startsWith('$.') || text.startsWith('$$') || text.startsWith('$['))
    return;
  const path = parsePath(text);
  if (path.error !== undefined || typeof path.root === 'string') return;
  const { variable } = path.root;
  yield { name: variable, at: within(node, from, from + 1 + variable.length), isCall: false };
}
