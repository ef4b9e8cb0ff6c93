import type { Node } from '../language/tree.ts';
import type { Machine, Scope, State, StateType } from './model.ts';

export type EdgeKind = 'next' | 'choice' | 'default' | 'catch';

/** A state as a picture shows it. Offsets count in the host document. */
export interface GraphState {
  /** Unique in the graph; the state's name where no other state has it. */
  readonly id: string;
  readonly name: string;
  readonly type: StateType | undefined;
  /** What a Task runs (`glue:startJobRun.sync`), how long a Wait waits; empty where the type says it all. */
  readonly detail: string;
  readonly isEnd: boolean;
  readonly hasRetry: boolean;
  readonly start: number;
  readonly end: number;
  /** Inner scopes, each drawn on its own inside the state. */
  readonly scopes: readonly GraphScope[];
}

export interface GraphEdge {
  /** Id of a state of the same scope. */
  readonly from: string;
  readonly to: string;
  readonly kind: EdgeKind;
  /** Which rule or which errors, where several edges leave a state. */
  readonly label: string;
}

/** States that see each other. No transition leaves its scope, so each scope is laid out by itself. */
export interface GraphScope {
  /** `Branch 1`, `for each item`; empty for the machine. */
  readonly title: string;
  readonly startAt: string | undefined;
  readonly states: readonly GraphState[];
  readonly edges: readonly GraphEdge[];
}

/** The picture of a machine. Transitions to states that do not exist are left out. */
export function graphOf(machine: Machine): GraphScope {
  return scopeGraph(machine.root, '', new Ids());
}

/** Two states may have one name while somebody types: the second gets another id. */
class Ids {
  readonly #taken = new Set<string>();
  readonly #byState = new Map<State, string>();

  of(state: State): string {
    const known = this.#byState.get(state);
    if (known !== undefined) return known;
    let id = state.name;
    for (let copy = 2; this.#taken.has(id); copy++) id = `${state.name} (${copy})`;
    this.#taken.add(id);
    this.#byState.set(state, id);
    return id;
  }
}

function scopeGraph(scope: Scope, title: string, ids: Ids): GraphScope {
  const start = scope.startAt?.target === undefined ? undefined : scope.find(scope.startAt.target);
  return {
    title,
    startAt: start && ids.of(start),
    states: scope.states.map((state) => stateGraph(state, ids)),
    edges: scope.states.flatMap((state) => edgesOf(state, scope, ids)),
  };
}

function stateGraph(state: State, ids: Ids): GraphState {
  const { name, type, key, node } = state;
  const id = ids.of(state);
  const retry = node.get('Retry');
  return {
    id,
    name,
    type,
    detail: detailOf(state),
    isEnd: state.isTerminal,
    hasRetry: retry?.kind === 'array' && retry.items.length > 0,
    start: key.start,
    end: Math.max(key.end, node.end),
    scopes: state.scopes.map((scope, index) =>
      scopeGraph(scope, type === 'Parallel' ? `Branch ${index + 1}` : 'For each item', ids),
    ),
  };
}

function edgesOf(state: State, scope: Scope, ids: Ids): GraphEdge[] {
  const edges: GraphEdge[] = [];
  let rule = 0;
  for (const { kind, node, target } of state.transitions) {
    if (kind === 'Choice') rule++;
    const to = target === undefined ? undefined : scope.find(target);
    if (!to) continue;
    const edge = { from: ids.of(state), to: ids.of(to) };
    if (kind === 'Choice') edges.push({ ...edge, kind: 'choice', label: `rule ${rule}` });
    else if (kind === 'Default') edges.push({ ...edge, kind: 'default', label: 'default' });
    else if (kind === 'Catch') edges.push({ ...edge, kind: 'catch', label: errorsOf(node) });
    else edges.push({ ...edge, kind: 'next', label: '' });
  }
  return edges;
}

/** Errors of the catcher whose `Next` this is. */
function errorsOf({ parent }: Node): string {
  const list = parent?.kind === 'object' ? parent.get('ErrorEquals') : undefined;
  if (list?.kind !== 'array') return '';
  const names = list.items.flatMap((item) => (item.kind === 'string' ? [item.value] : []));
  return names.length > 1 ? `${names[0] ?? ''} +${names.length - 1}` : (names[0] ?? '');
}

function detailOf({ type, node }: State): string {
  if (type === 'Task') {
    const resource = node.get('Resource');
    if (resource?.kind !== 'string') return '';
    return (
      /:states:::(?:aws-sdk:)?(.+)$/.exec(resource.value)?.[1] ??
      resource.value.slice(resource.value.lastIndexOf(':') + 1)
    );
  }
  if (type === 'Wait') {
    const seconds = node.get('Seconds');
    if (seconds?.kind === 'number') return `${seconds.value} s`;
    const until = node.get('Timestamp');
    return until?.kind === 'string' ? until.value : '';
  }
  if (type === 'Fail') {
    const error = node.get('Error');
    return error?.kind === 'string' ? error.value : '';
  }
  return '';
}
