import type { App } from '../app.ts';

/** Reads anew what is under a row of the Pipelines view. */
export function refreshRow({ pipelines }: Pick<App, 'pipelines'>, target?: unknown): void {
  const node = pipelines.find(target);
  if (node) pipelines.refresh(node);
}
