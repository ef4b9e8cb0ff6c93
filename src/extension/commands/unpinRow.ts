import type { App } from '../app.ts';
import { setPinned } from '../pipelines/pins.ts';

/** Puts a pinned row back to its place by name. */
export async function unpinRow(app: Pick<App, 'pipelines' | 'state'>, target?: unknown): Promise<void> {
  await setPinned(app, target, false);
}
