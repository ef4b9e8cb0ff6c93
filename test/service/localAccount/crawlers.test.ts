import { gzipSync } from 'node:zlib';
import { Glue, paginateGetPartitions, type Crawler } from '@aws-sdk/client-glue';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { S3 } from '@aws-sdk/client-s3';
import { SFN } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestAccount, type TestAccount } from './account.ts';

let account: TestAccount;
let glue: Glue;
let s3: S3;
const Role = 'arn:aws:iam::000000000000:role/crawl';

function connect(): void {
  glue = new Glue(account.client);
  s3 = new S3(account.client);
}

beforeAll(async () => {
  account = await startTestAccount();
  connect();
  await s3.createBucket({ Bucket: 'lake' });
});
afterAll(async () => {
  await account.dispose();
});

async function put(Key: string, Body: string | Uint8Array): Promise<void> {
  await s3.putObject({ Bucket: 'lake', Key, Body });
}

async function ready(Name: string): Promise<Crawler> {
  for (;;) {
    const { Crawler } = await glue.getCrawler({ Name });
    if (Crawler?.State === 'READY' && Crawler.LastCrawl) return Crawler;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** A Parquet file with an INT64 `id` and a UTF8 `name`, two rows; written by pyarrow, uncompressed. */
const parquet = Buffer.from(
  'UEFSMRUAFSwVLCwVBBUAFQYVBhwAAAACAAAABAEBAAAAAAAAAAIAAAAAAAAAFQAVIBUgLBUEFQAVBhUGHAAAAAIAAAAEAQEAAABhAQAAAGIVBBk8NQAYBnNjaGVtYRUEABUEJQIYAmlkABUMJQIYBG5hbWUlAEwcAAAAFgQZHBksJgAcFQQZJQYAGRgCaWQVABYEFlIWUiYISRwVABUAFQIAPCkGGSYABAAAACYAHBUMGSUGABkYBG5hbWUVABYEFkYWRiZaSRwVABUAFQIAPBYEGQYZJgAEAAAAFpgBFgQmCBaYAQAoIHBhcnF1ZXQtY3BwLWFycm93IHZlcnNpb24gMjYuMC4xGSwcAAAcAAAAwQAAAFBBUjE=',
  'base64',
);

describe('a crawler', () => {
  it('writes database, tables, columns and partitions of what its target holds', async () => {
    await put('sales/orders/year=2024/month=01/a.csv', 'id,price,note\n1,2.5,x\n2,3,y\n');
    await put('sales/orders/year=2024/month=02/a.csv.gz', gzipSync('id,price,note\n3,4,z\n'));
    await put('sales/orders/_SUCCESS', '');
    await put('sales/events/a.json', '{"at":{"x":1,"Y":"b"},"tags":["q"]}\n{"at":{"x":5000000000},"ok":true}\n');
    await put('sales/people/part-0.parquet', parquet);
    await put('sales/skip/a.csv', 'never,seen\n1,2\n');
    await glue.createCrawler({
      Name: 'sales',
      Role,
      DatabaseName: 'shop',
      TablePrefix: 'raw_',
      Targets: { S3Targets: [{ Path: 's3://lake/sales', Exclusions: ['skip/**'] }] },
    });
    await glue.startCrawler({ Name: 'sales' });
    const { LastCrawl } = await ready('sales');
    expect(LastCrawl).toMatchObject({ Status: 'SUCCEEDED', LogGroup: '/aws-glue/crawlers', LogStream: 'sales' });
    const { DatabaseList = [] } = await glue.getDatabases({});
    expect(DatabaseList.map(({ Name }) => Name)).toEqual(['shop']);
    const { TableList = [] } = await glue.getTables({ DatabaseName: 'shop' });
    const columns = TableList.map(({ Name, StorageDescriptor }) => [
      Name,
      StorageDescriptor?.Columns?.map((column) => `${column.Name} ${column.Type}`).join(', '),
    ]);
    expect(Object.fromEntries(columns)).toEqual({
      raw_orders: 'id bigint, price double, note string',
      raw_events: 'at struct<x:bigint,y:string>, tags array<string>, ok boolean',
      raw_people: 'id bigint, name string',
    });
    const orders = (await glue.getTable({ DatabaseName: 'shop', Name: 'raw_orders' })).Table;
    expect(orders).toMatchObject({
      TableType: 'EXTERNAL_TABLE',
      PartitionKeys: [
        { Name: 'year', Type: 'string' },
        { Name: 'month', Type: 'string' },
      ],
      StorageDescriptor: { Location: 's3://lake/sales/orders/' },
      Parameters: { classification: 'csv', 'skip.header.line.count': '1', UPDATED_BY_CRAWLER: 'sales' },
    });
    const found: (string[] | undefined)[] = [];
    const ask = { DatabaseName: 'shop', TableName: 'raw_orders' };
    for await (const page of paginateGetPartitions({ client: glue, pageSize: 1 }, ask)) {
      found.push(...(page.Partitions ?? []).map(({ Values }) => Values));
    }
    expect(found).toEqual([
      ['2024', '01'],
      ['2024', '02'],
    ]);
    const { Partitions = [] } = await glue.getPartitions({ ...ask, Expression: "year = '2024' AND month > '01'" });
    expect(Partitions.map(({ StorageDescriptor }) => StorageDescriptor?.Location)).toEqual([
      's3://lake/sales/orders/year=2024/month=02/',
    ]);
  });

  it('adds what is new, changes what has changed, and marks what is gone', async () => {
    await put('sales/orders/year=2025/month=01/a.csv', 'id,price,note,added\n1,2.5,x,7\n');
    await s3.deleteObject({ Bucket: 'lake', Key: 'sales/events/a.json' });
    account = await account.restart();
    connect();
    await glue.startCrawler({ Name: 'sales' });
    await ready('sales');
    const { Crawls = [] } = await glue.listCrawls({ CrawlerName: 'sales' });
    expect(Crawls.map(({ State }) => State)).toEqual(['COMPLETED', 'COMPLETED']);
    expect(Crawls[0]?.Summary).toContain('ADD\\":1');
    const { CrawlerMetricsList = [] } = await glue.getCrawlerMetrics({ CrawlerNameList: ['sales'] });
    expect(CrawlerMetricsList[0]).toMatchObject({ TablesCreated: 3, TablesUpdated: 1, TablesDeleted: 1 });
    const events = (await glue.getTable({ DatabaseName: 'shop', Name: 'raw_events' })).Table;
    expect(events?.Parameters).toHaveProperty('DEPRECATED_BY_CRAWLER');
    const { events: lines = [] } = await new CloudWatchLogs(account.client).getLogEvents({
      logGroupName: '/aws-glue/crawlers',
      logStreamName: 'sales',
    });
    expect(lines.map(({ message }) => message).join('\n')).toContain(
      'INFO : Updated table raw_orders in database shop',
    );
  });

  it('is refused twice at once, and told apart by its errors', async () => {
    await expect(glue.startCrawler({ Name: 'nobody' })).rejects.toMatchObject({ name: 'EntityNotFoundException' });
    await expect(glue.stopCrawler({ Name: 'sales' })).rejects.toMatchObject({ name: 'CrawlerNotRunningException' });
    await expect(glue.startCrawlerSchedule({ CrawlerName: 'sales' })).rejects.toMatchObject({
      name: 'NoScheduleException',
    });
    const started = await Promise.allSettled([
      glue.startCrawler({ Name: 'sales' }),
      glue.startCrawler({ Name: 'sales' }),
    ]);
    const refused = started.flatMap((each) => (each.status === 'rejected' ? [each.reason as Error] : []));
    expect(refused.map(({ name }) => name)).toEqual(['CrawlerRunningException']);
    await ready('sales');
  });

  it('fails with a reason where its bucket is missing', async () => {
    await glue.createCrawler({
      Name: 'lost',
      Role,
      DatabaseName: 'shop',
      Targets: { S3Targets: [{ Path: 's3://nowhere/a' }] },
    });
    await glue.startCrawler({ Name: 'lost' });
    expect((await ready('lost')).LastCrawl).toMatchObject({
      Status: 'FAILED',
      ErrorMessage: 'The bucket nowhere does not exist in the local S3.',
    });
  });

  it('is waited for by a state machine, and starts what follows it in a workflow', async () => {
    const sfn = new SFN(account.client);
    const aws = (action: string): string => `arn:aws:states:::aws-sdk:glue:${action}`;
    const { stateMachineArn } = await sfn.createStateMachine({
      name: 'crawl',
      roleArn: Role,
      definition: JSON.stringify({
        StartAt: 'Start',
        States: {
          Start: { Type: 'Task', Resource: aws('startCrawler'), Parameters: { Name: 'sales' }, Next: 'Look' },
          Look: { Type: 'Task', Resource: aws('getCrawler'), Parameters: { Name: 'sales' }, Next: 'Done?' },
          'Done?': {
            Type: 'Choice',
            Choices: [{ Variable: '$.Crawler.State', StringEquals: 'READY', Next: 'End' }],
            Default: 'Wait',
          },
          Wait: { Type: 'Wait', Seconds: 1, Next: 'Look' },
          End: { Type: 'Pass', End: true },
        },
      }),
    });
    const { executionArn } = await sfn.startExecution({ stateMachineArn });
    const described = async () => await sfn.describeExecution({ executionArn });
    await expect.poll(async () => (await described()).status, { timeout: 30_000 }).toBe('SUCCEEDED');
    expect(JSON.parse((await described()).output ?? '')).toMatchObject({
      Crawler: {
        Name: 'sales',
        LastCrawl: { Status: 'SUCCEEDED', StartTime: expect.stringContaining('T') as unknown },
      },
    });

    await glue.createWorkflow({ Name: 'flow' });
    const [first, second] = ['sales', 'lost'];
    await glue.createTrigger({
      Name: 'begin',
      WorkflowName: 'flow',
      Type: 'ON_DEMAND',
      Actions: [{ CrawlerName: first }],
    });
    await glue.createTrigger({
      Name: 'then',
      WorkflowName: 'flow',
      Type: 'CONDITIONAL',
      StartOnCreation: true,
      Predicate: { Conditions: [{ LogicalOperator: 'EQUALS', CrawlerName: first, CrawlState: 'SUCCEEDED' }] },
      Actions: [{ CrawlerName: second }],
    });
    const over = async (RunId: string | undefined) => {
      for (;;) {
        const { Run } = await glue.getWorkflowRun({ Name: 'flow', RunId, IncludeGraph: true });
        if (Run?.Status !== 'RUNNING') return Run;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    const { RunId } = await glue.startWorkflowRun({ Name: 'flow' });
    const run = await over(RunId);
    expect(run).toMatchObject({ Status: 'COMPLETED', Statistics: { SucceededActions: 1, FailedActions: 1 } });
    const node = (name: string) => run?.Graph?.Nodes?.find(({ Type, Name }) => Type === 'CRAWLER' && Name === name);
    expect(node('sales')?.CrawlerDetails?.Crawls?.map(({ State }) => State)).toEqual(['SUCCEEDED']);
    expect(node('lost')?.CrawlerDetails?.Crawls?.map(({ State }) => State)).toEqual(['FAILED']);

    // Mended, the run is resumed at what failed; what succeeded counts as it is.
    await s3.createBucket({ Bucket: 'nowhere' });
    const failed = node('lost')?.UniqueId ?? '';
    const resumed = await glue.resumeWorkflowRun({ Name: 'flow', RunId, NodeIds: [failed] });
    expect(resumed.NodeIds).toEqual([failed]);
    const again = await over(resumed.RunId);
    expect(again).toMatchObject({ PreviousRunId: RunId, Statistics: { SucceededActions: 2, FailedActions: 0 } });
    const { Crawls = [] } = await glue.listCrawls({ CrawlerName: 'lost' });
    expect(Crawls.map(({ State }) => State)).toEqual(['COMPLETED', 'FAILED', 'FAILED']);
  });
});
