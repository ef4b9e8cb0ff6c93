import { within, offsetsOf } from '../language/rules/rule.ts';
import type { StringNode } from '../language/tree.ts';
import { callsIn, looksLikeIntrinsic, parseIntrinsic } from './expressions/intrinsics.ts';
import { parseJsonata } from './expressions/jsonata.ts';
import { JSONATA_FUNCTIONS } from './expressions/jsonataFunctions.ts';
import { parseResource } from './integrations/resource.ts';
import { mentionsIn } from './mentions.ts';
import { isOpaque, type Machine, type State } from './model.ts';
import { ofState } from './ofState.ts';
import { variablesOf } from './variables.ts';

export const TOKEN_TYPES = ['class', 'type', 'namespace', 'method', 'keyword', 'variable', 'function'] as const;
export const TOKEN_MODIFIERS = ['declaration', 'readonly', 'defaultLibrary'] as const;

/** A stretch of the host document and what it is. */
export interface SemanticToken {
  readonly start: number;
  readonly end: number;
  readonly type: (typeof TOKEN_TYPES)[number];
  readonly modifier?: (typeof TOKEN_MODIFIERS)[number];
}

/** Names of states, services and actions, variables and functions, in the order of the text, none over another. */
export function semanticTokensOf(machine: Machine): readonly SemanticToken[] {
  const found: SemanticToken[] = [];
  for (const scope of machine.scopes) {
    for (const { node, state } of mentionsIn(scope)) {
      const isKey = node === state?.key;
      found.push(token(node, 0, node.value.length, 'class', isKey ? 'declaration' : undefined));
    }
  }
  for (const state of machine.states) for (const part of partsOf(state)) found.push(placed(part));
  found.sort((a, b) => a.start - b.start);
  let end = 0;
  return found.filter((one) => {
    if (one.start < end || one.end <= one.start) return false;
    end = one.end;
    return true;
  });
}

/** A token by its place in a string, which stays right while the text around moves. */
interface Part extends Pick<SemanticToken, 'type' | 'modifier'> {
  readonly node: StringNode;
  readonly from: number;
  readonly to: number;
}

const partsOf = ofState((state): readonly Part[] => [
  ...headParts(state),
  ...(state.isJsonata ? jsonataParts(state) : jsonPathParts(state)),
  ...variablesOf(state).writes.map(({ key, name }): Part => ({
    node: key,
    from: 0,
    to: name.length,
    type: 'variable',
    modifier: 'declaration',
  })),
]);

function headParts({ node }: State): readonly Part[] {
  const parts: Part[] = [];
  const type = node.get('Type');
  if (type?.kind === 'string') parts.push({ node: type, from: 0, to: type.value.length, type: 'type' });
  const resource = node.get('Resource');
  if (resource?.kind !== 'string' || isOpaque(resource)) return parts;
  const parsed = parseResource(resource.value);
  if (parsed.kind !== 'optimized' && parsed.kind !== 'sdk') return parts;
  const { at, service, action, suffix } = parsed;
  const method = at + service.length + 1;
  parts.push({ node: resource, from: at, to: at + service.length, type: 'namespace' });
  parts.push({ node: resource, from: method, to: method + action.length, type: 'method' });
  if (suffix !== '') {
    parts.push({ node: resource, from: method + action.length, to: resource.value.length, type: 'keyword' });
  }
  return parts;
}

function jsonataParts(state: State): readonly Part[] {
  return state.visit.expressions.flatMap(({ node }) => {
    const analysis = isOpaque(node) ? undefined : parseJsonata(node.value.slice(2, -2)).analysis;
    if (analysis === undefined) return [];
    const variables = analysis.variables.map(({ name, from, to }): Part => ({
      ...{ node, from: from + 2, to: to + 2, type: 'variable' },
      ...(name === 'states' && { modifier: 'readonly' }),
    }));
    const calls = analysis.calls.map(({ name, from, to }): Part => ({
      ...{ node, from: from + 2, to: to + 2, type: 'function' },
      ...(JSONATA_FUNCTIONS.has(name) && { modifier: 'defaultLibrary' }),
    }));
    return [...variables, ...calls];
  });
}

function jsonPathParts(state: State): readonly Part[] {
  const nodes = [
    ...state.visit.templateFields.map(({ node }) => node),
    ...state.visit.fields.flatMap(({ spec, node }) => (spec.value.kind === 'path' ? [node] : [])),
  ];
  const parts: Part[] = [];
  for (const node of nodes) {
    if (node.kind !== 'string' || !looksLikeIntrinsic(node.value) || isOpaque(node)) continue;
    const call = parseIntrinsic(node.value);
    if ('error' in call) continue;
    for (const { name, nameStart } of callsIn(call)) {
      parts.push({ node, from: nameStart, to: nameStart + name.length, type: 'function', modifier: 'defaultLibrary' });
    }
  }
  for (const { at } of variablesOf(state).reads) {
    if (at.kind === 'within' && at.node.kind === 'string') {
      parts.push({ node: at.node, from: at.from, to: at.to, type: 'variable' });
    }
  }
  return parts;
}

function placed({ node, from, to, type, modifier }: Part): SemanticToken {
  return token(node, from, to, type, modifier);
}

function token(
  node: StringNode,
  ...[from, to, type, modifier]: [number, number, SemanticToken['type'], SemanticToken['modifier']]
): SemanticToken {
  return { ...offsetsOf(within(node, from, to)), type, ...(modifier && { modifier }) };
}
