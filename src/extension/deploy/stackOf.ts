import type { Account } from '../../aws/account.ts';
import type { Log } from '../../core/base/log.ts';
import { isAbort } from '../../core/base/userError.ts';

interface Resource {
  readonly account: Account;
  readonly kind: 'job' | 'machine';
  readonly name: string;
  readonly log: Log;
}

/**
 * The CloudFormation stack (also of SAM and CDK) that a resource belongs to: by its tags, and where they say nothing by
 * CloudFormation; undefined where none is known. What may not be read is left out.
 */
export async function stackOf(
  { account, kind, name, log }: Resource,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (account.connection.kind === 'local') return undefined;
  const orNothing = async (what: string, ask: () => Promise<string | undefined>): Promise<string | undefined> => {
    try {
      return await ask();
    } catch (error) {
      if (isAbort(error)) throw error;
      log.info(`${what} of ${name} was not read: ${String(error)}`);
      return undefined;
    }
  };
  const arn = await orNothing('The account', async () => await arnOf({ account, kind, name }, signal));
  if (arn === undefined) return undefined;
  const byTags = await orNothing('The tags', async () => {
    const tags = await (kind === 'job' ? account.glue : account.stepFunctions).tags(arn, signal);
    return tags['aws:cloudformation:stack-name'];
  });
  return (
    byTags ??
    (await orNothing('The stack', async () => {
      const resource =
        kind === 'job'
          ? ({ type: 'AWS::Glue::Job', physicalId: name } as const)
          : ({ type: 'AWS::StepFunctions::StateMachine', physicalId: arn } as const);
      return await account.stackOf(resource, signal);
    }))
  );
}

async function arnOf({ account, kind, name }: Omit<Resource, 'log'>, signal: AbortSignal): Promise<string> {
  const { accountId, arn } = await account.identity(signal);
  const partition = arn.split(':')[1] ?? 'aws';
  const [service, resource] = kind === 'job' ? ['glue', `job/${name}`] : ['states', `stateMachine:${name}`];
  return `arn:${partition}:${service}:${account.connection.region}:${accountId}:${resource}`;
}
