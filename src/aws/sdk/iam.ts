import { GetRoleCommand, IAMClient, ListRolesCommand, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import type { ClientSettings } from '../calls/clientSettings.ts';

/** The calls of AWS IAM that Sluice makes. */
export const iamCommands = {
  GetRole: GetRoleCommand,
  ListRoles: ListRolesCommand,
  SimulatePrincipalPolicy: SimulatePrincipalPolicyCommand,
};

export function iamClient(settings: ClientSettings): IAMClient {
  return new IAMClient(settings);
}
