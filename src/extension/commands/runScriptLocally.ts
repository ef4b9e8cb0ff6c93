import type { App } from '../app.ts';
import { startLocalRun } from '../localRuns/startLocalRun.ts';

/** Runs the open script, or that of an explorer row, on this machine as its Glue job would. */
export async function runScriptLocally(app: App, target?: unknown): Promise<void> {
  await startLocalRun(app, target);
}
