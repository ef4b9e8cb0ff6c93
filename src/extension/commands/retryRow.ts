import type { App } from '../app.ts';

/** Tries again what a failed row of the Pipelines view stands for. */
export function retryRow({ pipelines }: Pick<App, 'pipelines'>, target?: unknown): void {
  const node = pipelines.find(target);
  if (node?.kind === 'error') pipelines.refresh(node.parent);
}
