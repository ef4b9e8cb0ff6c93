import type { RunState } from '../../core/runs/model.ts';

/** A state, trigger or job as the picture shows it. Offsets count in the document that it stands in. */
export interface GraphState {
  readonly id: string;
  readonly name: string;
  readonly type: string | undefined;
  readonly detail: string;
  readonly isEnd: boolean;
  readonly hasRetry: boolean;
  readonly start: number;
  readonly end: number;
  /** The document, where it is another than the panel's. */
  readonly uri?: string;
  /** What is wrong with it, in a sentence. */
  readonly problem?: string;
  readonly scopes: readonly GraphScope[];
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: 'next' | 'choice' | 'default' | 'catch';
  readonly label: string;
}

/** What is laid out together: no edge leaves it. */
export interface GraphScope {
  readonly title: string;
  readonly startAt: string | undefined;
  readonly states: readonly GraphState[];
  readonly edges: readonly GraphEdge[];
}

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
  | { readonly kind: 'reveal'; readonly start: number; readonly end: number; readonly uri: string | undefined }
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
      const { start, end, uri } = message;
      if (!isOffset(start) || !isOffset(end) || (uri !== undefined && typeof uri !== 'string')) return undefined;
      return { kind: 'reveal', start, end, uri };
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
