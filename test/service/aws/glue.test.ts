import { afterEach, expect, test } from 'vitest';
import { accountAt } from '../../support/awsAccount.ts';
import { rejection } from '../../support/rejection.ts';
import {
  awsError,
  scriptedAws,
  type ScriptedAnswer,
  type ScriptedAws,
  type ScriptedRequest,
} from '../../support/scriptedAws.ts';

let server: ScriptedAws | undefined;
afterEach(async () => await server?.close());

async function account(answer: (request: ScriptedRequest, count: number) => ScriptedAnswer) {
  server = await scriptedAws(answer);
  return accountAt(server.endpoint);
}

test('rows of a 10,000-job account arrive page by page, with one call for each page', async () => {
  const total = 10_000;
  const { glue } = await account(({ input }) => {
    const from = Number(input['NextToken'] ?? 0);
    const size = Number(input['MaxResults']);
    const Jobs = Array.from({ length: Math.min(size, total - from) }, (_, index) => ({
      Name: `job-${from + index}`,
      Role: 'role',
      Command: { Name: 'glueetl', ScriptLocation: `s3://scripts/${from + index}.py` },
    }));
    return { json: { Jobs, ...(from + size < total ? { NextToken: String(from + size) } : {}) } };
  });
  const first: number[] = [];
  let rows = 0;
  for await (const page of glue.listJobs()) {
    if (rows === 0) first.push(page.length, server!.requests.length);
    rows += page.length;
    if (rows >= 2_000) break;
  }
  expect(first).toEqual([200, 1]);
  expect(server!.requests).toHaveLength(Math.ceil(rows / 200));
});

test('a denied call names the action, the role and the resource', async () => {
  const { glue } = await account(() =>
    awsError(
      'AccessDeniedException',
      'User: arn:aws:sts::123456789012:assumed-role/analyst/ann is not authorized to perform: glue:GetJob on resource: arn:aws:glue:us-east-1:123456789012:job/orders because no identity-based policy allows the glue:GetJob action',
    ),
  );
  expect(await rejection(glue.getJob('orders'))).toMatchObject({
    code: 'access-denied',
    message: 'The Local connection may not read the Glue job (glue:GetJob denied for role analyst).',
    iamAction: 'glue:GetJob',
    resourceArn: 'arn:aws:glue:us-east-1:123456789012:job/orders',
  });
});

test('a job keeps what AWS says of it', async () => {
  const { glue } = await account(() => ({
    json: {
      Job: {
        Name: 'orders',
        Role: 'arn:aws:iam::1:role/glue',
        Command: { Name: 'gluestreaming', ScriptLocation: 's3://a/b.py', PythonVersion: '3' },
        DefaultArguments: { '--x': '1' },
        MaxRetries: 2,
        Timeout: 30,
        GlueVersion: '5.0',
        WorkerType: 'G.1X',
        NumberOfWorkers: 10,
        ExecutionProperty: { MaxConcurrentRuns: 3 },
        CreatedOn: 1_700_000_000.5,
      },
    },
  }));
  const { members, ...job } = await glue.getJob('orders');
  expect(members).toMatchObject({ Name: 'orders', ExecutionProperty: { MaxConcurrentRuns: 3 } });
  expect(job).toEqual({
    name: 'orders',
    kind: 'streaming',
    role: 'arn:aws:iam::1:role/glue',
    scriptLocation: 's3://a/b.py',
    pythonVersion: '3',
    defaultArguments: { '--x': '1' },
    nonOverridableArguments: {},
    maxRetries: 2,
    maxConcurrentRuns: 3,
    timeoutMinutes: 30,
    glueVersion: '5.0',
    workerType: 'G.1X',
    numberOfWorkers: 10,
    createdMs: 1_700_000_000_500,
  });
});

test('only triggers that start the job are its triggers, although AWS answers with all', async () => {
  const { glue } = await account(() => ({
    json: {
      Triggers: [
        { Name: 'other', Type: 'ON_DEMAND', State: 'CREATED', Actions: [{ JobName: 'else' }] },
        {
          Name: 'mine',
          Type: 'SCHEDULED',
          State: 'ACTIVATED',
          Schedule: 'cron(0 7 * * ? *)',
          Actions: [{ JobName: 'orders' }],
        },
      ],
    },
  }));
  expect(await glue.listTriggersOfJob('orders')).toEqual([
    {
      name: 'mine',
      kind: 'SCHEDULED',
      awsState: 'ACTIVATED',
      schedule: 'cron(0 7 * * ? *)',
      actions: [{ jobName: 'orders' }],
    },
  ]);
});

test('a job that is there is updated without what only its creation takes', async () => {
  const { glue } = await account(({ operation }) =>
    operation === 'GetJob'
      ? awsError('EntityNotFoundException', 'Job not found.')
      : operation === 'CreateJob'
        ? awsError('AlreadyExistsException', 'Job already exists.')
        : { json: { JobName: 'orders' } },
  );
  const put = glue.putJob({ Name: 'orders', Role: 'r', Command: { Name: 'glueetl' }, Tags: { a: 'b' } });
  expect(await put).toBe('updated');
  expect(server!.requests[2]).toMatchObject({
    operation: 'UpdateJob',
    input: { JobName: 'orders', JobUpdate: { Role: 'r', Command: { Name: 'glueetl' } } },
  });
  expect(server!.requests[2]!.text).not.toContain('Tags');
});
