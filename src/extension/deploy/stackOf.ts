import type { Account } from '../../aws/account.ts';
import type { Log } from '../../core/base/log.ts';
import { isAbort } from '../../core/base/userError.ts';

interface Resource {
  readonly account: Account;
  readonly service: 'glue' | 'states';
  /** From the account on: `job/orders`, `stateMachine:orders`. */
  readonly resource: string;
  readonly log: Log;
}

/** The CloudFormation stack (also of SAM and CDK) that a resource belongs to, by its tags; undefined where none is known. */
export async function stackOf(
  { account, service, resource, log }: Resource,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (account.connection.kind === 'local') return undefined;
  try {
    const { accountId, arn } = await account.identity(signal);
    const partition = arn.split(':')[1] ?? 'aws';
    const api = service === 'glue' ? account.glue : account.stepFunctions;
    const tags = await api.tags(
      `arn:${partition}:${service}:${account.connection.region}:${accountId}:${resource}`,
      signal,
    );
    return tags['aws:cloudformation:stack-name'];
  } catch (error) {
    if (isAbort(error)) throw error;
    log.info(`The tags of ${resource} were not read: ${String(error)}`);
    return undefined;
  }
}
