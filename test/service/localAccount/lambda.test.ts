import { createServer, type Server } from 'node:http';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { S3 } from '@aws-sdk/client-s3';
import { SFN, type DescribeExecutionOutput } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../../src/core/base/log.ts';
import { startTestAccount, type TestAccount } from './account.ts';

let account: TestAccount;
let sfn: SFN;
let folder: string;
const roleArn = 'arn:aws:iam::000000000000:role/sfn';

const template = `
Globals:
  Function:
    Runtime: python3.12
    Timeout: 30
    Environment:
      Variables:
        GREETING: hello
Resources:
  CheckRows:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: functions/check
      Handler: app.handler
      Environment:
        Variables:
          LIMIT: 3
          TABLE: !Ref Table
  Endless:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: functions/check
      Handler: app.endless
      Timeout: 1
  Inline:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: inline-fn
      Runtime: nodejs20.x
      Handler: index.handler
      Timeout: 30
      Code:
        ZipFile: |
          exports.handler = async (event, context) => {
            console.log('heard', event.name);
            if (!event.name) throw new RangeError('no name');
            return { text: process.env.AWS_LAMBDA_FUNCTION_NAME + ' ' + event.name, id: context.awsRequestId };
          };
`;

const python = `
import os, time
print("loaded")

def handler(event, context):
    import boto3
    boto3.client("s3").put_object(Bucket="lambda-out", Key="seen.txt", Body=str(event["rows"]))
    if event["rows"] > int(os.environ["LIMIT"]):
        raise ValueError("too many rows: %d" % event["rows"])
    assert "TABLE" not in os.environ
    return {"greeting": os.environ["GREETING"], "left": context.get_remaining_time_in_millis() > 0}

def endless(event, context):
    time.sleep(600)
`;

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-lambda-'));
  await put('template.yaml', template);
  await put('functions/check/app.py', python);
  await put('scripts/plain.mjs', 'export function run(event, context, callback) { callback(null, event.n + 1); }\n');
  account = await startTestAccount(silentLog, undefined, {
    folders: [folder],
    functions: { mapped: 'scripts/plain.mjs:run' },
  });
  sfn = new SFN(account.client);
  await new S3(account.client).createBucket({ Bucket: 'lambda-out' });
});
afterAll(async () => {
  await account.dispose();
  await rm(folder, { recursive: true, force: true });
});

