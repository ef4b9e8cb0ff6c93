import { CloudWatchLogsClient, DescribeLogStreamsCommand, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { ClientSettings } from '../calls/clientSettings.ts';

/** The calls of CloudWatch Logs that Sluice makes. */
export const logsCommands = {
  DescribeLogStreams: DescribeLogStreamsCommand,
  GetLogEvents: GetLogEventsCommand,
};

export function logsClient(settings: ClientSettings): CloudWatchLogsClient {
  return new CloudWatchLogsClient(settings);
}
