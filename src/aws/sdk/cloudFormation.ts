import { CloudFormationClient, DescribeStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import type { ClientSettings } from '../calls/clientSettings.ts';

/** The calls of AWS CloudFormation that Sluice makes. */
export const cloudFormationCommands = { DescribeStackResources: DescribeStackResourcesCommand };

export function cloudFormationClient(settings: ClientSettings): CloudFormationClient {
  return new CloudFormationClient(settings);
}
