import { within, type Place } from '../language/rules/rule.ts';
import type { Node, ObjectNode, StringNode } from '../language/tree.ts';
import { callsIn, looksLikeIntrinsic, parseIntrinsic } from './expressions/intrinsics.ts';
import { parseJsonata } from './expressions/jsonata.ts';
import { JSONATA_FUNCTIONS } from './expressions/jsonataFunctions.ts';
import { parsePath } from './expressions/jsonPath.ts';
import { VARIABLE } from './fields/stateForm.ts';
import { isOpaque, type State } from './model.ts';
import { keptOfState } from './ofState.ts';

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

const NONE: VariableUse = { reads: [], writes: [] };

/** The variables that a state reads and assigns itself, inner scopes not included. */
export const variablesOf = keptOfState((state): VariableUse => {
  const writes = writesOf(state);
  const reads = state.isJsonata ? jsonataReads(state) : jsonPathReads(state);
  return writes.length === 0 && reads.length === 0 ? NONE : { reads, writes };
});

const NO_READS: readonly VariableRead[] = [];
const NO_WRITES: readonly VariableWrite[] = [];

function writesOf(state: State): readonly VariableWrite[] {
  if (!state.visit.form.fields.has('Assign')) return NO_WRITES;
  const found: VariableWrite[] = [];
  for (const { name, node, owner } of state.visit.fields) {
    if (name !== 'Assign' || node.kind !== 'object') continue;
    const on = owner.shape === 'catcher' || owner.shape === 'choiceRule' ? owner.node : 'state';
    for (const { key, value } of node.properties) {
      if (isOpaque(key)) continue;
      found.push({ name: state.isJsonata ? key.value : key.value.replace(/\.\$$/, ''), key, value, on });
    }
  }
  return found;
}

function jsonataReads(state: State): readonly VariableRead[] {
  if (state.visit.expressions.length === 0) return NO_READS;
  const found: VariableRead[] = [];
  for (const { node } of state.visit.expressions) {
    if (isOpaque(node)) continue;
    const { analysis } = parseJsonata(node.value.slice(2, -2));
    if (analysis === undefined) continue;
    for (const { name, from, to } of analysis.variables) {
      if (name === 'states' || JSONATA_FUNCTIONS.has(name) || isGuarded(name, node.value)) continue;
      found.push({ name, at: within(node, from + 2, to + 2), isCall: false });
    }
    for (const { name, from, to } of analysis.calls) {
      if (!JSONATA_FUNCTIONS.has(name)) found.push({ name, at: within(node, from + 2, to + 2), isCall: true });
    }
  }
  return found;
}

/** Whether an expression asks if the variable is there, so that it may be missing. */
function isGuarded(name: string, expression: string): boolean {
  return expression.includes('$exists') && expression.replaceAll(/\s/g, '').includes(`$exists($${name})`);
}

function jsonPathReads({ visit }: State): readonly VariableRead[] {
  if (!visit.form.fields.has(VARIABLE)) return NO_READS;
  const found: VariableRead[] = [];
  for (const { node } of visit.templateFields) addReads(node, found);
  for (const { spec, node } of visit.fields) if (spec.value.kind === 'path') addReads(node, found);
  return found;
}

function addReads(node: Node, found: VariableRead[]): void {
  if (node.kind !== 'string' || !node.value.includes('$') || isOpaque(node)) return;
  if (!looksLikeIntrinsic(node.value)) {
    addRead(node, { text: node.value, start: 0 }, found);
    return;
  }
  const call = parseIntrinsic(node.value);
  if ('error' in call) return;
  for (const { args } of callsIn(call)) {
    for (const argument of args) if (argument.kind === 'path') addRead(node, argument, found);
  }
}

interface PathText {
  readonly text: string;
  readonly start: number;
}

function addRead(node: StringNode, { text, start }: PathText, found: VariableRead[]): void {
  if (!text.startsWith('$') || text === '$' || text.startsWith('$.') || text.startsWith('$$') || text.startsWith('$['))
    return;
  const path = parsePath(text);
  if (path.error !== undefined || typeof path.root === 'string') return;
  const { variable } = path.root;
  found.push({ name: variable, at: within(node, start, start + 1 + variable.length), isCall: false });
}
