import { env, Uri } from 'vscode';
import { UserError } from '../../core/base/userError.ts';
import { connectionLabel } from '../../core/connections/connection.ts';
import { consoleUrl, type ConsolePage } from '../../core/connections/consoleUrl.ts';
import { itemName, type PipelineNode } from '../../views/pipelines/node.ts';
import type { App } from '../app.ts';

/** Opens the AWS console's page of a job, workflow, state machine or run in the browser. */
export async function openInConsole({ pipelines }: Pick<App, 'pipelines'>, target?: unknown): Promise<void> {
  const node = pipelines.find(target);
  const page = node && pageOf(node);
  if (!page) return;
  const url = consoleUrl(node.connection, page);
  if (url === undefined) {
    throw new UserError('not-supported', `The AWS console has no page for ${connectionLabel(node.connection)}.`);
  }
  await env.openExternal(Uri.parse(url, true));
}

function pageOf(node: PipelineNode): ConsolePage | undefined {
  if (node.kind === 'item') {
    const { item } = node;
    return item.kind === 'machine'
      ? { kind: 'stateMachine', arn: item.machine.arn }
      : { kind: item.kind, name: itemName(item) };
  }
  if (node.kind !== 'run') return undefined;
  const { kind, resource, id } = node.run.key;
  switch (kind) {
    case 'execution':
      return { kind, arn: id };
    case 'jobRun':
      return { kind, name: resource, runId: id };
    case 'workflowRun':
      return { kind: 'workflow', name: resource };
    case 'localRun':
      return undefined;
  }
}
