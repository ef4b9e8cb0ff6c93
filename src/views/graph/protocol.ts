import type { GraphScope } from '../../core/asl/graph.ts';
import type { RunState } from '../../core/runs/model.ts';

export type { GraphEdge, GraphScope, GraphState } from '../../core/asl/graph.ts';

/** What a run did in a state, as the picture shows it. */
export interface StateMark {
  readonly state: RunState | 'caught';
  /** Short: a duration, an attempt, "3 of 5". */
  readonly text: string;
}

export type ToGraph =
  | {
      readonly kind: 'graph';
      readonly graph: GraphScope;
      /** Whether the text has an error by now, so that this is the last picture that could be drawn. */
      readonly isStale: boolean;
    }
  | { readonly kind: 'empty'; readonly message: string }
  /** The state that the editor's cursor is in. */
  | { readonly kind: 'cursor'; readonly id: string | undefined }
  /** Marks by state name; states of a name that is missing have none. */
  | { readonly kind: 'run'; readonly marks: Readonly<Record<string, StateMark>> }
  | { readonly kind: 'export'; readonly format: 'svg' | 'png' }
  | { readonly kind: 'find' }
  | { readonly kind: 'fit' };

export type FromGraph =
  | { readonly kind: 'ready' }
  /** A state was chosen: show it in the editor. */
  | { readonly kind: 'reveal'; readonly start: number; readonly end: number }
  | { readonly kind: 'exported'; readonly format: 'svg' | 'png'; readonly base64: string }
  | { readonly kind: 'failed'; readonly message: string };

/** A message of the page, checked; undefined where it is none. */
export function parseFromGraph(value: unknown): FromGraph | undefined {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return undefined;
  const message = value as Readonly<Record<string, unknown>>;
  switch (message['kind']) {
    case 'ready':
      return { kind: 'ready' };
    case 'reveal': {
      const { start, end } = message;
      return isOffset(start) && isOffset(end) ? { kind: 'reveal', start, end } : undefined;
    }
    case 'exported': {
      const { format, base64 } = message;
      const isKnown = format === 'svg' || format === 'png';
      return isKnown && typeof base64 === 'string' ? { kind: 'exported', format, base64 } : undefined;
    }
    case 'failed': {
      const { message: text } = message;
      return typeof text === 'string' ? { kind: 'failed', message: text } : undefined;
    }
    default:
      return undefined;
  }
}

function isOffset(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}
