import { describe, expect, it } from 'vitest';
import { definitionsIn } from '../../../src/core/asl/index.ts';
import { describeMention, proposals } from '../../../src/core/existence/assistance.ts';
import {
  parseInventory,
  writeInventory,
  type Denial,
  type InventorySnapshot,
  type KindNames,
} from '../../../src/core/existence/inventory.ts';
import { namesOfIdentifier } from '../../../src/core/existence/kinds.ts';
import { mentionsInDefinition } from '../../../src/core/existence/mentions.ts';
import { questionsOf, type Questions } from '../../../src/core/existence/questions.ts';
import { validate } from '../../../src/core/validate.ts';

const inventory = (names: readonly string[], more: Partial<InventorySnapshot> = {}): InventorySnapshot => ({
  place: 'team · eu-west-1',
  region: 'eu-west-1',
  accountId: '111122223333',
  kinds: { glueJob: { names: new Set(names), asOfMs: Date.UTC(2026, 10, 20, 9, 30) } },
  ...more,
});
const machine = (resource: string, parameters: object): string =>
  JSON.stringify({
    StartAt: 'Run',
    States: { Run: { Type: 'Task', Resource: `arn:aws:states:::${resource}`, Parameters: parameters, End: true } },
  });
const missing = (text: string, fileName: string, known: InventorySnapshot): string[] =>
  validate(text, { fileName, inventory: known })
    .filter(({ code }) => code === 'sluice/not-found')
    .map(({ message }) => message);

describe('what an account has', () => {
  it('is compared with what a definition names, with the nearest name as a fix', () => {
    const text = machine('glue:startJobRun.sync', { JobName: 'laod-orders' });
    expect(missing(text, 'a.asl.json', inventory(['load-orders', 'report']))).toEqual([
      'There is no Glue job "laod-orders" in team · eu-west-1, as listed at 2026-11-20 09:30 UTC. Did you mean "load-orders"?',
    ]);
    expect(missing(text, 'a.asl.json', inventory(['laod-orders']))).toEqual([]);
  });

  it('says nothing of kinds that were not listed, of names that are filled in, and of other accounts and regions', () => {
    const start = 'glue:startJobRun';
    const none = inventory([]);
    expect(missing(machine('glue:startWorkflowRun', { Name: 'x' }), 'a.asl.json', none)).toEqual([]);
    expect(missing(machine(start, { JobName: '${Job}' }), 'a.asl.json', none)).toEqual([]);
    expect(missing(machine(start, { 'JobName.$': '$.job' }), 'a.asl.json', none)).toEqual([]);
    const machines = inventory([], { kinds: { stateMachine: { names: new Set(['a']), asOfMs: 0 } } });
    const child = (place: string): string =>
      machine('states:startExecution', { StateMachineArn: `arn:aws:states:${place}:stateMachine:b` });
    expect(missing(child('us-east-1:111122223333'), 'a.asl.json', machines)).toEqual([]);
    expect(missing(child('eu-west-1:444455556666'), 'a.asl.json', machines)).toEqual([]);
    expect(missing(child('eu-west-1:111122223333'), 'a.asl.json', machines)).toHaveLength(1);
  });

  it('is compared with the triggers and runs of configs, apart from what the file makes itself', () => {
    const trigger = (JobName: string): object => ({ Name: 't', Type: 'ON_DEMAND', Actions: [{ JobName }] });
    const job = {
      Name: 'own',
      Role: 'R',
      GlueVersion: '5.1',
      Command: { Name: 'glueetl', ScriptLocation: 's3://b/x.py' },
    };
    expect(missing(JSON.stringify(trigger('gone')), 't.glue.json', inventory(['there']))).toHaveLength(1);
    expect(missing(JSON.stringify([job, trigger('own')]), 't.glue.json', inventory(['there']))).toEqual([]);
  });

  it('with 50,000 names is looked up at once', () => {
    const names = Array.from({ length: 50_000 }, (_, index) => `job-${index}`);
    const text = machine('glue:startJobRun', { JobName: 'job-4999x' });
    expect(missing(text, 'a.asl.json', inventory(names))[0]).toContain('Did you mean "job-4999');
  });

  it('is written and read as text, and what is no inventory is refused', () => {
    const known = inventory(['b', 'a']);
    expect(parseInventory(writeInventory(known))).toEqual(known);
    expect(writeInventory(known)).toBe(writeInventory(inventory(['a', 'b'])));
    for (const text of ['{}', '[]', '{"version": 1}', '{"version": 1, "kinds": {"glueJob": {"names": [1]}}}', 'x']) {
      expect(() => parseInventory(text)).toThrow();
    }
  });
});

