import type { Account } from '../../aws/account.ts';
import type { MachineAlias, StateMachine } from '../../aws/stepFunctions/api.ts';
import { UserError } from '../../core/base/userError.ts';
import type { PlannedCall, PlanVariant } from './deployPlan.ts';

interface Update {
  /** The update of the machine. */
  readonly put: PlannedCall;
  readonly deployed: StateMachine;
}

/** Besides the update: a version of what is deployed then, and each alias of the machine moved to it. */
export async function versionVariants(
  account: Account,
  { put, deployed }: Update,
  signal: AbortSignal,
): Promise<readonly PlanVariant[]> {
  if (account.connection.kind === 'local') return [];
  const [publish] = versionCalls(account, deployed.arn);
  return [
    { label: 'Deploy and publish a version', calls: [put, publish] },
    ...(await aliasesOf(account, deployed.arn, signal)).map((alias): PlanVariant => ({
      label: `Deploy, publish a version and move the alias ${alias.name} to it`,
      calls: [put, ...versionCalls(account, deployed.arn, alias)],
    })),
  ];
}

/**
 * What is left to do for a machine that is as the workspace has it: aliases that run another revision than it is now, as
 * after a deploy that failed on the way. Publishing gives the same version where it was published before.
 */
export async function lateAliases(
  account: Account,
  { arn, revisionId }: StateMachine,
  signal: AbortSignal,
): Promise<readonly PlanVariant[]> {
  const { connection, stepFunctions } = account;
  if (connection.kind === 'local') return [];
  const late: PlanVariant[] = [];
  for (const alias of await aliasesOf(account, arn, signal)) {
    const versions = await stepFunctions.aliasVersions(alias.arn, signal);
    const revisions = await Promise.all(
      versions.map(async (version) => (await stepFunctions.describeStateMachine(version, signal)).revisionId),
    );
    if (revisions.every((revision) => revision === revisionId)) continue;
    late.push({
      label: `Publish a version and move the alias ${alias.name} to it`,
      calls: versionCalls(account, arn, alias),
    });
  }
  return late;
}

/** Aliases are of use only where they may be read. */
async function aliasesOf(
  { stepFunctions }: Account,
  arn: string,
  signal: AbortSignal,
): Promise<readonly MachineAlias[]> {
  try {
    return await stepFunctions.listAliases(arn, signal);
  } catch (error) {
    if (error instanceof UserError && /^(access-denied|not-supported)$/.test(error.code)) return [];
    throw error;
  }
}

function versionCalls(
  { stepFunctions }: Account,
  arn: string,
  alias?: MachineAlias,
): readonly [PlannedCall, ...PlannedCall[]] {
  let version = '';
  const publish: PlannedCall = {
    label: 'Publish a version',
    action: 'states:PublishStateMachineVersion',
    detail: 'of what was deployed',
    run: async (signal) => {
      version = await stepFunctions.publishVersion(arn, signal);
      return `version ${version.split(':').at(-1) ?? ''} published`;
    },
  };
  if (!alias) return [publish];
  const move: PlannedCall = {
    label: `Move alias ${alias.name}`,
    action: 'states:UpdateStateMachineAlias',
    detail: 'all executions of the alias run the new version',
    run: async (signal) => {
      await stepFunctions.moveAlias(alias.arn, version, signal);
      return `alias ${alias.name} moved`;
    },
  };
  return [publish, move];
}
