import { AwsError } from '../http/awsError.ts';
import { checkedArn } from './arns.ts';
import type { MachineRecord, VersionRecord } from './records.ts';
import type { SfnState } from './sfnState.ts';

/** A machine as an ARN names it: as it is now, or as one of its versions was when it was published. */
export interface QualifiedMachine {
  /** With the definition, role and revision of the version. */
  readonly machine: MachineRecord;
  readonly version?: VersionRecord;
  /** Where the ARN was an alias's, which routes to `version`. */
  readonly aliasArn?: string;
}

/** The ARN of a machine, version or alias, and the test case that stands after its `#`, as in Step Functions Local. */
export function splitTestCase(arn: string): readonly [arn: string, testCase: string | undefined] {
  const hash = arn.indexOf('#');
  return hash < 0 ? [arn, undefined] : [arn.slice(0, hash), arn.slice(hash + 1)];
}

/**
 * The machine, version or alias of an ARN; throws StateMachineDoesNotExist. `chance` is a number in [0, 1) that decides
 * where an alias routes to two versions.
 */
export function qualifiedMachine(state: SfnState, arn: string, chance: number): QualifiedMachine {
  const current = state.machines.get(checkedArn(arn));
  if (current) return { machine: current };
  const alias = state.aliases.get(arn);
  const [first, second] = alias?.routes ?? [];
  const route = second && chance * 100 >= (first?.weight ?? 0) ? second : first;
  const version = state.versions.get(route?.versionArn ?? arn);
  const machine = version && state.machines.get(version.machineArn);
  if (!machine) throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
  const { definition, roleArn, revisionId } = version;
  return { machine: { ...machine, definition, roleArn, revisionId }, version, ...(alias && { aliasArn: alias.arn }) };
}
