import type { App } from '../app.ts';

/** Reads the whole Pipelines view anew. */
export function refreshPipelines({ pipelines }: Pick<App, 'pipelines'>): void {
  pipelines.refresh();
}
