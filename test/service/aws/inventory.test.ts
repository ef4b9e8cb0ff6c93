import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { OwnedAccount } from '../../../src/aws/createAccount.ts';
import { localConnection, type Connection } from '../../../src/core/connections/connection.ts';
import type { KindNames, ResourceKind } from '../../../src/core/existence/inventory.ts';
import type { Questions } from '../../../src/core/existence/questions.ts';
import { Inventories } from '../../../src/extension/inventory/inventories.ts';
import { listAll, lookUp, type LookingUp } from '../../../src/extension/inventory/lookUp.ts';
import { recordAccount } from '../../../src/extension/inventory/recordAccount.ts';
import { accountAt, collectedLog, type CollectedLog } from '../../support/awsAccount.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { faultProxy, type FaultProxy } from '../../support/faultProxy.ts';
import { awsError, scriptedAws, type ScriptedAnswer, type ScriptedAws } from '../../support/scriptedAws.ts';
import { smallAws, type SmallAws } from '../../support/smallAws.ts';

const questions = (kinds: readonly ResourceKind[], more: Partial<Questions> = {}) => {
  return async (): Promise<Questions> => await Promise.resolve({ kinds, unknown: [], about: [], ...more });
};

let clock: FakeClock;
let inventories: Inventories;
let changes: number;
let log: CollectedLog;
beforeEach(() => {
  clock = new FakeClock();
  log = collectedLog();
  inventories = new Inventories(clock, () => '111122223333');
  changes = 0;
  inventories.onDidChange(() => changes++);
});
afterEach(() => inventories.dispose());

describe('a small account', () => {
  let aws: SmallAws;
  let proxy: FaultProxy;
  let account: OwnedAccount;
  let where: LookingUp;
  beforeEach(async () => {
    aws = await smallAws(clock);
    proxy = await faultProxy(aws.endpoint);
    account = accountAt(proxy.endpoint, { clock });
    where = { inventories, connection: localConnection, account, log };
  });
  afterEach(async () => {
    account.dispose();
    await Promise.all([proxy.close(), aws.close()]);
  });

  const jobs = (): ReadonlySet<string> | undefined => inventories.snapshot(localConnection)?.kinds.glueJob?.names;
  const lookUpJobs = async (more: Partial<Questions> = {}): Promise<void> => {
    await clock.run(lookUp(where, questions(['glueJob'], more)));
  };
  const listed = (): number => proxy.calls.filter((call) => call === 'GetJobs').length;

  /** Goes through the jobs as the tree does, to the end or to the first page only. */
  async function browse(toTheEnd: boolean): Promise<void> {
    for await (const page of recordAccount(localConnection, account, inventories).glue.listJobs()) {
      if (!toTheEnd && page.length > 0) return;
    }
  }

  test('what somebody lists to the end is known, and half a list is not', async () => {
    await clock.run(browse(false));
    expect(jobs()).toBeUndefined();
    await clock.run(browse(true));
    expect(jobs()?.size).toBe(450);
    expect(jobs()?.has('job-449')).toBe(true);
    expect(changes).toBe(1);
    await clock.run(browse(true));
    expect(changes).toBe(1);
  });

  test('an account that is recorded does everything else as before', async () => {
    const recorded = recordAccount(localConnection, account, inventories);
    expect(recorded.connection).toBe(account.connection);
    expect(await clock.run(recorded.glue.startJobRun('job-1', {}))).toBe('jr_1');
  });

  test('a kind that is denied is silent, is not asked for again, and is there again after another sign-in', async () => {
    await lookUpJobs();
    expect(jobs()?.size).toBe(450);
    proxy.fail('GetJobs', 'denied');
    clock.advance(5 * 60_000);
    await lookUpJobs();
    expect(jobs()).toBeUndefined();
    const before = listed();
    clock.advance(5 * 60_000);
    await lookUpJobs();
    expect(listed()).toBe(before);
    expect(log.lines.filter((line) => line.includes('glue:GetJobs'))).toHaveLength(1);
    proxy.heal();
    inventories.forget([localConnection]);
    await lookUpJobs();
    expect(jobs()?.size).toBe(450);
  });

  test('what is lost on the way leaves what was known', async () => {
    await lookUpJobs();
    proxy.fail('GetJobs', 'status-500');
    clock.advance(5 * 60_000);
    await lookUpJobs();
    expect(jobs()?.size).toBe(450);
  });

  test('a listing stands for five minutes, and less long where a name is not in it', async () => {
    await lookUpJobs();
    const first = listed();
    clock.advance(60_000);
    await lookUpJobs();
    expect(listed()).toBe(first);
    await lookUpJobs({ unknown: ['glueJob'] });
    expect(listed()).toBe(2 * first);
    clock.advance(5 * 60_000);
    await lookUpJobs();
    expect(listed()).toBe(3 * first);
  });

  test('what another account listed in the meantime is not taken for this one', async () => {
    const under = lookUp(where, questions(['glueJob']));
    inventories.forget([localConnection]);
    await clock.run(under);
    expect(inventories.snapshot(localConnection)).toBeUndefined();
  });

  test('who stops waiting gets no list', async () => {
    const cancel = new AbortController();
    const listing = listAll(where, cancel.signal);
    cancel.abort(new Error('gone'));
    await expect(clock.run(listing)).rejects.toThrow('gone');
  });
});

