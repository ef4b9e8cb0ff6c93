import { env } from 'vscode';
import { UserError } from '../../core/base/userError.ts';
import { itemArn } from '../../views/pipelines/presentTooltip.ts';
import type { App } from '../app.ts';

/** Copies the ARN of a job, workflow, state machine or execution. */
export async function copyArn({ pipelines }: Pick<App, 'pipelines'>, target?: unknown): Promise<void> {
  const node = pipelines.find(target);
  if (node?.kind === 'run') {
    await env.clipboard.writeText(node.run.key.id);
  } else if (node?.kind === 'item') {
    const arn = itemArn(node, pipelines.accountIdOf(node));
    if (arn === undefined) {
      throw new UserError(
        'not-found',
        'The ARN is not known: the account has not said its id yet.',
        'Refresh the connection and try again.',
      );
    }
    await env.clipboard.writeText(arn);
  }
}
