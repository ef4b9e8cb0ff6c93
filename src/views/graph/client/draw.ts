import type { GraphState, StateMark } from '../protocol.ts';
import {
  innerTitleHeight,
  nameSize,
  subtitle,
  type PlacedEdge,
  type PlacedScope,
  type PlacedState,
  type Point,
} from './layout.ts';
import { svg } from './svg.ts';

export interface Drawing {
  readonly root: SVGGElement;
  /** The group of each state, by id. */
  readonly states: ReadonlyMap<string, DrawnState>;
}

export interface DrawnState {
  readonly group: SVGGElement;
  readonly state: Omit<GraphState, 'scopes'>;
  /** Middle of the state in the picture. */
  readonly middle: Point;
}

const glyphs: Readonly<Record<StateMark['state'], string>> = {
  waiting: '◷',
  running: '◉',
  succeeded: '✓',
  failed: '✗',
  timedOut: '✗',
  stopped: '⊘',
  caught: '⚠',
};

/** Draws a placed machine. Marks and highlights are put on afterwards, by class. */
export function draw(scope: PlacedScope): Drawing {
  const states = new Map<string, DrawnState>();
  return { root: drawScope(scope, { x: 0, y: 0 }, states), states };
}

/** Shows what a run did in a state; undefined takes it away. */
export function mark({ group, state }: DrawnState, value: StateMark | undefined): void {
  group.setAttribute('data-run', value?.state ?? '');
  const label = group.querySelector(':scope > .mark');
  if (label) label.textContent = value ? `${glyphs[value.state]} ${value.text}`.trim() : problemMark(state);
}

/** What is wrong, as far as there is room below the box; all of it is in the tooltip. */
function problemMark({ problem = '' }: Pick<GraphState, 'problem'>): string {
  return problem === '' ? '' : `⚠ ${fit(problem, 220, 11)}`;
}

function drawScope(scope: PlacedScope, at: Point, states: Map<string, DrawnState>): SVGGElement {
  const group = svg('g', { transform: `translate(${scope.x},${scope.y})` });
  const origin = { x: at.x + scope.x, y: at.y + scope.y };
  if (scope.title !== '') {
    group.append(svg('rect', { class: 'scope', width: scope.width, height: scope.height, rx: 6 }));
    group.append(svg('text', { class: 'scope-title', x: 8, y: 15 }, [scope.title]));
  }
  const offset = scope.title === '' ? 0 : innerTitleHeight;
  const inner = svg('g', { transform: `translate(0,${offset})` });
  for (const edge of scope.edges) inner.append(drawEdge(edge));
  if (scope.start) inner.append(svg('circle', { class: 'start', cx: scope.start.x, cy: scope.start.y, r: 7 }));
  for (const state of scope.states) inner.append(drawState(state, { x: origin.x, y: origin.y + offset }, states));
  group.append(inner);
  return group;
}

function drawState(placed: PlacedState, at: Point, states: Map<string, DrawnState>): SVGGElement {
  const { state, x, y, width, height, scopes } = placed;
  const description = [
    state.name,
    state.type ?? 'no type',
    state.detail,
    state.isEnd ? 'ends here' : '',
    state.problem ?? '',
  ].filter(Boolean);
  const group = svg('g', {
    class: `state type-${(state.type ?? 'unknown').toLowerCase()}${state.problem ? ' has-problem' : ''}`,
    transform: `translate(${x},${y})`,
    tabindex: -1,
    role: 'button',
    'aria-label': description.join(', '),
    'data-id': state.id,
  });
  group.append(
    svg('rect', { class: 'box', width, height, rx: state.type === 'Choice' ? 18 : 6 }),
    svg('rect', { class: 'stripe', width: 4, height: height - 16, x: 0, y: 8, rx: 2 }),
    svg('text', { class: 'name', x: 14, y: 20 }, [fit(state.name, width - (state.isEnd ? 36 : 22), nameSize)]),
    svg('text', { class: 'detail', x: 14, y: 36 }, [fit(subtitle(state), width - 30, 11)]),
    svg('text', { class: 'mark', x: width - 8, y: height > 60 ? 36 : height + 13, 'text-anchor': 'end' }),
    svg('title', {}, [description.join(' · ')]),
  );
  if (state.isEnd) group.append(svg('circle', { class: 'end', cx: width - 14, cy: 15, r: 4 }));
  for (const scope of scopes) group.append(drawScope(scope, { x: at.x + x, y: at.y + y }, states));
  states.set(state.id, { group, state, middle: { x: at.x + x + width / 2, y: at.y + y + Math.min(height, 60) / 2 } });
  return group;
}

function drawEdge({ edge, points, labelAt }: PlacedEdge): SVGGElement {
  const group = svg('g', { class: `edge edge-${edge.kind}` }, [
    svg('path', { d: smooth(points), 'marker-end': `url(#arrow-${edge.kind === 'catch' ? 'catch' : 'plain'})` }),
  ]);
  if (labelAt) group.append(svg('text', { x: labelAt.x, y: labelAt.y + 4, 'text-anchor': 'middle' }, [edge.label]));
  return group;
}

/** A line through the points with its corners rounded. */
function smooth(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (!first) return '';
  let path = `M${round(first.x)},${round(first.y)}`;
  rest.forEach((point, index) => {
    const next = rest[index + 1];
    if (!next) {
      path += ` L${round(point.x)},${round(point.y)}`;
      return;
    }
    const middle = { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 };
    path += ` Q${round(point.x)},${round(point.y)} ${round(middle.x)},${round(middle.y)}`;
  });
  return path;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function fit(text: string, width: number, fontSize: number): string {
  const room = Math.floor(width / (fontSize * 0.54));
  return text.length > room ? `${text.slice(0, Math.max(1, room - 1))}…` : text;
}
