import { Glue } from '@aws-sdk/client-glue';
import { IAM } from '@aws-sdk/client-iam';
import { SFN } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accessKeyId, askEvents, startTestAccount, type TestAccount } from './account.ts';

let account: TestAccount;
const events = async (operation: string, members: object): Promise<string> =>
  await askEvents({ endpoint: account.client.endpoint, accessKeyId }, operation, members);
let glue: Glue;
let sfn: SFN;
let iam: IAM;
beforeAll(async () => {
  account = await startTestAccount();
  glue = new Glue(account.client);
  sfn = new SFN(account.client);
  iam = new IAM(account.client);
});
afterAll(async () => {
  await account.dispose();
});

const definition = JSON.stringify({ StartAt: 'P', States: { P: { Type: 'Pass', End: true } } });
const Command = { Name: 'glueetl', ScriptLocation: 's3://b/x.py' };
const arnOf = (name: string): string => `arn:aws:iam::000000000000:role/${name}`;

async function createRole(RoleName: string, ...services: readonly string[]): Promise<void> {
  const Statement = [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: services } }];
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  expect((await iam.createRole({ RoleName, AssumeRolePolicyDocument })).Role?.Arn).toBe(arnOf(RoleName));
}

it('takes any role while the account has none, then only those that are there and trust the service', async () => {
  expect((await iam.getRole({ RoleName: 'any' })).Role?.Arn).toBe(arnOf('any'));
  await glue.createJob({ Name: 'before', Role: 'any', Command });
  await sfn.createStateMachine({ name: 'before', definition, roleArn: arnOf('any') });

  await createRole('etl', 'glue.amazonaws.com');
  await createRole('flow', 'states.us-east-1.amazonaws.com');
  await expect(iam.getRole({ RoleName: 'any' })).rejects.toMatchObject({ name: 'NoSuchEntityException' });

  await glue.createJob({ Name: 'by-name', Role: 'etl', Command });
  await glue.createJob({ Name: 'by-arn', Role: arnOf('etl'), Command });
  await sfn.createStateMachine({ name: 'good', definition, roleArn: arnOf('flow') });
  for (const Role of ['any', arnOf('flow'), 'arn:aws:iam::111111111111:role/etl']) {
    await expect(glue.createJob({ Name: 'bad', Role, Command })).rejects.toMatchObject({
      name: 'InvalidInputException',
      message: `Role ${Role} should be given assume role permissions for Glue Service.`,
    });
    await expect(glue.updateJob({ JobName: 'before', JobUpdate: { Role, Command } })).rejects.toMatchObject({
      name: 'InvalidInputException',
    });
  }
  const Targets = { S3Targets: [{ Path: 's3://b/x' }] };
  await expect(glue.createCrawler({ Name: 'bad', Role: 'flow', DatabaseName: 'd', Targets })).rejects.toMatchObject({
    name: 'InvalidInputException',
    message: "Service is unable to assume provided role. Please verify role's TrustPolicy",
  });
  await expect(sfn.createStateMachine({ name: 'bad', definition, roleArn: arnOf('etl') })).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining('authorized to assume the provided role') as string,
  });
  await events('PutRule', { Name: 'r', ScheduleExpression: 'rate(1 day)' });
  const { stateMachines = [] } = await sfn.listStateMachines({});
  const target = { Id: '1', Arn: stateMachines[0]?.stateMachineArn, RoleArn: arnOf('etl') };
  expect(await events('PutTargets', { Rule: 'r', Targets: [target] })).toContain(
    `Provided role '${arnOf('etl')}' cannot be assumed by principal 'events.amazonaws.com'.`,
  );
});

it('keeps roles and their trust over a restart', async () => {
  account = await account.restart();
  sfn = new SFN(account.client);
  await sfn.createStateMachine({ name: 'after', definition, roleArn: arnOf('flow') });
  const Statement = [{ Effect: 'Deny', Action: '*', Principal: '*' }];
  await new IAM(account.client).updateAssumeRolePolicy({
    RoleName: 'flow',
    PolicyDocument: JSON.stringify({ Statement }),
  });
  await expect(sfn.createStateMachine({ name: 'denied', definition, roleArn: arnOf('flow') })).rejects.toMatchObject({
    name: 'AccessDeniedException',
  });
});
