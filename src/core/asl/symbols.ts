import type { Machine, Scope, State, StateType } from './model.ts';

/** What an outline shows: a state, or a branch of a Parallel. Offsets count in the host document. */
export interface AslSymbol {
  readonly name: string;
  /** `Task · startJobRun.sync`, `Choice`, `starts at Clean`. */
  readonly detail: string;
  readonly kind: StateType | 'Branch' | 'Unknown';
  readonly start: number;
  readonly end: number;
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly children: readonly AslSymbol[];
}

/** The states of a machine in the order of the text, inner scopes below the state they belong to. */
export function symbolsOf(machine: Machine): readonly AslSymbol[] {
  return machine.root.states.map(stateSymbol);
}

function stateSymbol(state: State): AslSymbol {
  const isParallel = state.type === 'Parallel';
  return {
    name: state.name,
    detail: detailOf(state),
    kind: state.type ?? 'Unknown',
    start: state.key.start,
    end: Math.max(state.key.end, state.node.end),
    nameStart: state.key.start,
    nameEnd: state.key.end,
    children: isParallel
      ? state.scopes.map((scope, index) => branchSymbol(scope, index))
      : state.scopes.flatMap(({ states }) => states.map(stateSymbol)),
  };
}

function branchSymbol({ node, startAt, states }: Scope, index: number): AslSymbol {
  return {
    name: `Branch ${index + 1}`,
    detail: startAt?.target === undefined ? '' : `starts at ${startAt.target}`,
    kind: 'Branch',
    start: node.start,
    end: node.end,
    nameStart: node.start,
    nameEnd: Math.min(node.start + 1, node.end),
    children: states.map(stateSymbol),
  };
}

function detailOf({ type, node }: State): string {
  if (type === undefined) return '';
  const resource = node.get('Resource');
  if (type !== 'Task' || resource?.kind !== 'string') return type;
  const action = /:states:::(?:aws-sdk:)?(.+)$/.exec(resource.value)?.[1] ?? lastPart(resource.value);
  return `${type} · ${action}`;
}

function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf(':') + 1);
}
