import { CloudControlClient, ListResourcesCommand } from '@aws-sdk/client-cloudcontrol';
import type { ClientSettings } from '../calls/clientSettings.ts';

/** The calls of AWS Cloud Control that Sluice makes. */
export const cloudControlCommands = { ListResources: ListResourcesCommand };

export function cloudControlClient(settings: ClientSettings): CloudControlClient {
  return new CloudControlClient(settings);
}
