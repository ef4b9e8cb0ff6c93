import { UserError } from '../../core/base/userError.ts';
import type { App } from '../app.ts';
import { pickOne } from '../prompts/pickOne.ts';

/** Saves the graph in front as a picture. */
export async function exportGraph({ graphs }: Pick<App, 'graphs'>): Promise<void> {
  const format = await pickOne('Export Graph', [
    { label: 'SVG', description: 'sharp at every size', value: 'svg' as const },
    { label: 'PNG', description: 'twice the size of the screen', value: 'png' as const },
  ]);
  if (format === undefined) return;
  if (!graphs.sendToActive({ kind: 'export', format })) {
    throw new UserError('bad-input', 'No graph is in front.', 'Show the graph of a definition, then export it.');
  }
}
