import type { Clock } from '../../core/base/clock.ts';
import type { Log } from '../../core/base/log.ts';
import { UserError } from '../../core/base/userError.ts';
import type { Connection } from '../../core/connections/connection.ts';
import type { CredentialPorts } from '../../aws/credentials.ts';
import type { RateLimits as Limits } from '../../aws/calls/rateLimit.ts';
import type { OpenAccount } from './accountCache.ts';

export interface AccountParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly isTrusted: () => boolean;
  readonly local: CredentialPorts['local'];
  readonly askMfaCode: (connection: Connection, serial: string, signal: AbortSignal) => Promise<string>;
}

/**
 * Opens accounts, in a trusted workspace only: rejects with `untrusted-workspace` elsewhere. The AWS part of the
 * extension is read with the first account, and one set of rate limits serves all.
 */
export function accountOpener(parts: AccountParts): OpenAccount {
  let limits: Limits | undefined;
  return async (connection) => {
    if (!parts.isTrusted()) {
      throw new UserError(
        'untrusted-workspace',
        'This folder is in Restricted Mode, so Sluice does not connect.',
        'Trust it to go on.',
      );
    }
    const [{ createAccount }, { RateLimits }] = await Promise.all([
      import('../../aws/createAccount.ts'),
      import('../../aws/calls/rateLimit.ts'),
    ]);
    limits ??= new RateLimits(parts.clock);
    return createAccount({
      connection,
      limits,
      clock: parts.clock,
      log: parts.log,
      random: Math.random,
      environment: parts.environment,
      local: parts.local,
      mfaCode: async (serial, signal) => await parts.askMfaCode(connection, serial, signal),
    });
  };
}
