import { workspace } from 'vscode';
import { UserError } from '../../core/base/userError.ts';
import { connectionLabel } from '../../core/connections/connection.ts';
import { TOOLS } from '../../core/deploy/tools/tool.ts';
import type { App } from '../app.ts';
import { appliedRecordOf } from '../deploy/appliedRecord.ts';
import { askRole } from '../deploy/askRole.ts';
import { carryOut } from '../deploy/carryOut.ts';
import { deployTarget, type DeployTarget } from '../deploy/deployTarget.ts';
import { deployWithTool, type ToolParts } from '../deploy/deployWithTool.ts';
import { hostTarget } from '../deploy/hostTarget.ts';
import { jobSources } from '../deploy/jobSources.ts';
import { describeOwner, ownerOfName, type WorkspaceOwner } from '../deploy/ownership.ts';
import { planJob } from '../deploy/planJob.ts';
import { planMachine } from '../deploy/planMachine.ts';
import { saveEdited } from '../deploy/saveEdited.ts';
import { confirm, showInformation } from '../prompts/notify.ts';
import { withProgress } from '../prompts/progress.ts';
import { activeConnection } from '../starts/machineTarget.ts';

type Parts = ToolParts & Pick<App, 'files' | 'localFolder' | 'hosts' | 'jobIndex' | 'log' | 'planDocuments'>;

/**
 * Brings a job with its script, or a state machine, in the active connection to what the workspace holds. What a tool of
 * the workspace owns is deployed by that.
 */
export async function deploy(app: Parts, target?: unknown): Promise<void> {
  if (!workspace.isTrusted) {
    const message = 'This folder is in Restricted Mode, so nothing of it is deployed.';
    throw new UserError('untrusted-workspace', message, 'Trust it to go on.');
  }
  const connection = activeConnection(app.connections);
  const hosted = await hostTarget(app, target);
  // Local takes definitions as they are, whoever deploys them elsewhere.
  if (hosted && !(connection.kind === 'local' && hosted.isDefinition)) {
    await saveEdited();
    await deployWithTool(app, hosted, false);
    return;
  }
  const found = await deployTarget(app, target);
  const name = found.kind === 'job' ? found.job.config.name : found.file.name;
  const owner = connection.kind === 'local' ? undefined : await ownerOfName(app, found.kind, name);
  await deployItself(app, found, owner);
  if (!owner) return;
  const button = `Deploy with ${TOOLS[owner.project.tool].name.replace(/^the /, '')}`;
  const question = `${name} is described in ${describeOwner(owner)}.`;
  if ((await showInformation(question, [button])) !== button) return;
  await saveEdited();
  await deployWithTool(app, owner, false);
}

async function deployItself(app: Parts, found: DeployTarget, owner: WorkspaceOwner | undefined): Promise<void> {
  const connection = activeConnection(app.connections);
  const name = found.kind === 'job' ? found.job.config.name : found.file.name;
  const ownedBy = owner && describeOwner(owner);
  const title = `Comparing ${name} with ${connectionLabel(connection)}`;
  const plan = await withProgress(title, async (signal, report) => {
    const account = await app.connections.account(connection, signal);
    if (found.kind === 'machine') {
      return await planMachine(app, account, { file: found.file, report, askRole, ownedBy }, signal);
    }
    const record = await appliedRecordOf(app, account, `job/${name}`, signal);
    const job = { config: found.job.config, sources: await jobSources(found.job), ownedBy };
    return await planJob({ record, log: app.log, confirm }, account, job, signal);
  });
  await carryOut(app, plan);
}
