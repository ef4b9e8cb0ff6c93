import type { Account } from '../../aws/account.ts';
import { UserError } from '../../core/base/userError.ts';

type Tags = Readonly<Record<string, string>>;

/** The tags of a Glue resource as its create call takes them: no member where it has none, or where they may not be read. */
export async function glueTags(
  account: Account,
  kind: 'job' | 'workflow' | 'trigger',
  name: string,
  signal: AbortSignal,
): Promise<{ readonly Tags?: Tags }> {
  const tags = await ownTags(async () => {
    const { accountId, arn } = await account.identity(signal);
    const partition = arn.split(':')[1] ?? 'aws';
    return await account.glue.tags(
      `arn:${partition}:glue:${account.connection.region}:${accountId}:${kind}/${name}`,
      signal,
    );
  });
  return tags ? { Tags: tags } : {};
}

/** The tags of a state machine; undefined where it has none, or where they may not be read. */
export async function machineTags(account: Account, arn: string, signal: AbortSignal): Promise<Tags | undefined> {
  return await ownTags(async () => await account.stepFunctions.tags(arn, signal));
}

/** Those of AWS itself, such as a stack's, cannot be set. */
async function ownTags(read: () => Promise<Tags>): Promise<Tags | undefined> {
  let all: Tags;
  try {
    all = await read();
  } catch (error) {
    if (error instanceof UserError && ['access-denied', 'not-supported'].includes(error.code)) return undefined;
    throw error;
  }
  const own = Object.entries(all).filter(([key]) => !key.startsWith('aws:'));
  own.sort(([a], [b]) => (a < b ? -1 : 1));
  return own.length > 0 ? Object.fromEntries(own) : undefined;
}