let machines = 0;
async function task(state: object, input: unknown = {}): Promise<DescribeExecutionOutput> {
  machines += 1;
  const { stateMachineArn } = await sfn.createStateMachine({
    name: `m${machines}`,
    roleArn,
    definition: JSON.stringify({ StartAt: 'T', States: { T: { Type: 'Task', End: true, ...state } } }),
  });
  const { executionArn } = await sfn.startExecution({ stateMachineArn, input: JSON.stringify(input) });
  for (;;) {
    const execution = await sfn.describeExecution({ executionArn });
    if (execution.status !== 'RUNNING') return execution;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

const invoke = (name: string): object => ({
  Resource: 'arn:aws:states:::lambda:invoke',
  Parameters: { FunctionName: name, 'Payload.$': '$' },
});

describe('a Lambda function of the workspace', { timeout: 180_000 }, () => {
  it('runs with its environment against this account, and its output is in its log', async () => {
    const { status, output = '' } = await task(invoke('CheckRows'), { rows: 2 });
    expect(status).toBe('SUCCEEDED');
    expect(JSON.parse(output)).toMatchObject({ StatusCode: 200, Payload: { greeting: 'hello', left: true } });
    const seen = await new S3(account.client).getObject({ Bucket: 'lambda-out', Key: 'seen.txt' });
    expect(await seen.Body?.transformToString()).toBe('2');
    const { events = [] } = await new CloudWatchLogs(account.client).filterLogEvents({
      logGroupName: '/aws/lambda/CheckRows',
    });
    const lines = events.map(({ message = '' }) => message);
    expect(lines[0]).toMatch(/^START RequestId: /);
    expect(lines).toContain('loaded');
    expect(lines.at(-1)).toMatch(/^REPORT RequestId: .* Memory Size: 128 MB/);
  });

  it('fails with the name and the text of what it threw', async () => {
    const failed = await task(invoke('arn:aws:lambda:us-east-1:000000000000:function:CheckRows'), { rows: 9 });
    expect(failed).toMatchObject({ status: 'FAILED', error: 'ValueError' });
    expect(JSON.parse(failed.cause ?? '')).toMatchObject({
      errorMessage: 'too many rows: 9',
      errorType: 'ValueError',
      stackTrace: [expect.stringContaining('app.py') as unknown],
    });
  });

  it('is ended at its own time limit', async () => {
    const failed = await task(invoke('stack-Endless-1A2B3C4D5E6F'));
    expect(failed).toMatchObject({ status: 'FAILED', error: 'Sandbox.Timedout' });
    expect(failed.cause).toContain('Task timed out after 1.00 seconds');
  });

  it('may be Node, stand in the template itself, and be the Resource of a state', async () => {
    const resource = { Resource: 'arn:aws:lambda:us-east-1:000000000000:function:inline-fn' };
    const { output = '' } = await task(resource, { name: 'a' });
    expect(JSON.parse(output)).toMatchObject({ text: 'inline-fn a', id: expect.any(String) as unknown });
    expect(await task(resource)).toMatchObject({ status: 'FAILED', error: 'RangeError' });
  });

  it('may be named by the setting, and called through the SDK integration', async () => {
    const sdk = { ...invoke('mapped'), Resource: 'arn:aws:states:::aws-sdk:lambda:invoke' };
    const { output = '' } = await task(sdk, { n: 41 });
    expect(JSON.parse(output)).toMatchObject({ Payload: '42', StatusCode: 200 });
  });

  it('that is not there asks for its source or a mock', async () => {
    const failed = await task(invoke('elsewhere'));
    expect(failed).toMatchObject({ status: 'FAILED', error: 'Sluice.NotInLocalAccount' });
    expect(failed.cause).toMatch(
      /function elsewhere is not part of the local account\. No template.*sluice\.local\.functions/,
    );
  });
});

describe('http:invoke', () => {
  let server: Server;
  let origin: string;
  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        response.writeHead(request.url?.startsWith('/missing') ? 404 : 201, { 'content-type': 'application/json' });
        response.end(
          JSON.stringify({ method: request.method, url: request.url, type: request.headers['content-type'], body }),
        );
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  });
  afterAll(() => server.close());

  const ConnectionArn = 'arn:aws:events:us-east-1:000000000000:connection/c/0b7e5c52-8c5b-4a5c-9b3b-8f6b0f6f6c1a';
  const call = (path: string, more: object = {}): object => ({
    Resource: 'arn:aws:states:::http:invoke',
    Parameters: {
      ApiEndpoint: `${path.startsWith('http') ? '' : origin}${path}`,
      Method: 'POST',
      Authentication: { ConnectionArn },
      ...more,
    },
  });

  it('calls a server on this machine', async () => {
    const { output = '' } = await task(call('/a', { QueryParameters: { q: ['1', '2'] }, RequestBody: { x: 1 } }));
    expect(JSON.parse(output)).toMatchObject({
      StatusCode: 201,
      StatusText: 'Created',
      Headers: { 'content-type': ['application/json'] },
      ResponseBody: { method: 'POST', url: '/a?q=1&q=2', type: 'application/json', body: '{"x":1}' },
    });
    const form = { RequestBody: { a: 'b c' }, Transform: { RequestBodyEncoding: 'URL_ENCODED' } };
    const encoded = await task(call('/f', form));
    expect(encoded.output).toContain('a=b+c');
  });

  it('fails with the status, where nobody listens, and elsewhere than on this machine', async () => {
    expect(await task(call('/missing'))).toMatchObject({ error: 'States.Http.StatusCode.404' });
    expect(await task(call('http://127.0.0.1:1/'))).toMatchObject({ error: 'States.Http.Socket' });
    const far = await task(call('https://example.com/orders'));
    expect(far).toMatchObject({ error: 'Sluice.NotInLocalAccount' });
    expect(far.cause).toContain('The HTTP endpoint https://example.com is not part of the local account');
  });
});
