import { CloudWatchLogs, type StartLiveTailResponseStream } from '@aws-sdk/client-cloudwatch-logs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestAccount, type TestAccount } from './account.ts';

let account: TestAccount;
let logs: CloudWatchLogs;
const arnOf = (group: string): string => `arn:aws:logs:us-east-1:000000000000:log-group:${group}`;
beforeAll(async () => {
  account = await startTestAccount();
  logs = new CloudWatchLogs(account.client);
  for (const logGroupName of ['/a', '/b']) {
    await logs.createLogGroup({ logGroupName });
    for (const logStreamName of ['driver', '1']) await logs.createLogStream({ logGroupName, logStreamName });
  }
});
afterAll(async () => {
  await account.dispose();
});

async function write(logGroupName: string, logStreamName: string, ...messages: readonly string[]): Promise<void> {
  const logEvents = messages.map((message) => ({ timestamp: Date.now(), message }));
  await logs.putLogEvents({ logGroupName, logStreamName, logEvents });
}

/** Messages of a session from its start on, until there are so many. */
async function take(stream: AsyncIterable<StartLiveTailResponseStream>, count: number): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  for await (const { sessionUpdate } of stream) {
    for (const { logGroupIdentifier, logStreamName, message } of sessionUpdate?.sessionResults ?? []) {
      found.push([logGroupIdentifier, logStreamName, message]);
    }
    if (found.length >= count) break;
  }
  return found;
}

it('tells what is written from then on, of the groups, streams and pattern that were asked for', async () => {
  await write('/a', 'driver', 'ERROR before');
  const open = async (ask: Parameters<CloudWatchLogs['startLiveTail']>[0]) =>
    (await logs.startLiveTail(ask)).responseStream ?? [];
  const both = await open({
    logGroupIdentifiers: [arnOf('/a'), arnOf('/b')],
    logEventFilterPattern: 'ERROR',
  });
  const driver = await open({ logGroupIdentifiers: [arnOf('/a')], logStreamNamePrefixes: ['dri'] });
  await write('/a', '1', 'ERROR one', 'INFO two');
  await write('/a', 'driver', 'INFO three');
  await write('/b', '1', 'ERROR four');
  expect(await take(both as AsyncIterable<StartLiveTailResponseStream>, 2)).toEqual([
    [arnOf('/a'), '1', 'ERROR one'],
    [arnOf('/b'), '1', 'ERROR four'],
  ]);
  expect(await take(driver as AsyncIterable<StartLiveTailResponseStream>, 1)).toEqual([
    [arnOf('/a'), 'driver', 'INFO three'],
  ]);
});

it('shows 500 of more events in a second, and says so', async () => {
  const { responseStream } = await logs.startLiveTail({ logGroupIdentifiers: [arnOf('/a')] });
  const burst = Array.from({ length: 1200 }, (_none, index) => `line ${index}`);
  await write('/a', '1', ...burst);
  for await (const { sessionUpdate } of responseStream ?? []) {
    const results = sessionUpdate?.sessionResults ?? [];
    if (results.length === 0) continue;
    expect(results).toHaveLength(500);
    expect(sessionUpdate?.sessionMetadata?.sampled).toBe(true);
    break;
  }
});

it.each([
  [{ logGroupIdentifiers: [arnOf('/none')] }, 'ResourceNotFoundException'],
  [{ logGroupIdentifiers: ['/a'] }, 'InvalidParameterException'],
  [{ logGroupIdentifiers: [`${arnOf('/a')}:*`] }, 'InvalidParameterException'],
  [{ logGroupIdentifiers: [] }, 'InvalidParameterException'],
  [{ logGroupIdentifiers: [arnOf('/a'), arnOf('/b')], logStreamNames: ['1'] }, 'InvalidParameterException'],
  [{ logGroupIdentifiers: [arnOf('/a')], logEventFilterPattern: '{ $.a' }, 'InvalidParameterException'],
])('refuses %j', async (ask, name) => {
  await expect(logs.startLiveTail(ask)).rejects.toMatchObject({ name });
});
