import { runKeyText, type RunKey } from '../../../core/runs/model.ts';
import { parseKeyText } from '../../../core/runs/records.ts';

/** Scheme of run documents and id of their language. */
export const runScheme = 'sluice-run';

/** The parts of an address that a run's document has: what tab and breadcrumbs show, and which run it is. */
export interface RunAddress {
  readonly path: string;
  readonly query: string;
}

/** The address of a run's document. The query is not encoded. */
export function runAddress(key: RunKey, title: string): RunAddress {
  const name = title.replace(/[\\/:*?"<>|\u0000-\u001f]+/g, '-').trim() || 'run';
  return { path: `/${name}.${runScheme}`, query: runKeyText(key) };
}

/** The run that an address names, or undefined for one that was made by somebody else. */
export function parseRunAddress({ path, query }: RunAddress): RunKey | undefined {
  return path.endsWith(`.${runScheme}`) ? parseKeyText(query) : undefined;
}
