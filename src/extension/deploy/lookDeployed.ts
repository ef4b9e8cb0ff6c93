import type { Account } from '../../aws/account.ts';
import type { ObjectFacts } from '../../aws/s3/api.ts';
import { UserError } from '../../core/base/userError.ts';
import type { SeenJob, SeenScript } from '../../core/deploy/drift.ts';
import { appliedRecordOf, type RecordPlaces } from './appliedRecord.ts';
import type { LocalJob, LocalMachine } from './compareLocal.ts';

/** What is deployed under a name. */
export type Seen =
  | { readonly kind: 'job'; readonly job: SeenJob }
  /** Undefined where there is no such state machine. */
  | { readonly kind: 'machine'; readonly definition: string | undefined };

interface Look {
  readonly local: LocalJob | LocalMachine;
  readonly places: RecordPlaces;
}

/** Asks an account for what it has under the name of something in the workspace. Rejects with UserError. */
export async function lookDeployed(account: Account, { local, places }: Look, signal: AbortSignal): Promise<Seen> {
  return local.kind === 'job'
    ? { kind: 'job', job: await lookAtJob(account, { local, places }, signal) }
    : { kind: 'machine', definition: await lookAtMachine(account, local.name, signal) };
}

/** The ETag of an object that was sent at once, and that no key of KMS encrypts, is its MD5. */
function toSeenScript(facts: ObjectFacts | undefined): SeenScript | null {
  if (!facts) return null;
  const { bytes, sha256, eTag, encryption } = facts;
  const md5 = encryption ? undefined : /^"?([0-9a-f]{32})"?$/.exec(eTag)?.[1];
  return { bytes, ...(sha256 === undefined ? {} : { sha256 }), ...(md5 === undefined ? {} : { md5 }) };
}

async function lookAtJob(
  account: Account,
  { local, places }: { readonly local: LocalJob; readonly places: RecordPlaces },
  signal: AbortSignal,
): Promise<SeenJob> {
  const { name, scriptLocation, script } = local;
  const record = await appliedRecordOf(places, account, `job/${name}`, signal);
  const isObject = script !== undefined && /^s3:\/\/[^/$]+\/[^$]+$/.test(scriptLocation ?? '');
  const [reply, { input: last }, seen] = await Promise.all([
    local.reply ?? account.glue.findJob(name, signal),
    record.read(),
    // What may not be read says nothing about the job.
    isObject ? account.s3.headObject(scriptLocation ?? '', signal).then(toSeenScript, () => undefined) : undefined,
  ]);
  return { reply, last, ...(seen === undefined ? {} : { script: seen }) };
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
