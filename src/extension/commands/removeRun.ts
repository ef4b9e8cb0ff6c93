import type { App } from '../app.ts';
import { targetRun } from '../runs/runTarget.ts';

/** Takes a run off the Runs view. */
export function removeRun({ runs }: Pick<App, 'runs'>, target?: unknown): void {
  const key = targetRun(target);
  if (key) runs.remove(key);
}
