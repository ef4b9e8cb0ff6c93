import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findingsIn, linesOf } from './support.ts';

const script = `import sys
from awsglue.utils import getResolvedOptions

args = getResolvedOptions(sys.argv, ['JOB_NAME', 'source_path', 'sink_path'])
print(args['source_path'], args['sink_path'])
`;
const job = (given: object, more: object = {}): string =>
  JSON.stringify(
    {
      Name: 'load-orders',
      Role: 'GlueRole',
      GlueVersion: '5.1',
      Command: { Name: 'glueetl', ScriptLocation: 's3://scripts/jobs/load.py' },
      DefaultArguments: given,
      ...more,
    },
    undefined,
    2,
  );
const task = (given: object, name = 'load-orders'): string =>
  JSON.stringify(
    {
      StartAt: 'Load',
      States: {
        Load: {
          Type: 'Task',
          Resource: 'arn:aws:states:::glue:startJobRun.sync',
          Parameters: { JobName: name, Arguments: given },
          End: true,
        },
      },
    },
    undefined,
    2,
  );

describe('arguments between a script, its job and who starts it', () => {
  const base = { 'jobs/load.py': script };

  it('finds what nobody gives, at the job', async () => {
    const found = await findingsIn({ ...base, 'load.glue.json': job({ '--source_path': 's3://in/' }) });
    expect(found.map(({ code, at }) => `${code} ${at}`)).toEqual(['missing-argument "DefaultArguments"']);
    expect(found[0]?.finding.message).toBe('load.py asks for --sink_path, which the job does not give.');
    expect(found[0]?.finding.related).toEqual([
      {
        path: 'jobs/load.py',
        message: 'The script asks for sink_path here.',
        range: { start: { line: 3, character: 65 }, end: { line: 3, character: 74 } },
      },
    ]);
  });

  it('takes what a state machine, a trigger or a start of a run gives', async () => {
    const config = job({ '--source_path': 's3://in/' });
    expect(
      await linesOf({ ...base, 'load.glue.json': config, 'p.asl.json': task({ '--sink_path.$': '$.sink' }) }),
    ).toEqual([]);
    const trigger = '{"Name": "t", "Type": "ON_DEMAND", "Actions": [{"JobName": "load-orders", "Arguments": {}}]}';
    expect(
      await linesOf({
        ...base,
        'load.glue.json': config,
        'p.asl.json': task({ '--sink_path.$': '$.sink' }),
        't.glue.json': trigger,
      }),
    ).toEqual(['t.glue.json missing-argument "Arguments"']);
  });

  it('finds slips, capitals, abbreviations and what is left over', async () => {
    const given = { '--Source_Path': 'a', '--sink_pth': 'b', '--retired': 'c', '--TempDir': 's3://t/' };
    expect(await linesOf({ ...base, 'load.glue.json': job(given) })).toEqual([
      'load.glue.json misspelt-option "--Source_Path"',
      'load.glue.json misspelt-option "--sink_pth"',
      'load.glue.json unused-argument "--retired"',
    ]);
    const short = { '--source': 'a', '--sink_path': 'b' };
    const [until] = await findingsIn({ ...base, 'load.glue.json': job(short) });
    expect([until?.code, until?.finding.severity]).toEqual(['abbreviated-argument', 3]);
    const [from] = await findingsIn({ ...base, 'load.glue.json': job(short, { GlueVersion: '6.0' }) });
    expect([from?.code, from?.finding.severity]).toEqual(['abbreviated-argument', 2]);
    expect(from?.finding.message).toBe('Glue 6.0 no longer takes --source for --source_path, which load.py asks for.');
  });

  it('finds faults in what a task passes', async () => {
    const files = {
      ...base,
      'load.glue.json': job({ '--source_path': 'a', '--sink_path': 'b' }),
      'p.asl.json': task({ sink_path: 'x', '--JOB_NAME': 'y', '--Tempdir': 's3://b/' }),
    };
    expect(await linesOf(files)).toEqual([
      'p.asl.json argument-name "sink_path"',
      'p.asl.json reserved-argument "--JOB_NAME"',
      'p.asl.json misspelt-argument "--Tempdir"',
    ]);
  });

  it('finds names with a slip, and nothing of what may be in the account', async () => {
    const files = { 'load.glue.json': job({}), 'p.asl.json': task({}, 'laod-orders'), 'q.asl.json': task({}, 'other') };
    expect(await linesOf(files)).toEqual(['p.asl.json misspelt-name "laod-orders"']);
  });
});

describe('a finding that is wanted', () => {
  it('is ignored by a comment in Python and by a Comment field in JSON, as in every other rule', async () => {
    const files = { 'jobs/load.py': script, 'load.glue.json': job({ '--source_path': 'a' }) };
    const definition = task({}, 'laod-orders');
    const named = (mark: string): string =>
      definition.replace('"Type": "Task"', `"Type": "Task", "Comment": "${mark}"`);
    expect(await linesOf({ ...files, 'p.asl.json': named('sluice-ignore: misspelt-name') })).not.toContain(
      'p.asl.json misspelt-name "laod-orders"',
    );
    expect(await linesOf({ ...files, 'p.asl.json': named('other') })).toContain(
      'p.asl.json misspelt-name "laod-orders"',
    );
    const unasked = `${script}print(args['other'])`;
    expect(await linesOf({ 'l.py': unasked })).toEqual(['l.py unasked-option other']);
    expect(await linesOf({ 'l.py': `${unasked}  # sluice-ignore: unasked-option` })).toEqual([]);
  });
});

describe('the sample', () => {
  it('is without a fault between its files', async () => {
    const root = join(import.meta.dirname, '../../../../sample');
    const files: Record<string, string> = {};
    for (const path of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
      const full = join(root, path);
      if (statSync(full).isFile()) files[relative(root, full)] = readFileSync(full, 'utf8');
    }
    expect(await linesOf(files)).toEqual([]);
  });
});
