import type { App } from '../app.ts';

/** Brings the next rows of the list that a "Load more…" row ends. */
export async function loadMore({ pipelines }: Pick<App, 'pipelines'>, target?: unknown): Promise<void> {
  const node = pipelines.find(target);
  if (node) await pipelines.loadMore(node);
}
