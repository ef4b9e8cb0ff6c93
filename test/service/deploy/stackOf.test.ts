import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Account } from '../../../src/aws/account.ts';
import { silentLog } from '../../../src/core/base/log.ts';
import { environmentConnection } from '../../../src/core/connections/connection.ts';
import { stackOf } from '../../../src/extension/deploy/stackOf.ts';
import { accountAt } from '../../support/awsAccount.ts';
import {
  identityReply,
  scriptedAws,
  type ScriptedAnswer,
  type ScriptedAws,
  type ScriptedRequest,
} from '../../support/scriptedAws.ts';

const { signal } = new AbortController();

let aws: ScriptedAws | undefined;
let account: Account | undefined;
beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIATEST');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  account?.dispose();
  await aws?.close();
});

const xml = (body: string, status = 200): ScriptedAnswer => ({ body, type: 'text/xml', status });
const error = (code: string, message: string, status: number): ScriptedAnswer =>
  xml(
    `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
    status,
  );
const stack = (...members: readonly (readonly [string, string])[]): ScriptedAnswer =>
  xml(
    `<DescribeStackResourcesResponse><DescribeStackResourcesResult><StackResources>${members
      .map(
        ([type, id]) =>
          `<member><StackName>orders-stack</StackName><ResourceType>${type}</ResourceType><PhysicalResourceId>${id}</PhysicalResourceId></member>`,
      )
      .join('')}</StackResources></DescribeStackResourcesResult></DescribeStackResourcesResponse>`,
  );

async function ask(kind: 'job' | 'machine', tags: ScriptedAnswer, stacks: ScriptedAnswer): Promise<string | undefined> {
  aws = await scriptedAws(({ operation }: ScriptedRequest) => {
    if (operation === 'GetCallerIdentity') return identityReply();
    return operation === 'DescribeStackResources' ? stacks : tags;
  });
  const environment = { AWS_ENDPOINT_URL: aws.endpoint };
  account = accountAt(aws.endpoint, { connection: environmentConnection('eu-west-1'), environment });
  return await stackOf({ account, kind, name: 'orders', log: silentLog }, signal);
}

const denied = error('AccessDenied', 'not authorized to perform: cloudformation:DescribeStackResources', 403);
const noTags: ScriptedAnswer = { json: {} };
const machineArn = 'arn:aws:states:eu-west-1:123456789012:stateMachine:orders';

test('tags are enough where they name the stack', async () => {
  const tags = { json: { Tags: { 'aws:cloudformation:stack-name': 'by-tags' } } };
  expect(await ask('job', tags, denied)).toBe('by-tags');
  expect(aws?.requests.map(({ operation }) => operation)).not.toContain('DescribeStackResources');
});

test('CloudFormation is asked where no tag says so, and where tags may not be read', async () => {
  const members = [['AWS::S3::Bucket', 'code'] as const, ['AWS::Glue::Job', 'orders'] as const];
  expect(await ask('job', noTags, stack(...members))).toBe('orders-stack');
  expect(aws?.requests.at(-1)?.input).toMatchObject({ PhysicalResourceId: 'orders' });
  account?.dispose();
  await aws?.close();
  const noRead = { status: 400, json: { __type: 'AccessDeniedException', message: 'no' } };
  expect(await ask('machine', noRead, stack(['AWS::StepFunctions::StateMachine', machineArn]))).toBe('orders-stack');
  expect(aws?.requests.at(-1)?.input).toMatchObject({ PhysicalResourceId: machineArn });
});

test('something else of the same name in a stack owns nothing', async () => {
  expect(await ask('job', noTags, stack(['AWS::Lambda::Function', 'orders']))).toBeUndefined();
});

test('what no stack made belongs to none, and a denial only silences', async () => {
  expect(await ask('job', noTags, error('ValidationError', 'Stack for orders does not exist', 400))).toBeUndefined();
  account?.dispose();
  await aws?.close();
  expect(await ask('job', noTags, denied)).toBeUndefined();
});