describe('an account with all services', () => {
  const connection: Connection = { kind: 'profile', id: 'team', profile: 'team', region: 'eu-west-1' };
  const trust = (service: string): string =>
    encodeURIComponent(
      JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
      }),
    );
  const xml = (action: string, result: string): ScriptedAnswer => ({
    type: 'text/xml',
    body: `<${action}Response xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><${action}Result>${result}</${action}Result></${action}Response>`,
  });
  const role = (name: string, service: string): string =>
    `<Path>/x/</Path><RoleName>${name}</RoleName><RoleId>A</RoleId><Arn>arn:aws:iam::111122223333:role/x/${name}</Arn><CreateDate>2020-01-01T00:00:00Z</CreateDate><AssumeRolePolicyDocument>${trust(service)}</AssumeRolePolicyDocument>`;

  let aws: ScriptedAws;
  let account: OwnedAccount;
  let where: LookingUp;
  let answers: Record<string, (input: Readonly<Record<string, unknown>>) => ScriptedAnswer>;
  beforeEach(async () => {
    answers = {};
    aws = await scriptedAws(({ operation, input }) => {
      const [name = ''] = operation.split('?');
      return (
        answers[name.replace(/([^ ])\/$/, '$1')]?.(input) ?? awsError('UnknownOperationException', `no ${operation}`)
      );
    });
    account = accountAt(aws.endpoint, { clock });
    where = { inventories, connection, account, log };
  });
  afterEach(async () => {
    account.dispose();
    await aws.close();
  });
  const known = (kind: ResourceKind): KindNames | undefined => inventories.snapshot(connection)?.kinds[kind];

  test('gives its functions, roles, buckets, crawlers and what Cloud Control lists', async () => {
    answers = {
      'GET /2015-03-31/functions': () => ({ json: { Functions: [{ FunctionName: 'enrich' }] } }),
      ListRoles: ({ Marker }) =>
        Marker === undefined
          ? xml(
              'ListRoles',
              `<IsTruncated>true</IsTruncated><Marker>m</Marker><Roles><member>${role('A', 'glue.amazonaws.com')}</member></Roles>`,
            )
          : xml(
              'ListRoles',
              `<IsTruncated>false</IsTruncated><Roles><member>${role('B', 'states.eu-west-1.amazonaws.com')}</member></Roles>`,
            ),
      'GET /': () => ({
        type: 'application/xml',
        body: '<ListAllMyBucketsResult><Buckets><Bucket><Name>orders-data</Name></Bucket></Buckets></ListAllMyBucketsResult>',
      }),
      ListCrawlers: () => ({ json: { CrawlerNames: ['raw'] } }),
      GetConnections: ({ HidePassword }) => ({
        json: { ConnectionList: [{ Name: `warehouse-${String(HidePassword)}` }] },
      }),
      GetDatabases: () => ({ json: { DatabaseList: [{ Name: 'sales' }] } }),
      ListActivities: () => ({ json: { activities: [{ name: 'approve' }] } }),
      GetJobs: () => ({
        json: {
          Jobs: [
            {
              Name: 'load',
              DefaultArguments: { '--source': 'hidden-value' },
              NonOverridableArguments: { '--stage': 'prod' },
            },
          ],
        },
      }),
      ListResources: ({ TypeName, NextToken }) =>
        TypeName !== 'AWS::SQS::Queue'
          ? awsError('UnsupportedActionException', 'no list')
          : NextToken === undefined
            ? {
                json: {
                  ResourceDescriptions: [{ Identifier: 'https://sqs.eu-west-1.amazonaws.com/111122223333/a' }],
                  NextToken: '2',
                },
              }
            : {
                json: { ResourceDescriptions: [{ Identifier: 'https://sqs.eu-west-1.amazonaws.com/111122223333/b' }] },
              },
    };
    await clock.run(listAll(where));
    expect([...(known('lambdaFunction')?.names ?? [])]).toEqual(['enrich']);
    expect([...(known('s3Bucket')?.names ?? [])]).toEqual(['orders-data']);
    expect([...(known('glueCrawler')?.names ?? [])]).toEqual(['raw']);
    expect([...(known('glueConnection')?.names ?? [])]).toEqual(['warehouse-true']);
    expect([...(known('glueDatabase')?.names ?? [])]).toEqual(['sales']);
    expect([...(known('activity')?.names ?? [])]).toEqual(['approve']);
    expect([...(known('sqsQueue')?.names ?? [])]).toEqual(['a', 'b']);
    expect(known('glueJob')?.details?.get('load')).toEqual({ arguments: ['--source'], fixedArguments: ['--stage'] });
    expect(known('iamRole')?.details?.get('A')).toEqual({
      trusts: ['glue.amazonaws.com'],
      roleArn: 'arn:aws:iam::111122223333:role/x/A',
    });
    expect(known('iamRole')?.details?.get('B')?.trusts).toEqual(['states.amazonaws.com']);
    expect(known('snsTopic')).toBeUndefined();
    expect(log.lines.join()).not.toContain('hidden-value');
  });

  test('tells of single names where nothing can be listed', async () => {
    answers = {
      ListRoles: () => ({
        type: 'text/xml',
        status: 403,
        body: '<ErrorResponse><Error><Code>AccessDenied</Code><Message>User: arn:aws:iam::1:user/x is not authorized to perform: iam:ListRoles on resource: *</Message></Error></ErrorResponse>',
      }),
      GetRole: ({ RoleName }) =>
        RoleName === 'A'
          ? xml('GetRole', `<Role>${role('A', 'glue.amazonaws.com')}</Role>`)
          : {
              type: 'text/xml',
              status: 404,
              body: '<ErrorResponse><Error><Code>NoSuchEntity</Code><Message>no role</Message></Error></ErrorResponse>',
            },
      'GET /2015-03-31/functions': () => ({ json: { Functions: [{ FunctionName: 'enrich' }] } }),
      'GET /2015-03-31/functions/enrich/aliases': () => ({ json: { Aliases: [{ Name: 'live' }] } }),
      'GET /2015-03-31/functions/enrich/versions': () => ({
        json: { Versions: [{ Version: '$LATEST' }, { Version: '3' }] },
      }),
      'HEAD /there': () => ({ type: 'application/xml', body: '' }),
      'HEAD /others': () => ({ type: 'application/xml', status: 403, body: '' }),
      'HEAD /gone': () => ({ type: 'application/xml', status: 404, body: '' }),
    };
    const about: Questions['about'] = [
      { ask: 'role', name: 'A' },
      { ask: 'role', name: 'gone' },
      { ask: 'qualifiers', kind: 'lambdaFunction', name: 'enrich' },
      { ask: 'bucket', name: 'there' },
      { ask: 'bucket', name: 'others' },
      { ask: 'bucket', name: 'gone' },
    ];
    await clock.run(lookUp(where, questions(['iamRole', 'lambdaFunction'], { about })));
    expect(known('iamRole')).toMatchObject({ names: new Set(['A']), missing: new Set(['gone']), isPartial: true });
    expect(known('lambdaFunction')?.details?.get('enrich')?.qualifiers).toEqual(['live', '$LATEST', '3']);
    expect(known('s3Bucket')).toMatchObject({ names: new Set(['there', 'others']), missing: new Set(['gone']) });
    expect(log.lines.filter((line) => line.includes('iam:ListRoles'))).toHaveLength(1);
  });

  test('follows names that are renamed, deleted and made anew while their file is open', async () => {
    const denied = {
      type: 'text/xml',
      status: 403,
      body: '<ErrorResponse><Error><Code>AccessDenied</Code><Message>is not authorized to perform: iam:ListRoles</Message></Error></ErrorResponse>',
    };
    const gone = {
      type: 'text/xml',
      status: 404,
      body: '<ErrorResponse><Error><Code>NoSuchEntity</Code><Message>no role</Message></Error></ErrorResponse>',
    };
    let jobs = ['load'];
    let service: string | undefined = 'states.amazonaws.com';
    let hasBucket = true;
    answers = {
      GetJobs: () => ({ json: { Jobs: jobs.map((Name) => ({ Name })) } }),
      ListRoles: () => denied,
      GetRole: () => (service === undefined ? gone : xml('GetRole', `<Role>${role('A', service)}</Role>`)),
      'GET /': () => denied,
      'HEAD /orders': () => ({ type: 'application/xml', status: hasBucket ? 200 : 404, body: '' }),
    };
    const about: Questions['about'] = [
      { ask: 'role', name: 'A' },
      { ask: 'bucket', name: 'orders' },
    ];
    const look = async (afterMs: number, unknown: readonly ResourceKind[] = []): Promise<void> => {
      clock.advance(afterMs);
      await clock.run(lookUp(where, questions(['glueJob', 'iamRole', 's3Bucket'], { about, unknown })));
    };
    await look(0);
    expect(known('glueJob')?.names).toEqual(new Set(['load']));
    expect(known('iamRole')?.details?.get('A')?.trusts).toEqual(['states.amazonaws.com']);
    expect(known('s3Bucket')?.names).toEqual(new Set(['orders']));

    [jobs, service, hasBucket] = [['load-orders'], 'glue.amazonaws.com', false];
    await look(5 * 60_000);
    expect(known('glueJob')?.names).toEqual(new Set(['load-orders']));
    expect(known('iamRole')?.details?.get('A')?.trusts).toEqual(['glue.amazonaws.com']);
    expect(known('s3Bucket')).toMatchObject({ names: new Set(), missing: new Set(['orders']) });

    service = undefined;
    await look(5 * 60_000);
    expect(known('iamRole')).toMatchObject({ names: new Set(), missing: new Set(['A']) });

    // What was told as missing is looked up with the next save.
    [jobs, service, hasBucket] = [['load-orders', 'load'], 'glue.amazonaws.com', true];
    await look(20_000, ['glueJob']);
    expect(known('glueJob')?.names.has('load')).toBe(true);
    expect(known('iamRole')).toMatchObject({ names: new Set(['A']), missing: new Set() });
    expect(known('s3Bucket')).toMatchObject({ names: new Set(['orders']), missing: new Set() });
  });

  test('simulates what a role may do, and stops asking where that is denied', async () => {
    const resource = 'arn:aws:glue:eu-west-1:111122223333:job/load';
    const evaluated = (action: string, decision: string, more = ''): string =>
      `<member><EvalActionName>${action}</EvalActionName><EvalDecision>${decision}</EvalDecision>${more}</member>`;
    const results: Record<string, string> = {
      'glue:StartJobRun': evaluated('glue:StartJobRun', 'implicitDeny'),
      'glue:GetJobRun': evaluated('glue:GetJobRun', 'explicitDeny'),
      'glue:GetJobRuns': evaluated('glue:GetJobRuns', 'allowed'),
      'glue:BatchStopJobRun': evaluated(
        'glue:BatchStopJobRun',
        'implicitDeny',
        '<MissingContextValues><member>aws:x</member></MissingContextValues>',
      ),
    };
    answers = {
      GetRole: () => xml('GetRole', `<Role>${role('Flow', 'states.amazonaws.com')}</Role>`),
      SimulatePrincipalPolicy: (input) =>
        xml(
          'SimulatePrincipalPolicy',
          `<EvaluationResults>${[1, 2, 3, 4].map((index) => results[String(input[`ActionNames.member.${index}`])] ?? '').join('')}</EvaluationResults>`,
        ),
    };
    const about = [{ ask: 'permission', role: 'Flow', actions: Object.keys(results), resource }] as const;
    await clock.run(lookUp(where, questions([], { about })));
    const denied = [...(known('iamRole')?.details?.get('Flow')?.denied ?? [])].sort((a, b) =>
      a.action < b.action ? -1 : 1,
    );
    expect(denied).toEqual([
      { action: 'glue:GetJobRun', resource, isExplicit: true },
      { action: 'glue:StartJobRun', resource, isExplicit: false },
    ]);
    expect(aws.requests.find(({ operation }) => operation === 'SimulatePrincipalPolicy')?.input).toMatchObject({
      PolicySourceArn: 'arn:aws:iam::111122223333:role/x/Flow',
      'ResourceArns.member.1': resource,
    });

    inventories.forget([connection]);
    answers['SimulatePrincipalPolicy'] = () => ({
      type: 'text/xml',
      status: 403,
      body: '<ErrorResponse><Error><Code>AccessDenied</Code><Message>is not authorized to perform: iam:SimulatePrincipalPolicy</Message></Error></ErrorResponse>',
    });
    await clock.run(lookUp(where, questions([], { about })));
    expect(known('iamRole')?.details?.get('Flow')?.denied).toBeUndefined();
    expect(
      log.lines.filter((line) => line.startsWith('info') && line.includes('iam:SimulatePrincipalPolicy')),
    ).toHaveLength(1);
  });
});
