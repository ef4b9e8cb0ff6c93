import { describe, expect, it } from 'vitest';
import { placeholdersIn, withValues } from '../../../../src/core/language/stages.ts';
import { LineIndex } from '../../../../src/core/language/lineIndex.ts';
import { Contracts } from '../../../../src/core/workspace/contracts/contracts.ts';
import { activeStage, stageNames, stageParameters } from '../../../../src/core/workspace/stages.ts';
import { stageHints, stageHover } from '../../../../src/language-server/features/stages.ts';
import { indexOf } from './support.ts';

const config = JSON.stringify({
  stage: 'dev',
  stages: { dev: { Env: 'dev', bucket: 'orders-dev' }, prod: { Env: 'prod', bucket: 'orders-prod' } },
});
const yaml = `devAccount:
  awsAccountId: 321098765432
dev:
  jobs:
    LoadVotes: { input: s3://dev/in, limit: 5 }
test:
  jobs:
    LoadVotes: { input: s3://test/in, limit: 6 }
`;
const files = { 'sluice.json': config, 'default-config.yaml': yaml, 'deep/sluice.json': '{"stages": {"other": {}}}' };

async function contractsOf(more: Readonly<Record<string, string>> = {}): Promise<Contracts> {
  return new Contracts(await indexOf({ ...files, ...more }));
}

describe('placeholders', () => {
  it('have the value of their name, or of what follows its dots', () => {
    const values = { Env: 'dev', bucket: 'orders-dev' };
    expect(withValues('load-${Env} #{Env} {{ Env }} ${var.bucket} ${Other} ${', values)).toBe(
      'load-dev dev dev orders-dev ${Other} ${',
    );
    expect([...placeholdersIn('a ${b.c} #{d}')].map(({ name, start, end }) => [name, start, end])).toEqual([
      ['b.c', 2, 8],
      ['d', 9, 13],
    ]);
    expect(withValues('${constructor}', {})).toBe('${constructor}');
  });
});

describe('stages', () => {
  it('come from sluice.json and from files of stages, and the chosen one counts', async () => {
    const { stageSources: sources } = await contractsOf();
    expect(stageNames(sources)).toEqual(['dev', 'prod', 'other', 'test']);
    expect(activeStage(sources, {})).toMatchObject({
      name: 'dev',
      values: { Env: 'dev', awsAccountId: '321098765432', 'jobs.LoadVotes.input': 's3://dev/in' },
    });
    expect(activeStage(sources, { chosen: 'prod' })?.values).toEqual({ Env: 'prod', bucket: 'orders-prod' });
    expect(activeStage(sources, { chosen: 'gone' })?.name).toBe('dev');
    expect(activeStage([], { chosen: 'dev' })).toBeUndefined();
  });

  it('give a job its parameters, however its name is written', async () => {
    const stage = activeStage((await contractsOf()).stageSources, { chosen: 'test' });
    if (stage === undefined) throw new Error('no stage');
    expect(stageParameters(stage, ['votes', 'scripts/load_votes.py'])).toEqual({ input: 's3://test/in', limit: '6' });
    expect(stageParameters(stage, ['votes'])).toEqual({});
  });

  it('decide which job a name with a placeholder means, anew when another is chosen', async () => {
    const task = JSON.stringify({
      StartAt: 'Load',
      States: {
        Load: {
          Type: 'Task',
          Resource: 'arn:aws:states:::glue:startJobRun.sync',
          Parameters: { JobName: 'load-${Env}', Arguments: { '--x': '1' } },
          End: true,
        },
      },
    });
    const contracts = await contractsOf({
      'm.asl.json': task,
      'load.glue.json': JSON.stringify({ Name: 'load-prod', Role: 'r', Command: { ScriptLocation: 's3://b/l.py' } }),
    });
    const meant = (): number =>
      contracts.links.definitionsOf({ kind: 'job', reference: 'pattern:m.asl.json#load-${Env}' }).length;
    expect(meant()).toBe(0);
    contracts.choose('prod');
    expect(meant()).toBe(1);
    contracts.choose(undefined);
    expect(meant()).toBe(0);
  });

  it('show in hovers and hints', async () => {
    const contracts = await contractsOf();
    const text = 'Name: load-${Env}\nBucket: ${bucket} ${unknown}\n';
    const staged = { text, lines: LineIndex.of(text), sources: contracts.stageSources, stage: contracts.stage };
    const range = { start: { line: 0, character: 0 }, end: { line: 2, character: 0 } };
    expect(stageHints(staged, range).map(({ position, label }) => [position.line, position.character, label])).toEqual([
      [0, 17, '= dev'],
      [1, 17, '= orders-dev'],
    ]);
    expect(stageHover(staged, { line: 0, character: 13 })?.contents).toMatchObject({
      value: '`Env` by stage\n\n- **dev**: `dev`\n- prod: `prod`\n\nIn stage **dev**.',
    });
    expect(stageHover(staged, { line: 0, character: 2 })).toBeUndefined();
    expect(stageHover(staged, { line: 1, character: 22 })).toBeUndefined();
  });
});
