import { describe, expect, it } from 'vitest';
import { UserError } from '../../../../src/core/base/userError.ts';
import { applyDeploy, describeStep, type DeployPort } from '../../../../src/core/deploy/apply.ts';
import { deployableId, type Deployable } from '../../../../src/core/deploy/deployable.ts';
import { planDeploy, type DeployRecord } from '../../../../src/core/deploy/plan.ts';

const source = { checksum: '1', file: '/w/f', line: 3 };
const script: Deployable = {
  ...source,
  kind: 'object',
  id: deployableId('object', 's3://scripts/a.py'),
  location: 's3://scripts/a.py',
  read: async () => new TextEncoder().encode('print(1)'),
};
const job: Deployable = { ...source, kind: 'job', id: deployableId('job', 'a'), name: 'a', input: { Name: 'a' } };
const trigger: Deployable = { ...job, kind: 'trigger', id: deployableId('trigger', 'a') };
const machine: Deployable = {
  ...source,
  kind: 'machine',
  id: deployableId('machine', 'm'),
  name: 'm',
  definition: '{}',
  roleArn: 'r',
  type: 'STANDARD',
};
const all = [machine, trigger, job, script];
const record = (items: readonly Deployable[]): DeployRecord =>
  Object.fromEntries(items.map(({ id, checksum }) => [id, checksum]));

function port(failAt?: string): DeployPort & { calls: string[] } {
  const calls: string[] = [];
  const call = async (what: string): Promise<void> => {
    if (what === failAt) throw new UserError('bad-input', 'It is wrong.', 'Mend it.');
    calls.push(what);
  };
  return {
    calls,
    ensureBucket: async (bucket) => await call(`bucket ${bucket}`),
    putObject: async (location, body) => await call(`${location} ${body.length}`),
    putJob: async ({ Name }) => await call(`job ${Name}`),
    putWorkflow: async ({ Name }) => await call(`workflow ${Name}`),
    putTrigger: async ({ Name }) => await call(`trigger ${Name}`),
    putStateMachine: async ({ name }) => await call(`machine ${name}`),
  };
}

describe('deploy', () => {
  it('puts first what others need', async () => {
    const to = port();
    const seen: string[] = [];
    for await (const { state, step, index, total } of applyDeploy(
      planDeploy(all, {}, () => false),
      to,
    )) {
      if (state === 'doing') seen.push(`${index + 1}/${total} ${describeStep(step)}`);
    }
    expect(to.calls).toEqual(['bucket scripts', 's3://scripts/a.py 8', 'job a', 'trigger a', 'machine m']);
    expect(seen[1]).toBe('2/5 Uploading s3://scripts/a.py');
  });

  it('does nothing where all is there already, and only what changed or is gone', () => {
    const last = record(all);
    expect(planDeploy(all, last, () => true)).toEqual([]);
    const changed = [{ ...job, checksum: '2' }, machine, trigger, script];
    expect(planDeploy(changed, last, () => true).map(describeStep)).toEqual(['Job a']);
    expect(planDeploy(all, last, ({ kind }) => kind !== 'object').map(describeStep)).toEqual([
      'Bucket scripts',
      'Uploading s3://scripts/a.py',
    ]);
  });

  it('ends at what fails, names its file and line, and what is done stays known', async () => {
    const done: string[] = [];
    const run = async (): Promise<void> => {
      for await (const progress of applyDeploy(
        planDeploy(all, {}, () => false),
        port('trigger a'),
      )) {
        if (progress.state === 'done' && progress.step.kind === 'put') done.push(progress.step.item.id);
      }
    };
    await expect(run()).rejects.toMatchObject({
      code: 'bad-input',
      message: 'a was not deployed: It is wrong.',
      help: 'Mend it.',
      details: { file: '/w/f', line: 3 },
    });
    expect(done).toEqual([script.id, job.id]);
  });

  it('stops when it is cancelled', async () => {
    const to = port();
    const abort = new AbortController();
    const run = async (): Promise<void> => {
      for await (const { state, index } of applyDeploy(
        planDeploy(all, {}, () => false),
        to,
        abort.signal,
      )) {
        if (state === 'done' && index === 1) abort.abort();
      }
    };
    await expect(run()).rejects.toMatchObject({ name: 'AbortError' });
    expect(to.calls.length).toBe(2);
  });
});
