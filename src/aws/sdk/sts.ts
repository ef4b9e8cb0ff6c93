import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { ClientSettings } from '../calls/clientSettings.ts';

/** The calls of AWS STS that Sluice makes. */
export const stsCommands = { AssumeRole: AssumeRoleCommand, GetCallerIdentity: GetCallerIdentityCommand };

export function stsClient(settings: ClientSettings): STSClient {
  return new STSClient(settings);
}
