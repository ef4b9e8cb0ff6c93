import type { App } from '../app.ts';

/** Reads the whole Pipelines view anew, and how the workspace differs from what is deployed. */
export function refreshPipelines({ pipelines, drifts }: Pick<App, 'drifts' | 'pipelines'>): void {
  drifts.forget();
  pipelines.refresh();
}
