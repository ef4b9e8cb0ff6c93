import type { Account } from '../../aws/account.ts';
import { UserError } from '../../core/base/userError.ts';
import { connectionLabel } from '../../core/connections/connection.ts';
import { toJobInput } from '../../core/deploy/jobInput.ts';
import { toTriggerInput, toWorkflowInput } from '../../core/deploy/pull/glueInputs.ts';
import type { PulledFile, PulledResource } from '../../core/deploy/pull/pulled.ts';
import { glueTags, machineTags } from './readTags.ts';

type Of<K extends PulledResource['kind']> = Extract<PulledResource, { readonly kind: K }>;

/** A job as CreateJob takes it, and its script where S3 has it. Rejects with UserError. */
export async function readJob(
  account: Account,
  name: string,
  signal: AbortSignal,
): Promise<{ readonly resource: Of<'job'>; readonly script: PulledFile | undefined }> {
  const reply = await account.glue.findJob(name, signal);
  if (!reply) throw gone(account, `job ${name}`);
  const untagged = toJobInput(reply);
  const input = { ...untagged, ...(await glueTags(account, 'job', name, signal)) };
  const { ScriptLocation: location } = (untagged['Command'] ?? {}) as { readonly ScriptLocation?: unknown };
  const isObject = typeof location === 'string' && location.startsWith('s3:');
  const file = isObject
    ? { name: location.split('/').at(-1) ?? '', text: await account.s3.getText(location, signal) }
    : undefined;
  return { resource: { kind: 'job', input }, script: file };
}

/** A workflow with its triggers. Rejects with UserError. */
export async function readWorkflow(account: Account, name: string, signal: AbortSignal): Promise<Of<'workflow'>> {
  const found = await account.glue.findWorkflow(name, signal);
  if (!found) throw gone(account, `workflow ${name}`);
  const untagged = found.triggers.map(toTriggerInput).toSorted((a, b) => (a.Name < b.Name ? -1 : 1));
  const triggers = await Promise.all(
    untagged.map(async (trigger) => ({ ...trigger, ...(await glueTags(account, 'trigger', trigger.Name, signal)) })),
  );
  const input = { ...toWorkflowInput(found.workflow), ...(await glueTags(account, 'workflow', name, signal)) };
  return { kind: 'workflow', input, triggers };
}

/** A state machine with its settings. Rejects with UserError. */
export async function readMachine(account: Account, arn: string, signal: AbortSignal): Promise<Of<'machine'>> {
  const machine = await account.stepFunctions.describeStateMachine(arn, signal);
  const { name, definition, roleArn, type, settings } = machine;
  const tags = await machineTags(account, arn, signal);
  return {
    ...{ kind: 'machine', name, definition, roleArn, type },
    ...(settings ? { settings } : {}),
    ...(tags ? { tags } : {}),
  };
}

function gone({ connection }: Account, what: string): UserError {
  return new UserError('not-found', `${connectionLabel(connection)} has no ${what} any more.`, 'Refresh the view.');
}
