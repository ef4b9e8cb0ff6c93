import { env } from 'vscode';
import { policyStatement } from '../../core/connections/policyStatement.ts';
import type { App } from '../app.ts';

/** Copies the IAM statement that would allow what a failed row was denied. */
export async function copyPolicyStatement({ pipelines }: Pick<App, 'pipelines'>, target?: unknown): Promise<void> {
  const node = pipelines.find(target);
  if (node?.kind !== 'error') return;
  const { iamAction, resourceArn } = node.error.details;
  if (iamAction !== undefined) await env.clipboard.writeText(policyStatement(iamAction, resourceArn));
}
