import type { App } from '../app.ts';

/** Reads anew what is under a row of the Pipelines view, and how the workspace differs from what is deployed. */
export function refreshRow({ pipelines, drifts }: Pick<App, 'drifts' | 'pipelines'>, target?: unknown): void {
  const node = pipelines.find(target);
  if (!node) return;
  drifts.forget();
  pipelines.refresh(node);
}
