import { runKeyText, type RunKey } from '../../../core/runs/model.ts';
import { parseKeyText } from '../../../core/runs/records.ts';

/** Scheme of run documents and id of their language. */
export const runScheme = 'sluice-run';

/** The parts of an address that a run's document has: what tab and breadcrumbs show, and which run it is. */
export interface RunAddress {
  readonly path: string;
  readonly query: string;
}

/** The address of a run's document, or of a further part of it. The query is not encoded. */
export function runAddress(key: RunKey, title: string, part = 1): RunAddress {
  const name = title.replace(/[\\/:*?"<>|\u0000-\u001f]+/g, '-').trim() || 'run';
  const isFirst = part === 1;
  return {
    path: `/${name}${isFirst ? '' : ` part ${part}`}.${runScheme}`,
    query: isFirst ? runKeyText(key) : `${runKeyText(key)}/${part}`,
  };
}

/** The run that an address names and which part of it, or undefined for one that was made by somebody else. */
export function parseRunAddress({
  path,
  query,
}: RunAddress): { readonly key: RunKey; readonly part: number } | undefined {
  if (!path.endsWith(`.${runScheme}`)) return undefined;
  const further = /^(.+\/.+\/.+\/.+)\/([1-9]\d{0,5})$/.exec(query);
  const key = parseKeyText(further?.[1] ?? query);
  return key && { key, part: Number(further?.[2] ?? 1) };
}
