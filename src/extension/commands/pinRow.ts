import type { App } from '../app.ts';
import { setPinned } from '../pipelines/pins.ts';

/** Keeps a job, workflow or state machine at the top of its section. */
export async function pinRow(app: Pick<App, 'pipelines' | 'state'>, target?: unknown): Promise<void> {
  await setPinned(app, target, true);
}
