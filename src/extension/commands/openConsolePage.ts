import { env, Uri } from 'vscode';
import { parseConnectionId } from '../../core/connections/connection.ts';
import { consoleUrl } from '../../core/connections/consoleUrl.ts';
import type { App } from '../app.ts';

/** Opens the AWS console's page of an ARN or an S3 location that a log line names. */
export async function openConsolePage(_app: Pick<App, 'log'>, connectionId: unknown, page: unknown): Promise<void> {
  const connection = typeof connectionId === 'string' ? parseConnectionId(connectionId) : undefined;
  if (!connection || typeof page !== 'object' || page === null) return;
  const { arn, location } = page as { readonly arn?: unknown; readonly location?: unknown };
  const url =
    typeof arn === 'string'
      ? consoleUrl(connection, { kind: 'arn', arn })
      : typeof location === 'string'
        ? consoleUrl(connection, { kind: 's3', location })
        : undefined;
  if (url !== undefined) await env.openExternal(Uri.parse(url, true));
}
