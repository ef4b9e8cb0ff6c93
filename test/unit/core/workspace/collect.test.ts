import { describe, expect, it } from 'vitest';
import { collectWorkspace } from '../../../../src/core/workspace/collect.ts';
import { fileOfLocation, isInputOf, machineName } from '../../../../src/core/workspace/workspaceFile.ts';

const job = (name: string, location: string, extra: object = {}): string =>
  JSON.stringify(
    { Name: name, Role: 'r', Command: { Name: 'glueetl', ScriptLocation: location }, ...extra },
    undefined,
    2,
  );

function collect(files: Record<string, string>) {
  return collectWorkspace(Object.keys(files), new Map(Object.entries(files)));
}

describe('what a workspace holds', () => {
  it('tells jobs, workflows and triggers apart by what they say', () => {
    const content = collect({
      'jobs/a.glue.json': job('a', 's3://scripts/a.py'),
      'jobs/a.py': 'print(1)',
      'w.glue.json': '{"Name": "nightly", "DefaultRunProperties": {}}',
      't.glue.json': '{"Name": "start", "Type": "ON_DEMAND", "Actions": [{"JobName": "a"}]}',
      'pipelines/orders.asl.json': '{"StartAt": "A", "States": {}}',
      'pipelines/late.asl.yaml': 'StartAt: A\nStates:\n  A: {Type: Succeed}\n',
      'data/raw-bucket/orders/1.csv': '',
      'README.md': '',
    });
    expect(content.configs.map(({ kind, name }) => [kind, name])).toEqual([
      ['job', 'a'],
      ['trigger', 'start'],
      ['workflow', 'nightly'],
    ]);
    expect(content.definitions.map(({ name }) => name)).toEqual(['late', 'orders']);
    expect(JSON.parse(content.definitions[0]?.definition ?? '')).toEqual({
      StartAt: 'A',
      States: { A: { Type: 'Succeed' } },
    });
    expect(content.objects.map(({ location, file }) => [location, file])).toEqual([
      ['s3://raw-bucket/orders/1.csv', 'data/raw-bucket/orders/1.csv'],
      ['s3://scripts/a.py', 'jobs/a.py'],
    ]);
    expect(content.problems).toEqual([]);
  });

  it('reads the type of a state machine from its comment, in JSON and YAML', () => {
    const { definitions } = collect({
      'a.asl.json': '{"Comment": "Quick. sluice: express", "StartAt": "A", "States": {"A": {"Type": "Succeed"}}}',
      'b.asl.yaml': 'Comment: "sluice: standard"\nStartAt: A\nStates:\n  A: {Type: Succeed}\n',
      'c.asl.json': '{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}',
    });
    expect(definitions.map(({ name, type }) => [name, type])).toEqual([
      ['a', 'EXPRESS'],
      ['b', 'STANDARD'],
      ['c', undefined],
    ]);
  });

  it('takes what get-job prints, without what create-job refuses', () => {
    const reply = { Job: { Name: 'a', Command: { ScriptLocation: 's3://b/a.py' }, CreatedOn: 1, WorkerType: 'G.1X' } };
    const text = JSON.stringify({ Job: { ...reply.Job, NumberOfWorkers: 2, MaxCapacity: 2, AllocatedCapacity: 2 } });
    const { configs } = collect({ 'a.glue.json': text, 'a.py': '' });
    expect(Object.keys(configs[0]?.input ?? {}).sort()).toEqual(['Command', 'Name', 'NumberOfWorkers', 'WorkerType']);
    const update = JSON.stringify({ JobName: 'b', JobUpdate: { Command: { ScriptLocation: 's3://b/a.py' } } });
    expect(collect({ 'b.glue.json': update, 'a.py': '' }).configs[0]?.input.Name).toBe('b');
  });

  it('names file and line of what it cannot use, and uses the rest', () => {
    const content = collect({
      'a.glue.json': job('a', 's3://scripts/missing.py'),
      'b.glue.json': '{\n  "Name": "b"\n  "Role": "r"\n}',
      'c.glue.json': job('a', 's3://scripts/a.py'),
      'd.glue.json': job('d', './d.py'),
      'e.glue.json': '[{"Role": "x"}, {"Name": "e"}]',
      'x.asl.json': '{"StartAt" 1}',
      'y.asl.yaml': 'StartAt: [\n',
    });
    expect(content.problems.map(({ file, line, message }) => `${file}:${line} ${message}`)).toEqual([
      'b.glue.json:3 Not JSON: expected ",".',
      'c.glue.json:2 a.glue.json describes the job a too.',
      'e.glue.json:1 Name is missing.',
      'x.asl.json:1 Not JSON: expected ":".',
      expect.stringMatching(/^y\.asl\.yaml:2 Not YAML: /),
      'a.glue.json:6 No file missing.py in the workspace for s3://scripts/missing.py.',
      'd.glue.json:6 ScriptLocation must be s3://bucket/key, not ./d.py.',
    ]);
    expect(content.configs.map(({ name }) => name)).toEqual(['a', 'd', 'e']);
  });

  it('uploads modules that a job imports', () => {
    const { objects } = collect({
      'jobs/a.glue.json': job('a', 's3://s/a.py', {
        DefaultArguments: { '--extra-py-files': 's3://s/lib/orders.py, s3://other/not-here.whl' },
      }),
      'jobs/a.py': '',
      'jobs/lib/orders.py': '',
    });
    expect(objects.map(({ location }) => location)).toEqual(['s3://s/a.py', 's3://s/lib/orders.py']);
  });
});

describe('names of files', () => {
  it('find the script that is nearest in name and place', () => {
    const paths = ['a/main.py', 'b/main.py', 'b/jobs/main.py'];
    expect(fileOfLocation('s3://x/main.py', paths, 'b/config.glue.json')).toBe('b/main.py');
    expect(fileOfLocation('s3://x/jobs/main.py', paths, 'a/config.glue.json')).toBe('b/jobs/main.py');
    expect(fileOfLocation('s3://x/other.py', paths, 'a')).toBeUndefined();
    expect(fileOfLocation('s3://x/prefix/', paths, 'a')).toBeUndefined();
  });

  it('give the machine its name and its inputs', () => {
    expect(['a/o.asl.json', 'o.asl', 'o.asl.yml'].map(machineName)).toEqual(['o', 'o', 'o']);
    const inputs = ['p/o.input.json', 'p/o.empty.input.json', 'p/other.input.json', 'q/o.input.json', 'p/input.json'];
    expect(inputs.filter((path) => isInputOf('p/o.asl.json', path))).toEqual([
      'p/o.input.json',
      'p/o.empty.input.json',
      'p/input.json',
    ]);
  });
});
