import type { App } from '../app.ts';
import { startLocalRun } from '../localRuns/startLocalRun.ts';

/** The same after a look at the arguments, which are kept for the next time. */
export async function runScriptLocallyWith(app: App, target?: unknown): Promise<void> {
  await startLocalRun(app, target, { asks: true });
}
