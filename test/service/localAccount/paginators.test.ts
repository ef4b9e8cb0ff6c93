import { CloudWatchLogs, paginateDescribeLogStreams, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import {
  Glue,
  paginateGetCrawlers,
  paginateGetDatabases,
  paginateGetJobRuns,
  paginateGetJobs,
  paginateGetPartitions,
  paginateGetTables,
  paginateGetTriggers,
  paginateListJobs,
  paginateListWorkflows,
} from '@aws-sdk/client-glue';
import {
  S3,
  paginateListObjectsV2,
  paginateListParts,
  waitUntilBucketExists,
  waitUntilBucketNotExists,
  waitUntilObjectExists,
  waitUntilObjectNotExists,
} from '@aws-sdk/client-s3';
import {
  SFN,
  paginateGetExecutionHistory,
  paginateListActivities,
  paginateListExecutions,
  paginateListStateMachines,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestAccount, type TestAccount } from './account.ts';

let account: TestAccount;
beforeAll(async () => {
  account = await startTestAccount();
});
afterAll(async () => {
  await account.dispose();
});

/** Three names, in pages of two. */
const names = ['a', 'b', 'c'];
const pageSize = 2;

async function all<Page, Item>(
  pages: AsyncIterable<Page>,
  itemsOf: (page: Page) => readonly Item[] | undefined,
): Promise<readonly Item[]> {
  const sizes: number[] = [];
  const items: Item[] = [];
  for await (const page of pages) {
    const found = itemsOf(page) ?? [];
    sizes.push(found.length);
    items.push(...found);
  }
  expect(sizes).toEqual([2, 1]);
  return items;
}

describe('the paginators of the JavaScript SDK', () => {
  it('take every page of Glue', async () => {
    const client = new Glue(account.client);
    const ask = { client, pageSize };
    const command = { Name: 'pythonshell', ScriptLocation: 's3://b/x.py' };
    await client.createDatabase({ DatabaseInput: { Name: 'db' } });
    for (const Name of names) {
      await client.createJob({ Name, Role: 'r', Command: command, ExecutionProperty: { MaxConcurrentRuns: 3 } });
      await client.createTrigger({ Name, Type: 'ON_DEMAND', Actions: [{ JobName: 'a' }] });
      await client.createWorkflow({ Name });
      await client.createCrawler({
        Name,
        Role: 'r',
        DatabaseName: 'db',
        Targets: { S3Targets: [{ Path: 's3://b/x' }] },
      });
      await client.createTable({
        DatabaseName: 'db',
        TableInput: { Name, PartitionKeys: [{ Name: 'day', Type: 'string' }] },
      });
      await client.createPartition({ DatabaseName: 'db', TableName: 'a', PartitionInput: { Values: [Name] } });
      await client.startJobRun({ JobName: 'a' });
    }
    for (const Name of ['x', 'y']) await client.createDatabase({ DatabaseInput: { Name } });
    const nameOf = ({ Name }: { readonly Name?: string | undefined }): string | undefined => Name;
    expect((await all(paginateGetJobs(ask, {}), ({ Jobs }) => Jobs)).map(nameOf)).toEqual(names);
    expect(await all(paginateListJobs(ask, {}), ({ JobNames }) => JobNames)).toEqual(names);
    expect((await all(paginateGetTriggers(ask, {}), ({ Triggers }) => Triggers)).map(nameOf)).toEqual(names);
    expect(await all(paginateListWorkflows(ask, {}), ({ Workflows }) => Workflows)).toEqual(names);
    expect((await all(paginateGetCrawlers(ask, {}), ({ Crawlers }) => Crawlers)).map(nameOf)).toEqual(names);
    expect((await all(paginateGetDatabases(ask, {}), ({ DatabaseList }) => DatabaseList)).map(nameOf)).toEqual([
      ...['db', 'x', 'y'],
    ]);
    // A paginator leaves its token in what it was given.
    const inDb = (): { DatabaseName: string } => ({ DatabaseName: 'db' });
    expect((await all(paginateGetTables(ask, inDb()), ({ TableList }) => TableList)).map(nameOf)).toEqual(names);
    const partitions = await all(
      paginateGetPartitions(ask, { ...inDb(), TableName: 'a' }),
      ({ Partitions }) => Partitions,
    );
    expect(partitions.map(({ Values }) => Values?.[0])).toEqual(names);
    expect(await all(paginateGetJobRuns(ask, { JobName: 'a' }), ({ JobRuns }) => JobRuns)).toHaveLength(3);
  });

  it('take every page of Step Functions', async () => {
    const client = new SFN(account.client);
    const ask = { client, pageSize };
    const definition = JSON.stringify({ StartAt: 'P', States: { P: { Type: 'Pass', End: true } } });
    const arns: string[] = [];
    for (const name of names) {
      const made = await client.createStateMachine({
        name,
        definition,
        roleArn: 'arn:aws:iam::000000000000:role/r',
      });
      arns.push(made.stateMachineArn ?? '');
      await client.createActivity({ name });
    }
    const [stateMachineArn = ''] = arns;
    const executions: string[] = [];
    for (const name of names) {
      executions.push((await client.startExecution({ stateMachineArn, name })).executionArn ?? '');
    }
    const machines = await all(paginateListStateMachines(ask, {}), ({ stateMachines }) => stateMachines);
    expect(machines.map(({ name }) => name)).toEqual(names);
    const activities = await all(paginateListActivities(ask, {}), (page) => page.activities);
    expect(activities.map(({ name }) => name)).toEqual(names);
    const listed = await all(paginateListExecutions(ask, { stateMachineArn }), (page) => page.executions);
    expect(listed.map(({ name = '' }) => name).toSorted()).toEqual(names);
    const [executionArn = ''] = executions;
    const ended = async (): Promise<unknown> => (await client.describeExecution({ executionArn })).status;
    await expect.poll(ended, { timeout: 30_000 }).toBe('SUCCEEDED');
    const types: (string | undefined)[] = [];
    for await (const { events = [] } of paginateGetExecutionHistory({ client, pageSize: 1 }, { executionArn })) {
      types.push(...events.map(({ type }) => type));
    }
    expect(types).toEqual(['ExecutionStarted', 'PassStateEntered', 'PassStateExited', 'ExecutionSucceeded']);
  });

  it('take every page of CloudWatch Logs', async () => {
    const client = new CloudWatchLogs(account.client);
    const ask = { client, pageSize };
    const logGroupName = 'lines';
    await client.createLogGroup({ logGroupName });
    for (const [index, logStreamName] of names.entries()) {
      await client.createLogStream({ logGroupName, logStreamName });
      const logEvents = [{ timestamp: Date.now() + index, message: `in ${logStreamName}` }];
      await client.putLogEvents({ logGroupName, logStreamName, logEvents });
    }
    const streams = await all(paginateDescribeLogStreams(ask, { logGroupName }), ({ logStreams }) => logStreams);
    expect(streams.map(({ logStreamName }) => logStreamName)).toEqual(names);
    const events = await all(paginateFilterLogEvents(ask, { logGroupName }), (page) => page.events);
    expect(events.map(({ message }) => message)).toEqual(['in a', 'in b', 'in c']);
  });
});

it('lets the waiters of the JavaScript SDK find what they wait for', { timeout: 60_000 }, async () => {
  const client = new S3(account.client);
  const waiting = { client, maxWaitTime: 30, minDelay: 1, maxDelay: 1 };
  const Bucket = 'waited-for';
  const later = [waitUntilBucketExists(waiting, { Bucket }), waitUntilObjectExists(waiting, { Bucket, Key: 'k' })];
  await client.createBucket({ Bucket });
  await client.putObject({ Bucket, Key: 'k', Body: 'v' });
  for (const { state } of await Promise.all(later)) expect(state).toBe('SUCCESS');
  const { UploadId } = await client.createMultipartUpload({ Bucket, Key: 'parts' });
  for (const PartNumber of [1, 2, 3]) {
    await client.uploadPart({ Bucket, Key: 'parts', UploadId, PartNumber, Body: 'part' });
  }
  const parts = await all(
    paginateListParts({ client, pageSize }, { Bucket, Key: 'parts', UploadId }),
    (page) => page.Parts,
  );
  expect(parts.map(({ PartNumber }) => PartNumber)).toEqual([1, 2, 3]);
  await client.abortMultipartUpload({ Bucket, Key: 'parts', UploadId });
  for (const Key of ['l', 'm']) await client.putObject({ Bucket, Key, Body: 'v' });
  const objects = await all(paginateListObjectsV2({ client, pageSize }, { Bucket }), ({ Contents }) => Contents);
  expect(objects.map(({ Key }) => Key)).toEqual(['k', 'l', 'm']);
  const gone = waitUntilObjectNotExists(waiting, { Bucket, Key: 'k' });
  for (const Key of ['k', 'l', 'm']) await client.deleteObject({ Bucket, Key });
  await client.deleteBucket({ Bucket });
  expect((await gone).state).toBe('SUCCESS');
  expect((await waitUntilBucketNotExists(waiting, { Bucket })).state).toBe('SUCCESS');
});
