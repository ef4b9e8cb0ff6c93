import type { Account } from '../../aws/account.ts';
import { UserError } from '../../core/base/userError.ts';
import { connectionLabel } from '../../core/connections/connection.ts';
import { describeChanges } from '../../core/deploy/describeChanges.ts';
import { toJobInput } from '../../core/deploy/jobInput.ts';
import { isEffective, mergeInput } from '../../core/deploy/mergeInput.ts';
import type { GlueConfig } from '../../core/workspace/glueConfigs.ts';
import type { DeployPlan, PlannedCall, PlanPorts } from './deployPlan.ts';
import { planUploads, type UploadSource } from './planUploads.ts';
import { stackOf } from './stackOf.ts';

/** A job as the workspace describes it. */
export interface PlannedJob {
  readonly config: GlueConfig;
  /** What of the workspace belongs to it in S3, its script first. */
  readonly sources: readonly UploadSource[];
  /** What else of the workspace describes it and deploys it, in words: then it is compared, and not updated. */
  readonly ownedBy?: string | undefined;
}

/** Compares a job of the workspace, with its script and modules, with the one that is deployed. */
export async function planJob(
  ports: PlanPorts,
  account: Account,
  job: PlannedJob,
  signal: AbortSignal,
): Promise<DeployPlan> {
  const { config, sources } = job;
  const [uploads, definition] = await Promise.all([
    planUploads(account, sources, ports, signal),
    planDefinition(ports, account, job, signal),
  ]);
  const { name, script } = config;
  const isMissing = script && !sources.some(({ location }) => location === script.location);
  const missing = isMissing ? [`The workspace has no file of ${script.location}: it is not uploaded.`] : [];
  return {
    connection: account.connection,
    name,
    verb: 'Deploy',
    variants: [{ label: 'Deploy', calls: [...uploads.calls, ...definition.calls] }],
    notes: [...definition.notes, ...uploads.notes, ...missing],
  };
}

/** Only what belongs in S3. */
export async function planUploadsOf(
  ports: PlanPorts,
  account: Account,
  { name, sources }: { readonly name: string; readonly sources: readonly UploadSource[] },
  signal: AbortSignal,
): Promise<DeployPlan> {
  const { calls, notes } = await planUploads(account, sources, ports, signal);
  return { verb: 'Upload', connection: account.connection, name, variants: [{ label: 'Upload', calls }], notes };
}

async function planDefinition(
  { log, record }: PlanPorts,
  account: Account,
  { config, ownedBy }: PlannedJob,
  signal: AbortSignal,
): Promise<{ readonly calls: readonly PlannedCall[]; readonly notes: readonly string[] }> {
  const { name, input: local } = config;
  const { glue, connection } = account;
  const reply = await glue.findJob(name, signal);
  const deployed = reply && toJobInput(reply);
  const { input: last } = await record.read();
  const { input, changes } = mergeInput(local, deployed ?? { Name: name }, deployed && last);
  const put = deployed ? input : { ...input, ...tagsOf(local) };
  if (deployed && !changes.some(isEffective)) return { calls: [], notes: [] };
  const differs = deployed ? `It differs: ${describeChanges(changes.filter(isEffective))}.` : 'It is not deployed yet.';
  if (ownedBy !== undefined) return { calls: [], notes: [`The job is described in ${ownedBy}. ${differs}`] };
  const stack = deployed && (await stackOf({ account, kind: 'job', name, log }, signal));
  if (stack !== undefined) {
    const note = `The job belongs to the CloudFormation stack ${stack}, which has to change it. ${differs}`;
    return { calls: [], notes: [note] };
  }
  const call: PlannedCall = {
    label: `${deployed ? 'Update' : 'Create'} job ${name}`,
    action: deployed ? 'glue:UpdateJob' : 'glue:CreateJob',
    detail: deployed ? describeChanges(changes) : `new in ${connectionLabel(connection)}`,
    diff: { name: `${name}.json`, before: deployed ? jsonText(deployed) : '', after: jsonText(toJobInput(put)) },
    run: async (taskSignal) => {
      const now = await glue.findJob(name, taskSignal);
      if (jsonText(now && toJobInput(now)) !== jsonText(deployed)) {
        throw new UserError(
          'conflict',
          `The job ${name} was changed by somebody else since it was compared.`,
          'Deploy again to see what differs now.',
        );
      }
      const change = await glue.putJob(put, taskSignal);
      await record.add({ input: local });
      return `job ${change}`;
    },
  };
  return { calls: [call], notes: [] };
}

function tagsOf({ Tags }: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Tags === undefined ? {} : { Tags };
}

function jsonText(value: unknown): string {
  return value === undefined ? '' : `${JSON.stringify(value, undefined, 2)}\n`;
}
