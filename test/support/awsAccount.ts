import type { Clock } from '../../src/core/base/clock.ts';
import type { Log } from '../../src/core/base/log.ts';
import { localConnection, type Connection } from '../../src/core/connections/connection.ts';
import { RateLimits } from '../../src/aws/calls/rateLimit.ts';
import { createAccount, type AccountOptions, type OwnedAccount } from '../../src/aws/createAccount.ts';
import { systemClock } from '../../src/processes/systemClock.ts';

/** Credentials that no test may find in a log. */
export const testCredentials = {
  accessKeyId: 'AKIATESTACCESSKEYID0',
  secretAccessKey: 'secret-that-must-not-be-logged',
  sessionToken: 'token-that-must-not-be-logged',
};

export interface CollectedLog extends Log {
  readonly lines: readonly string[];
}

export function collectedLog(): CollectedLog {
  const lines: string[] = [];
  const add =
    (level: string) =>
    (message: string | Error): void =>
      void lines.push(`${level} ${message instanceof Error ? `${message.message}\n${message.stack ?? ''}` : message}`);
  return { lines, trace: add('trace'), debug: add('debug'), info: add('info'), warn: add('warn'), error: add('error') };
}

/** An account at an endpoint of the test, with everything else as in the product. */
export function accountAt(
  endpoint: string,
  options: Partial<AccountOptions> & { readonly clock?: Clock; readonly connection?: Connection } = {},
): OwnedAccount {
  const clock = options.clock ?? systemClock;
  return createAccount({
    connection: localConnection,
    clock,
    log: collectedLog(),
    random: Math.random,
    limits: new RateLimits(clock),
    environment: {},
    local: async () => await Promise.resolve({ endpoint, credentials: testCredentials }),
    mfaCode: async () => await Promise.reject(new Error('No MFA code was expected.')),
    ...options,
  });
}
