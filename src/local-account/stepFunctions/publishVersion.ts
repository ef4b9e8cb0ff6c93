import { AwsError } from '../http/awsError.ts';
import type { MachineRecord, VersionRecord } from './records.ts';
import type { SfnState } from './sfnState.ts';

const mostVersions = 1000;

/** Versions of a machine, newest first. */
export function versionsOf(state: SfnState, machineArn: string): readonly VersionRecord[] {
  return state.versions
    .values()
    .filter((version) => version.machineArn === machineArn)
    .sort((left, right) => right.number - left.number);
}

/** Publishes a machine as it is now; gives the version that there is where it has not changed since. */
export async function publishVersion(
  state: SfnState,
  machine: MachineRecord,
  now: number,
  description?: string,
): Promise<VersionRecord> {
  const published = versionsOf(state, machine.arn);
  const same = published.find(({ revisionId }) => revisionId === machine.revisionId);
  if (same) return same;
  if (published.length >= mostVersions) {
    const message = `A state machine can have ${mostVersions} versions. Delete those that are not used.`;
    throw new AwsError('ServiceQuotaExceededException', message, 402);
  }
  // Numbers of deleted versions are not given again.
  const number = (machine.lastVersion ?? 0) + 1;
  const version: VersionRecord = {
    arn: `${machine.arn}:${number}`,
    machineArn: machine.arn,
    number,
    definition: machine.definition,
    roleArn: machine.roleArn,
    revisionId: machine.revisionId,
    createdMs: now,
    ...(description !== undefined && { description }),
  };
  await state.machines.put(machine.arn, { ...machine, lastVersion: number });
  await state.versions.put(version.arn, version);
  return version;
}
