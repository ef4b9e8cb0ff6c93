import type { LogPage, LogPort } from '../core/runs/ports.ts';
import { UserError } from '../core/base/userError.ts';
import { ServiceCalls, type CallerContext } from './calls/caller.ts';
import type { logsCommands } from './sdk/logs.ts';

export type LogsCalls = ServiceCalls<typeof logsCommands>;

export function logsCalls(context: CallerContext): LogsCalls {
  return new ServiceCalls(context, 'logs', async () => {
    const { logsClient, logsCommands } = await import('./sdk/logs.ts');
    return { client: logsClient, commands: logsCommands };
  });
}

/** CloudWatch Logs over its API. */
export class Logs implements LogPort {
  readonly #calls: LogsCalls;

  constructor(calls: LogsCalls) {
    this.#calls = calls;
  }

  async getLogEvents(
    { group, stream }: { readonly group: string; readonly stream: string },
    nextToken: string | undefined,
    signal?: AbortSignal,
  ): Promise<LogPage | undefined> {
    const answer = await this.#unlessMissing(
      async () =>
        await this.#calls.call(
          'GetLogEvents',
          {
            logGroupName: group,
            logStreamName: stream,
            startFromHead: true,
            ...(nextToken === undefined ? {} : { nextToken }),
          },
          { signal },
        ),
    );
    if (!answer) return undefined;
    return {
      events: (answer.events ?? []).map(({ timestamp = 0, message = '' }) => ({ timestampMs: timestamp, message })),
      nextToken: answer.nextForwardToken ?? nextToken ?? '',
    };
  }

  async listLogStreams(group: string, prefix: string, signal?: AbortSignal): Promise<readonly string[]> {
    const names: string[] = [];
    let nextToken: string | undefined;
    do {
      const token: { nextToken?: string } = nextToken ? { nextToken } : {};
      const answer = await this.#unlessMissing(
        async () =>
          await this.#calls.call(
            'DescribeLogStreams',
            { logGroupName: group, logStreamNamePrefix: prefix, ...token },
            { signal },
          ),
      );
      if (!answer) return [];
      for (const { logStreamName } of answer.logStreams ?? []) if (logStreamName) names.push(logStreamName);
      nextToken = answer.nextToken;
    } while (nextToken);
    return names;
  }

  async #unlessMissing<T>(call: () => Promise<T>): Promise<T | undefined> {
    try {
      return await call();
    } catch (error) {
      if (error instanceof UserError && error.code === 'not-found') return undefined;
      throw error;
    }
  }
}