/** What is said of a text, as `code: message`. */
const said = (text: string, fileName: string, known: InventorySnapshot): string[] =>
  validate(text, { fileName, inventory: known })
    .filter(({ code }) => code.startsWith('sluice/'))
    .map(({ code, severity, message }) => `${code} ${severity}: ${message}`);
const kind = (names: readonly string[], more: Partial<KindNames> = {}): KindNames => ({
  names: new Set(names),
  asOfMs: Date.UTC(2026, 10, 20, 9, 30),
  ...more,
});
const account = (kinds: InventorySnapshot['kinds']): InventorySnapshot => inventory([], { kinds });
const lambda = (name: string): string => machine('lambda:invoke', { FunctionName: name });
const here = 'eu-west-1:111122223333';

describe('other kinds of an account', () => {
  it('are looked up by name, ARN and address, and in every field that names them', () => {
    const known = account({
      lambdaFunction: kind(['enrich']),
      sqsQueue: kind(['orders']),
      dynamodbTable: kind(['orders']),
      glueCrawler: kind(['raw']),
      iamRole: kind(['GlueRole']),
      glueConnection: kind(['warehouse']),
      kmsKey: kind([]),
      kmsAlias: kind(['etl']),
      s3Bucket: kind(['orders-data']),
    });
    const fine = [
      lambda('enrich'),
      lambda(`arn:aws:lambda:${here}:function:enrich:live`),
      machine('sqs:sendMessage', { QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/111122223333/orders' }),
      machine('dynamodb:getItem', { TableName: 'orders', Key: {} }),
      machine('aws-sdk:glue:startCrawler', { Name: 'raw' }),
      machine('aws-sdk:kms:decrypt', { KeyId: 'alias/etl', CiphertextBlob: 'x' }),
      // What a task makes, and what belongs to whom nobody knows.
      machine('aws-sdk:glue:createCrawler', { Name: 'new', Role: 'R', Targets: {} }),
      machine('aws-sdk:s3:getObject', { Bucket: 'commoncrawl', Key: 'x' }),
    ];
    for (const text of fine) expect(said(text, 'a.asl.json', known), text).toEqual([]);
    const wrong: readonly (readonly [string, string])[] = [
      [lambda('enrihc'), 'There is no Lambda function "enrihc"'],
      [lambda(`arn:aws:lambda:${here}:function:gone`), 'There is no Lambda function "gone"'],
      [machine('dynamodb:getItem', { TableName: 'orers', Key: {} }), 'Did you mean "orders"?'],
      [machine('aws-sdk:glue:startCrawler', { Name: 'rwa' }), 'There is no Glue crawler "rwa"'],
      [machine('aws-sdk:s3:getObject', { Bucket: 'order-data', Key: 'x' }), 'Did you mean "orders-data"?'],
    ];
    for (const [text, words] of wrong) expect(said(text, 'a.asl.json', known).join(), text).toContain(words);
    const config = {
      Name: 'load',
      Role: `arn:aws:iam::111122223333:role/service-role/GlueRol`,
      Connections: { Connections: ['warehouse', 'warehosue'] },
      Command: { Name: 'glueetl', ScriptLocation: 's3://orders-data/load.py' },
    };
    expect(
      said(JSON.stringify(config), 'load.glue.json', known).map((one) => one.replace(/, as listed.*?UTC/, '')),
    ).toEqual([
      'sluice/not-found 2: There is no IAM role "GlueRol" in team · eu-west-1. Did you mean "GlueRole"?',
      'sluice/not-found 2: There is no Glue connection "warehosue" in team · eu-west-1. Did you mean "warehouse"?',
    ]);
  });

  it('are read of the connections that jobs of the CDK are given, once for each place', () => {
    const known = account({ glueConnection: kind(['shop-db']) });
    const named = (name: string): string => `glue.Connection.from_connection_name(self, "C", "${name}")`;
    const job = (list: string): string =>
      `glue.PySparkEtlJob(self, "J", role=role, script=code, connections=[${list}])`;
    const program = [
      'import aws_cdk.aws_glue_alpha as glue',
      `shop = ${named('shop-bd')}`,
      `self.other = ${named('shop-db')}`,
      job('shop'),
      job('shop, self.other, vpc'),
      job(`${named('shop-dbs')}, glue.Connection(self, "N", type=NETWORK)`),
    ].join('\n');
    expect(said(program, 'app.py', known).map((one) => one.replace(/^.*?There/, 'There'))).toEqual([
      expect.stringContaining('There is no Glue connection "shop-bd"'),
      expect.stringContaining('There is no Glue connection "shop-dbs"'),
    ]);
  });

  it('are told apart: a workflow where a job is due, an ARN of another kind', () => {
    const known = account({ glueJob: kind(['load']), glueWorkflow: kind(['nightly']), stateMachine: kind(['orders']) });
    expect(said(machine('glue:startJobRun', { JobName: 'nightly' }), 'a.asl.json', known)).toEqual([
      'sluice/wrong-kind 2: "nightly" is a Glue workflow in team · eu-west-1: there is no Glue job of that name.',
    ]);
    const activity = machine('states:startExecution', { StateMachineArn: `arn:aws:states:${here}:activity:orders` });
    expect(said(activity, 'a.asl.json', known).join()).toContain('is an activity, and a state machine is due here.');
  });

  it('of other places are said to be elsewhere, once for each place, and not on this machine', () => {
    const away = 'arn:aws:lambda:us-east-1:444455556666:function:';
    const task = (name: string, next: string): object => ({ Type: 'Task', Resource: away + name, Next: next });
    const text = JSON.stringify({
      StartAt: 'A',
      States: { A: task('a', 'B'), B: task('b', 'C'), C: { Type: 'Succeed' } },
    });
    const known = account({ lambdaFunction: kind([]) });
    expect(said(text, 'a.asl.json', known)).toEqual([
      'sluice/elsewhere 3: The Lambda function "a" is in account 444455556666 and region us-east-1, and team · eu-west-1 is account 111122223333 in eu-west-1: what is there is not looked up.',
    ]);
    expect(said(text, 'a.asl.json', { ...known, isLocal: true })).toEqual([]);
  });

  it('have aliases and versions, as far as somebody asked', () => {
    const details = new Map([['enrich', { qualifiers: ['live', '$LATEST', '3'] }]]);
    const known = account({ lambdaFunction: kind(['enrich', 'other'], { details }) });
    const named = (qualifier: string, name = 'enrich'): string =>
      lambda(`arn:aws:lambda:${here}:function:${name}:${qualifier}`);
    for (const fine of ['live', '$LATEST', '3']) expect(said(named(fine), 'a.asl.json', known)).toEqual([]);
    expect(said(named('lvie'), 'a.asl.json', known).join()).toContain('has no alias "lvie". Did you mean "live"?');
    expect(said(named('7'), 'a.asl.json', known).join()).toContain('has no version "7"');
    expect(said(named('x', 'other'), 'a.asl.json', known)).toEqual([]);
  });

  it('that were looked up one by one say nothing of the others', () => {
    const known = account({ iamRole: kind(['GlueRole'], { isPartial: true, missing: new Set(['gone']) }) });
    const job = (Role: string): string =>
      JSON.stringify({ Name: 'x', Role, Command: { Name: 'glueetl', ScriptLocation: 's3://b/x.py' } });
    expect(said(job('GlueRole'), 'x.glue.json', known)).toEqual([]);
    expect(said(job('unasked'), 'x.glue.json', known)).toEqual([]);
    expect(said(job('gone'), 'x.glue.json', known)).toHaveLength(1);
  });
});

describe('what is deployed', () => {
  const start = (...names: string[]): string =>
    machine('glue:startJobRun', { JobName: 'load', Arguments: Object.fromEntries(names.map((name) => [name, 'x'])) });

  it('takes the arguments that a run gives', () => {
    const details = new Map([['load', { arguments: ['--source', '--target'], fixedArguments: ['--stage'] }]]);
    const known = account({ glueJob: kind(['load'], { details }) });
    expect(said(start('--source', '--extra', '--enable-metrics'), 'a.asl.json', known)).toEqual([]);
    expect(said(start('--source.$', '--target.$', '--extra.$'), 'a.asl.json', known)).toEqual([]);
    expect(said(start('--souce.$'), 'a.asl.json', known)).toEqual([
      'sluice/deployed-arguments 2: The deployed job "load" has no argument --souce. Did you mean "--source"?',
    ]);
    expect(said(start('--souce', '--stage'), 'a.asl.json', known)).toEqual([
      'sluice/deployed-arguments 2: The deployed job "load" has no argument --souce. Did you mean "--source"?',
      'sluice/deployed-arguments 2: The deployed job "load" fixes --stage (NonOverridableArguments): what is given here is ignored.',
    ]);
  });

  it('has roles that the services may assume, and that may do what is asked of them', () => {
    const role = (trusts: string[], denied: Denial[] = []): InventorySnapshot =>
      account({
        glueJob: kind(['load']),
        stateMachine: kind(['a'], { details: new Map([['a', { roleArn: 'arn:aws:iam::111122223333:role/Flow' }]]) }),
        iamRole: kind(['Flow'], { details: new Map([['Flow', { trusts, denied }]]) }),
      });
    const text = start();
    expect(said(text, 'a.asl.json', role(['states.amazonaws.com']))).toEqual([]);
    expect(said(text, 'a.asl.json', role(['lambda.amazonaws.com'])).join()).toContain(
      'Step Functions cannot assume the role "Flow" of the deployed machine',
    );
    const resource = `arn:aws:glue:${here}:job/load`;
    const denied = [{ action: 'glue:StartJobRun', resource, isExplicit: false }];
    expect(said(text, 'a.asl.json', role(['states.amazonaws.com'], denied))).toEqual([
      `sluice/permission-denied 2: No policy of the role "Flow" in team · eu-west-1 allows glue:StartJobRun on ${resource}.`,
    ]);
    const explicit = [{ action: 'glue:StartJobRun', resource, isExplicit: true }];
    expect(said(text, 'a.asl.json', role(['states.amazonaws.com'], explicit)).join()).toContain(
      'sluice/permission-denied 1',
    );
    const config = JSON.stringify({
      Name: 'x',
      Role: 'Flow',
      Command: { Name: 'glueetl', ScriptLocation: 's3://b/x.py' },
    });
    expect(said(config, 'x.glue.json', role(['states.amazonaws.com']))).toEqual([
      'sluice/role-trust 2: Glue cannot assume the role "Flow": its trust policy lets states.amazonaws.com assume it, not glue.amazonaws.com.',
    ]);
  });

  it('is asked about by what a document names', () => {
    const known = account({ glueJob: kind(['load']), stateMachine: kind(['a']) });
    const asked = (inventoryNow?: InventorySnapshot): Questions =>
      questionsOf(
        { definitions: definitionsIn(start(), { fileName: 'a.asl.json' }), glue: undefined, machineName: 'a' },
        inventoryNow,
      );
    expect(asked()).toEqual({ kinds: ['glueJob', 'stateMachine'], unknown: ['glueJob'], about: [] });
    expect(asked(known)).toMatchObject({ unknown: [], about: [{ ask: 'machine', name: 'a' }] });
    const withRole = account({
      ...known.kinds,
      stateMachine: kind(['a'], { details: new Map([['a', { roleArn: 'arn:aws:iam::111122223333:role/x/Flow' }]]) }),
    });
    expect(asked(withRole).about).toContainEqual({
      ask: 'permission',
      role: 'Flow',
      actions: ['glue:StartJobRun'],
      resource: `arn:aws:glue:${here}:job/load`,
    });
  });
});

describe('identifiers of Cloud Control', () => {
  it.each([
    ['sqsQueue', 'https://sqs.eu-west-1.amazonaws.com/111122223333/orders', ['orders']],
    ['snsTopic', `arn:aws:sns:${here}:alerts`, ['alerts']],
    ['ecsTaskDefinition', `arn:aws:ecs:${here}:task-definition/etl:4`, ['etl', 'etl:4']],
    ['batchJobQueue', `arn:aws:batch:${here}:job-queue/nightly`, ['nightly']],
    ['secret', `arn:aws:secretsmanager:${here}:secret:db/orders-AbC123`, ['db/orders']],
    ['kmsAlias', 'alias/etl', ['etl']],
    ['dynamodbTable', 'orders', ['orders']],
    ['emrServerlessApplication', '00f1abc', ['00f1abc']],
  ] as const)('of %s are names', (of, identifier, names) => {
    expect(namesOfIdentifier(of, identifier)).toEqual(names);
  });
});

describe('proposals', () => {
  it('of 50,000 names are the first of those that are like what is typed', () => {
    const names = Array.from({ length: 50_000 }, (_, index) => `job-${index}`);
    const known = account({ glueJob: kind(names), stateMachine: kind(['orders']) });
    const found = proposals('glueJob', 'job-4999', known);
    expect(found.map(({ name }) => name).slice(0, 3)).toEqual(['job-4999', 'job-49990', 'job-49991']);
    expect(proposals('glueJob', '', known)).toHaveLength(200);
    expect(proposals('stateMachine', '', known, 'arn')[0]?.written).toBe(`arn:aws:states:${here}:stateMachine:orders`);
    expect(proposals('glueCrawler', '', known)).toEqual([]);
  });

  it('and ages are told in words', () => {
    const known = account({ glueJob: kind(['load-orders']) });
    const definition = definitionsIn(machine('glue:startJobRun', { JobName: 'load-ordres' }), {
      fileName: 'a.asl.json',
    });
    const [mention] = definition.flatMap(mentionsInDefinition);
    const words = mention && describeMention(mention, known, Date.UTC(2026, 10, 20, 9, 33));
    expect(words).toBe('No Glue job `load-ordres` in team · eu-west-1; there is `load-orders` · checked 3 min ago');
  });
});
