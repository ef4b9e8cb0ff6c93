import type { AslDefinition } from './definition.ts';
import type { Machine, Scope, State } from './model.ts';
import { placeholdersInTree } from './rules/hosts/placeholders.ts';

/** A few words behind something in the text. */
export interface Hint {
  /** Offset in the host document, after what the words are about. */
  readonly at: number;
  readonly label: string;
  readonly tooltip: string;
}

interface Catcher {
  readonly owner: State;
  readonly target: string;
}

/**
 * Where the errors of a state go, for states that do not say so themselves: inside a Map or Parallel whose Catch takes
 * every error. States that catch every error themselves, and those outside, need no hint.
 */
export function errorHints({ root }: Machine): Hint[] {
  const found: Hint[] = [];
  const visit = (scope: Scope, around: Catcher | undefined): void => {
    for (const state of scope.states) {
      const own = catcherOf(state);
      if (around !== undefined && own === undefined && mayFail(state)) found.push(hintAt(state, around));
      const inner = own ?? (toleratesFailures(state) ? undefined : around);
      for (const one of state.scopes) visit(one, inner);
    }
  };
  visit(root, undefined);
  return found;
}

function hintAt({ key }: State, { owner, target }: Catcher): Hint {
  const tooltip = `What fails here ends the ${owner.type ?? 'state'} "${owner.name}", whose Catch goes to "${target}".`;
  return { at: key.end, label: `errors → ${target}`, tooltip };
}

function mayFail({ type }: State): boolean {
  return type === 'Task' || type === 'Map' || type === 'Parallel' || type === 'Fail';
}

function toleratesFailures({ node }: State): boolean {
  return node.properties.some(({ key }) => key.value.startsWith('ToleratedFailure'));
}

/** Where the state's own Catch takes every error to. */
function catcherOf(state: State): Catcher | undefined {
  const list = state.node.get('Catch');
  if (list?.kind !== 'array') return undefined;
  for (const item of list.items) {
    const errors = item.kind === 'object' ? item.get('ErrorEquals') : undefined;
    const next = item.kind === 'object' ? item.get('Next') : undefined;
    const takesAll =
      errors?.kind === 'array' && errors.items.some((error) => error.kind === 'string' && error.value === 'States.ALL');
    if (takesAll && next?.kind === 'string') return { owner: state, target: next.value };
  }
  return undefined;
}

/** What the placeholders of a definition stand for, where the template or Terraform file around it says so. */
export function placeholderHints({ tree: { root }, substitutions, text }: AslDefinition): Hint[] {
  if (substitutions === undefined) return [];
  return placeholdersInTree(root).flatMap(({ name, node, to }) => {
    const value = substitutions.get(name);
    if (node === undefined || value === undefined) return [];
    const source = text.slice(value.start, value.end).replaceAll(/\s+/g, ' ').trim();
    const label = source.length > 40 ? `${source.slice(0, 39)}…` : source;
    return [{ at: node.at(to), label: `= ${label}`, tooltip: `${name} = ${source}` }];
  });
}
