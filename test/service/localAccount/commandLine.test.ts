import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Glue } from '@aws-sdk/client-glue';
import { S3 } from '@aws-sdk/client-s3';
import { SFN } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestAccount, type TestAccount } from './account.ts';
import { openCommandLine, pythonWithClients, type CommandLine } from './pythonClients.ts';

let account: TestAccount;
let line: CommandLine;
let folder: string;
beforeAll(async () => {
  account = await startTestAccount();
  line = openCommandLine(await pythonWithClients(), account);
  folder = await mkdtemp(join(tmpdir(), 'sluice-command-line-'));
}, 300_000);
afterAll(async () => {
  line.close();
  await account.dispose();
  await rm(folder, { recursive: true, force: true });
});

const text = async (...args: string[]): Promise<string> => await line.run(...args);
const aws = async (...args: string[]): Promise<unknown> =>
  JSON.parse((await text('--output', 'json', ...args)) || 'null') as unknown;

describe('the aws command line', { timeout: 120_000 }, () => {
  it('copies, lists, synchronizes, signs and removes files', async () => {
    await mkdir(join(folder, 'in/deep'), { recursive: true });
    await writeFile(join(folder, 'in/a.txt'), 'one');
    await writeFile(join(folder, 'in/deep/b.txt'), 'x'.repeat(9_000_000));
    await text('s3', 'mb', 's3://cli');
    await text('s3', 'sync', join(folder, 'in'), 's3://cli/up/');
    const list = await text('s3', 'ls', '--recursive', 's3://cli/');
    expect(list).toContain('3 up/a.txt');
    expect(list).toContain('9000000 up/deep/b.txt');
    // Nothing has changed: a second time nothing is sent.
    expect(await text('s3', 'sync', join(folder, 'in'), 's3://cli/up/')).toBe('');
    await text('s3', 'cp', 's3://cli/up/', join(folder, 'out'), '--recursive');
    expect(await readFile(join(folder, 'out/deep/b.txt'), 'utf8')).toBe('x'.repeat(9_000_000));
    const [, url = ''] = /^(http\S+)/.exec(await text('s3', 'presign', 's3://cli/up/a.txt')) ?? [];
    expect(await (await fetch(url)).text()).toBe('one');
    await text('s3api', 'wait', 'object-exists', '--bucket', 'cli', '--key', 'up/a.txt');
    await text('s3', 'rb', 's3://cli', '--force');
    await expect(text('s3', 'ls', 's3://cli')).rejects.toThrow(/NoSuchBucket/);
  });

  it('pages through jobs, in steps of its own choice', async () => {
    const glue = new Glue(account.client);
    for (const Name of ['a', 'b', 'c']) {
      await glue.createJob({ Name, Role: 'r', Command: { Name: 'pythonshell', ScriptLocation: 's3://cli/x.py' } });
    }
    const names = (page: unknown): unknown => (page as { readonly Jobs: readonly unknown[] }).Jobs;
    const first = (await aws('glue', 'get-jobs', '--max-items', '2')) as { readonly NextToken: string };
    expect(names(first)).toMatchObject([{ Name: 'a' }, { Name: 'b' }]);
    const rest = await aws('glue', 'get-jobs', '--max-items', '2', '--starting-token', first.NextToken);
    expect(names(rest)).toMatchObject([{ Name: 'c' }]);
    expect(await text('glue', 'get-jobs', '--page-size', '1', '--query', 'Jobs[].Name', '--output', 'text')).toMatch(
      /^a\s+b\s+c\s*$/,
    );
    await expect(aws('glue', 'get-workflow', '--name', 'none')).rejects.toThrow(
      /EntityNotFoundException.*workflow none does not exist/,
    );
  });

  it('starts an execution and asks for it until it has ended', async () => {
    const sfn = new SFN(account.client);
    const definition = JSON.stringify({ StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 1, End: true } } });
    const { stateMachineArn = '' } = await sfn.createStateMachine({
      name: 'waits',
      definition,
      roleArn: 'arn:aws:iam::000000000000:role/r',
    });
    const start = ['stepfunctions', 'start-execution', '--state-machine-arn', stateMachineArn];
    const arn = (await text(...start, '--query', 'executionArn', '--output', 'text')).trim();
    await expect
      .poll(
        async () =>
          await text(
            ...['stepfunctions', 'describe-execution', '--execution-arn', arn],
            ...['--query', 'status', '--output', 'text'],
          ),
        { timeout: 60_000 },
      )
      .toBe('SUCCEEDED\n');
    const history = await text(
      ...['stepfunctions', 'get-execution-history', '--execution-arn', arn, '--page-size', '2'],
      ...['--query', 'events[].type', '--output', 'text'],
    );
    expect(history.split(/\s+/)).toContain('ExecutionSucceeded');
  });

  it('filters the log of a run', async () => {
    const glue = new Glue(account.client);
    const s3 = new S3(account.client);
    await s3.createBucket({ Bucket: 'scripts' });
    await s3.putObject({ Bucket: 'scripts', Key: 'says.py', Body: 'print("INFO one")\nprint("ERROR two")' });
    const Command = { Name: 'pythonshell', ScriptLocation: 's3://scripts/says.py' };
    await glue.createJob({ Name: 'says', Role: 'r', Command });
    const run = await text('glue', 'start-job-run', '--job-name', 'says', '--query', 'JobRunId', '--output', 'text');
    const ask = { JobName: 'says', RunId: run.trim() };
    await expect
      .poll(async () => (await glue.getJobRun(ask)).JobRun?.JobRunState, { timeout: 60_000 })
      .toBe('SUCCEEDED');
    const found = await text(
      ...['logs', 'filter-log-events', '--log-group-name', '/aws-glue/python-jobs/output'],
      ...['--log-stream-name-prefix', run.trim(), '--filter-pattern', 'ERROR'],
      ...['--query', 'events[].message', '--output', 'text'],
    );
    expect(found).toBe('ERROR two\n');
  });

  it('runs an express state machine and waits for it', async () => {
    const definition = JSON.stringify({ StartAt: 'P', States: { P: { Type: 'Pass', End: true } } });
    const roleArn = 'arn:aws:iam::000000000000:role/r';
    const made = await new SFN(account.client).createStateMachine({ name: 'x', definition, roleArn, type: 'EXPRESS' });
    const args = ['--state-machine-arn', made.stateMachineArn ?? '', '--input', '{"a":1}'];
    expect(await aws('stepfunctions', 'start-sync-execution', ...args)).toMatchObject({ output: '{"a":1}' });
  });
});
