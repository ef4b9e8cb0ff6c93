import { runKeyText, type RunKey } from '../../../core/runs/model.ts';
import { parseKeyText } from '../../../core/runs/records.ts';

/** Scheme of run documents and id of their language. */
export const runScheme = 'sluice-run';

/** The parts of the address of a run's document: the key in one segment, then what the tab shows. */
export function runDocumentPath(key: RunKey, title: string): string {
  const name = title.replace(/[\\/:*?"<>|\u0000-\u001f]+/g, '-').trim() || 'run';
  return `/${encodeURIComponent(runKeyText(key))}/${name}.${runScheme}`;
}

/** The run that an address names, or undefined for one that was made by somebody else. */
export function parseRunDocumentPath(path: string): RunKey | undefined {
  const [, segment] = path.split('/');
  if (segment === undefined) return undefined;
  try {
    return parseKeyText(decodeURIComponent(segment));
  } catch {
    return undefined;
  }
}
