import { Graph, layout } from '@dagrejs/dagre';
import type { GraphEdge, GraphScope, GraphState } from '../protocol.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Left upper corner and size, in pixels at zoom 1, relative to the scope that it is in. */
export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

export interface PlacedState extends Box {
  readonly state: Omit<GraphState, 'scopes'>;
  readonly scopes: readonly PlacedScope[];
}

export interface PlacedEdge {
  readonly edge: GraphEdge;
  readonly points: readonly Point[];
  readonly labelAt: Point | undefined;
}

/** For an inner scope `x` and `y` are relative to the state that holds it. */
export interface PlacedScope extends Box {
  readonly title: string;
  readonly start: Point | undefined;
  readonly states: readonly PlacedState[];
  readonly edges: readonly PlacedEdge[];
}

/** What the layout library reads and writes of the graph, its nodes and its edges. */
interface GraphSize {
  rankdir?: 'TB';
  nodesep?: number;
  ranksep?: number;
  edgesep?: number;
  marginx?: number;
  marginy?: number;
  ranker?: 'longest-path';
  width?: number;
  height?: number;
}
interface NodeSize {
  width: number;
  height: number;
  x?: number;
  y?: number;
}
interface EdgeShape {
  width: number;
  height: number;
  labelpos?: 'c';
  x?: number;
  y?: number;
  points?: readonly Point[];
}
type LayoutGraph = Graph<GraphSize, NodeSize, EdgeShape>;

const START = '\0start';
const startSize = 16;
/** Above this a scope is ranked by the fast method: its picture is long anyway. */
const manyStates = 250;
const title = 22;
const padding = 14;
const heading = 46;

/** Places a machine, inner scopes first: a state is as large as what it holds. */
export function layoutScope(scope: GraphScope): PlacedScope {
  const graph: LayoutGraph = new Graph({ multigraph: true });
  graph.setGraph({
    rankdir: 'TB',
    nodesep: 36,
    ranksep: 44,
    edgesep: 14,
    marginx: padding,
    marginy: padding,
    ...(scope.states.length > manyStates && { ranker: 'longest-path' }),
  });
  const inner = new Map(scope.states.map((state) => [state.id, insideOf(state)]));
  for (const state of scope.states) graph.setNode(state.id, { ...sizeOf(state, inner.get(state.id) ?? []) });
  scope.edges.forEach((edge, index) => {
    const label = edge.label === '' ? { width: 0, height: 0 } : { width: textWidth(edge.label, 11) + 8, height: 16 };
    graph.setEdge(edge.from, edge.to, { ...label, labelpos: 'c' }, String(index));
  });
  if (scope.startAt !== undefined) {
    graph.setNode(START, { width: startSize, height: startSize });
    graph.setEdge(START, scope.startAt, { width: 0, height: 0 }, START);
  }
  layout(graph);
  return read(graph, scope, inner);
}

function read(graph: LayoutGraph, scope: GraphScope, inner: ReadonlyMap<string, readonly PlacedScope[]>): PlacedScope {
  const { width = 0, height = 0 } = graph.graph();
  const states = scope.states.map((state): PlacedState => {
    const box = cornerOf(graph.node(state.id));
    return { ...box, state, scopes: inner.get(state.id) ?? [] };
  });
  const edges = scope.edges.map((edge, index): PlacedEdge => {
    const placed = graph.edge(edge.from, edge.to, String(index));
    const labelAt =
      edge.label !== '' && placed.x !== undefined && placed.y !== undefined ? { x: placed.x, y: placed.y } : undefined;
    return { edge, points: placed.points ?? [], labelAt };
  });
  const start = scope.startAt === undefined ? undefined : graph.node(START);
  if (start && scope.startAt !== undefined) {
    const { points = [] } = graph.edge(START, scope.startAt, START);
    edges.unshift({ edge: { from: START, to: scope.startAt, kind: 'next', label: '' }, points, labelAt: undefined });
  }
  return {
    title: scope.title,
    x: 0,
    y: 0,
    width,
    height,
    start: start && { x: start.x ?? 0, y: start.y ?? 0 },
    states,
    edges,
  };
}

/** The inner scopes of a state, side by side below its heading. */
function insideOf({ scopes }: GraphState): readonly PlacedScope[] {
  let x = padding;
  return scopes.map((scope) => {
    const placed = layoutScope(scope);
    const width = Math.max(placed.width, textWidth(scope.title, 11) + 2 * padding);
    const here = { ...placed, x, y: heading, width, height: placed.height + title };
    x += width + padding;
    return here;
  });
}

/** The line below a state's name. */
export function subtitle({ type, detail, hasRetry }: Pick<GraphState, 'type' | 'detail' | 'hasRetry'>): string {
  return [detail || (type ?? ''), hasRetry ? '↻ retry' : ''].filter(Boolean).join('  ');
}

/** Names are written in 13 pixels, in bold letters, which are wider. */
export const nameSize = 14.6;

function sizeOf(state: GraphState, scopes: readonly PlacedScope[]): { width: number; height: number } {
  const own = Math.min(280, Math.max(110, textWidth(state.name, nameSize) + 44, textWidth(subtitle(state), 11) + 40));
  const last = scopes.at(-1);
  if (!last) return { width: own, height: heading };
  return {
    width: Math.max(own, last.x + last.width + padding),
    height: heading + Math.max(...scopes.map(({ height }) => height)) + padding,
  };
}

function cornerOf({ x = 0, y = 0, width = 0, height = 0 }: Partial<Box>): Box {
  return { x: x - width / 2, y: y - height / 2, width, height };
}

/** About how wide a text is: the page has no ruler in a worker. */
export function textWidth(text: string, fontSize: number): number {
  return Math.ceil(text.length * fontSize * 0.56);
}

export const innerTitleHeight = title;
