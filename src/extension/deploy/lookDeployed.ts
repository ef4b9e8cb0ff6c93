import type { Account } from '../../aws/account.ts';
import type { JsonFiles } from '../../core/base/jsonFiles.ts';
import { UserError } from '../../core/base/userError.ts';
import type { SeenJob } from '../../core/deploy/drift.ts';
import { accountKey, AppliedRecord } from './appliedRecord.ts';
import type { LocalJob, LocalMachine } from './compareLocal.ts';

/** What is deployed under a name. */
export type Seen =
  | { readonly kind: 'job'; readonly job: SeenJob }
  /** Undefined where there is no such state machine. */
  | { readonly kind: 'machine'; readonly definition: string | undefined };

interface Look {
  readonly local: LocalJob | LocalMachine;
  readonly files: JsonFiles;
}

/** Asks an account for what it has under the name of something in the workspace. Rejects with UserError. */
export async function lookDeployed(account: Account, { local, files }: Look, signal: AbortSignal): Promise<Seen> {
  return local.kind === 'job'
    ? { kind: 'job', job: await lookAtJob(account, { local, files }, signal) }
    : { kind: 'machine', definition: await lookAtMachine(account, local.name, signal) };
}

async function lookAtJob(
  account: Account,
  { local, files }: { readonly local: LocalJob; readonly files: JsonFiles },
  signal: AbortSignal,
): Promise<SeenJob> {
  const { name, scriptLocation, script } = local;
  const record = new AppliedRecord(files, `${await accountKey(account, signal)}/job/${name}`);
  const isObject = script !== undefined && /^s3:\/\/[^/$]+\/[^$]+$/.test(scriptLocation ?? '');
  const [reply, { input: last }, facts] = await Promise.all([
    local.reply ?? account.glue.findJob(name, signal),
    record.read(),
    // What may not be read says nothing about the job.
    isObject ? account.s3.headObject(scriptLocation ?? '', signal).catch(() => undefined) : undefined,
  ]);
  const sha256 = facts?.sha256;
  return { reply, last, ...(sha256 === undefined ? {} : { scriptSha256: sha256 }) };
}

async function lookAtMachine(account: Account, name: string, signal: AbortSignal): Promise<string | undefined> {
  const { accountId, arn } = await account.identity(signal);
  const partition = arn.split(':')[1] ?? 'aws';
  const machine = `arn:${partition}:states:${account.connection.region}:${accountId}:stateMachine:${name}`;
  try {
    return (await account.stepFunctions.describeStateMachine(machine, signal)).definition;
  } catch (error) {
    if (error instanceof UserError && error.code === 'not-found') return undefined;
    throw error;
  }
}
