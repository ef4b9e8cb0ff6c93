import type { App } from '../app.ts';
import { targetRun } from '../runs/runTarget.ts';

/** Asks about a run now, instead of when the next try is due. */
export function retryRun({ runs }: Pick<App, 'runs'>, target?: unknown): void {
  runs.hurry(targetRun(target));
}
