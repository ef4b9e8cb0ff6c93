import type { LogLevel, LogStreamKind, RunEntry } from '../../../core/runs/entry.ts';
import { pathText } from './presentLine.ts';

/** Which entries a run document shows. Everything that is set must hold. */
export interface RunFilter {
  /** A state, with all that runs inside it. */
  readonly state?: string;
  readonly stream?: LogStreamKind;
  /** This level or worse; transitions count as what they tell. */
  readonly level?: LogLevel;
  /** Anywhere in the text, without regard to case. */
  readonly text?: string;
}

export const noFilter: RunFilter = {};
export const errorsOnly: RunFilter = { level: 'error' };

const ranks: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 };

export function matchesFilter(entry: RunEntry, filter: RunFilter): boolean {
  if (filter.state !== undefined && !entry.path.includes(filter.state) && pathText(entry.path) !== filter.state)
    return false;
  if (filter.stream !== undefined && (entry.kind !== 'log' || entry.stream !== filter.stream)) return false;
  if (filter.level !== undefined && rankOf(entry) < ranks[filter.level]) return false;
  return filter.text === undefined || entry.text.toLowerCase().includes(filter.text.toLowerCase());
}

export function isFiltering(filter: RunFilter): boolean {
  return Object.values(filter).some((value) => value !== undefined);
}

/** What a filter shows, for the line that stands above it. */
export function presentFilter(filter: RunFilter): string {
  const parts = [
    filter.state,
    filter.stream,
    filter.level === undefined ? undefined : filter.level === 'error' ? 'errors' : `${filter.level} and worse`,
    filter.text === undefined ? undefined : `“${filter.text}”`,
  ].filter((part) => part !== undefined);
  return `Only ${parts.join(', ')}`;
}

function rankOf(entry: RunEntry): number {
  if (entry.kind === 'log') {
    if (entry.stream === 'insight') return ranks.error;
    return entry.level === undefined ? ranks.info : ranks[entry.level];
  }
  if (entry.mark === 'failed') return ranks.error;
  return entry.mark === 'warning' ? ranks.warn : ranks.info;
}
