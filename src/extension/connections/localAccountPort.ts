import type { CredentialPorts } from '../../aws/credentials.ts';
import { UserError } from '../../core/base/userError.ts';

/** The account on this machine as the AWS part asks for it. */
export function localAccountPort(): CredentialPorts['local'] {
  return async () =>
    await Promise.reject(new UserError('not-supported', 'The account on this machine cannot be started yet.'));
}
