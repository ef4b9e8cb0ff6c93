import { workspace } from 'vscode';
import { UserError } from '../../core/base/userError.ts';
import { deployWithTool, type ToolParts } from '../deploy/deployWithTool.ts';
import { hostTarget } from '../deploy/hostTarget.ts';
import { saveEdited } from '../deploy/saveEdited.ts';
import type { App } from '../app.ts';

/** Lets the tool that owns a template, program or Terraform file show what it would change. */
export async function previewDeployment(app: ToolParts & Pick<App, 'hosts'>, target?: unknown): Promise<void> {
  if (!workspace.isTrusted) {
    const message = 'This folder is in Restricted Mode, so none of its programs is run.';
    throw new UserError('untrusted-workspace', message, 'Trust it to go on.');
  }
  const owner = await hostTarget(app, target);
  if (!owner) {
    throw new UserError(
      'not-found',
      'No tool deploys this file.',
      'Open a CloudFormation or SAM template, a Terraform file, or a program of the CDK or Pulumi with a Glue job or a state machine in it.',
    );
  }
  await saveEdited();
  await deployWithTool(app, owner, true);
}
