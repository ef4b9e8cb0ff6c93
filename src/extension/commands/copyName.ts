import { env } from 'vscode';
import { itemName } from '../../views/pipelines/node.ts';
import type { App } from '../app.ts';

/** Copies the name of what a row of the Pipelines view stands for; of a run, its name or id. */
export async function copyName({ pipelines }: Pick<App, 'pipelines'>, target?: unknown): Promise<void> {
  const node = pipelines.find(target);
  if (node?.kind === 'item') await env.clipboard.writeText(itemName(node.item));
  else if (node?.kind === 'run') await env.clipboard.writeText(node.run.name);
  else if (node?.kind === 'trigger') await env.clipboard.writeText(node.trigger.name);
}
