import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseInvocation, type CheckArguments } from '../../../src/cli/arguments.ts';
import { check } from '../../../src/cli/check.ts';

const wrong =
  '{\n  "StartAt": "A",\n  "States": {\n    "A": { "Type": "Pass", "Next": "Bb" },\n    "B": { "Type": "Succeed" }\n  }\n}\n';
const right = '{ "StartAt": "A", "States": { "A": { "Type": "Succeed" } } }\n';

/** What the standard calls by these names; nothing of it is taken for given. */
interface Log {
  readonly version?: string;
  readonly runs: readonly {
    readonly tool?: {
      readonly driver: { readonly name?: string; readonly rules?: readonly { readonly id: string }[] };
    };
    readonly columnKind?: string;
    readonly results?: readonly {
      readonly ruleId?: string;
      readonly level?: string;
      readonly message: { readonly text?: string };
      readonly locations?: readonly {
        readonly physicalLocation?: {
          readonly artifactLocation?: { readonly uri?: string };
          readonly region?: Readonly<Record<'startLine' | 'startColumn' | 'endLine' | 'endColumn', number>>;
        };
      }[];
    }[];
  }[];
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-check-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
  return path;
}

async function run(args: readonly string[], input = ''): Promise<{ code: number; output: string; errors: string }> {
  const invocation = parseInvocation(['check', ...args]);
  if (invocation.kind !== 'check') throw new Error(`Not a check: ${JSON.stringify(invocation)}`);
  const options: CheckArguments = invocation.options;
  let output = '';
  let errors = '';
  const code = await check(options, {
    input: Readable.from([input]),
    output: (text) => (output += text),
    errors: (text) => (errors += text),
  });
  return { code, output, errors };
}

describe('sluice check', () => {
  it('finds definitions by name and by content, and leaves other files alone', async () => {
    write('a.asl.json', right);
    write('deep/b.json', wrong);
    write('deep/c.yaml', 'StartAt: A\nStates:\n  A:\n    Type: Succeed\n');
    write('package.json', '{"name": "x"}');
    write('node_modules/d.asl.json', wrong);
    const { code, output } = await run([folder]);
    expect(code).toBe(1);
    expect(output).toContain('3 files checked');
    expect(output).toContain(`${join(folder, 'deep/b.json')}:4:36  error`);
    expect(output).toContain('asl/unknown-next');
    expect(output).toMatch(/\n {2}4 \| .*"Next": "Bb" .*\n {4}\| {36}\^\^\^\^\n/);
  });

  it('finds the definitions of a synthesized CDK app, joined from pieces', async () => {
    const pieces = wrong.split('"Bb"');
    const DefinitionString = {
      'Fn::Join': ['', [`${pieces[0] ?? ''}"B`, { Ref: 'AWS::Region' }, `"${pieces[1] ?? ''}`]],
    };
    const joined = { Type: 'AWS::StepFunctions::StateMachine', Properties: { DefinitionString } };
    const plain = { ...joined, Properties: { DefinitionString: { 'Fn::Join': ['', [wrong]] } } };
    write('cdk.out/App.template.json', JSON.stringify({ Resources: { Joined: joined, Plain: plain } }, undefined, 1));
    const { code, output } = await run([folder, '--format', 'json']);
    expect(code).toBe(1);
    const errors = (JSON.parse(output) as { severity: string; message: string }[]).filter(
      ({ severity }) => severity === 'error',
    );
    expect(errors.map(({ message }) => message)).toEqual([expect.stringContaining('"Bb"')]);
  });

  it('takes a named file as a definition, or leaves it out where it holds none, as a commit hook wants it', async () => {
    const other = write('package.json', '{"name": "x"}');
    const program = write('deploy.py', `import json\nprint(json.dumps(${right}))\n`);
    expect((await run([other])).code).toBe(1);
    const { code, output } = await run(['--skip-others', other, program]);
    expect(code).toBe(0);
    expect(output).toContain('1 file checked');
  });

  it('reads standard input and tells machines in JSON, SARIF and as GitHub annotations', async () => {
    const json = await run(['-', '--format', 'json', '--stdin-filename', 'p.asl.json'], wrong);
    const findings = JSON.parse(json.output) as { path: string; code: string; range: object }[];
    expect(findings).toContainEqual(
      expect.objectContaining({ path: 'p.asl.json', code: 'asl/unknown-next', severity: 'error' }),
    );

    const github = await run(['-', '--format', 'github'], wrong);
    expect(github.output).toMatch(/^::error file=stdin\.asl\.json,line=4,endLine=4,col=36,title=asl\/unknown-next::/m);
  });

  it('writes SARIF with what the standard requires', async () => {
    write('of #1?.asl.json', wrong);
    write('right.asl.json', right);
    const { output } = await run([folder, '--format', 'sarif']);
    const log = JSON.parse(output) as Log;
    // Section 3 of the standard: version and runs, a tool with the name of its driver, a message for each result.
    expect(Object.keys(log).sort()).toEqual(['$schema', 'runs', 'version']);
    expect(log.version).toBe('2.1.0');
    const { tool, results = [], columnKind } = log.runs[0] ?? {};
    expect(tool?.driver.name).toBe('Sluice');
    expect(columnKind).toBe('utf16CodeUnits');
    const ids = (tool?.driver.rules ?? []).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(results.map(({ ruleId }) => ruleId)).toContain('asl/unknown-next');
    for (const { ruleId, level, message, locations } of results) {
      expect(ids).toContain(ruleId);
      expect(['error', 'warning', 'note']).toContain(level);
      expect(message.text).toMatch(/\S/);
      const { artifactLocation, region } = locations?.[0]?.physicalLocation ?? {};
      // An absolute path is a file's URI; `#` and `?` in a name must not end it.
      expect(new URL(artifactLocation?.uri ?? '').protocol).toBe('file:');
      expect(fileURLToPath(artifactLocation?.uri ?? '')).toBe(join(folder, 'of #1?.asl.json'));
      const { startLine = 0, startColumn = 0, endLine = 0, endColumn = 0 }: Partial<typeof region> = region ?? {};
      expect(Math.min(startLine, startColumn)).toBeGreaterThan(0);
      expect(endLine > startLine || (endLine === startLine && endColumn >= startColumn)).toBe(true);
    }
    const piped = JSON.parse(
      (await run(['-', '--format', 'sarif', '--stdin-filename', 'a b/c#d.asl.json'], wrong)).output,
    ) as Log;
    expect(piped.runs[0]?.results?.[0]?.locations?.[0]?.physicalLocation?.artifactLocation?.uri).toBe(
      'a%20b/c%23d.asl.json',
    );
  });

  it('takes severities from sluice.json and counts warnings', async () => {
    const definition = write('a.asl.json', wrong);
    const rules = { 'asl/unknown-next': 'warning', 'asl/unreachable-state': 'off', 'asl/no-terminal-state': 'off' };
    const config = write('sluice.json', JSON.stringify({ rules }));
    expect((await run([definition, '--config', config])).code).toBe(0);
    expect((await run([definition, '--config', config, '--max-warnings', '0'])).code).toBe(1);
  });

  it('checks the files of a folder against one another', async () => {
    write('jobs/load.py', "args = getResolvedOptions(sys.argv, ['source'])\nprint(args['sorce'])\n");
    const command = '{"Name": "glueetl", "ScriptLocation": "s3://b/load.py"}';
    write(
      'load.glue.json',
      `{"Name": "load", "Role": "r", "GlueVersion": "5.1", "Command": ${command},\n"DefaultArguments": {"--Source": "s3://b/in"}}\n`,
    );
    const { code, output } = await run([folder, '--format', 'github']);
    expect(code).toBe(1);
    expect(output.match(/^::\w+ .*file=.*$/gm)?.map((line) => line.replace(folder, ''))).toEqual([
      expect.stringMatching(/^::error file=\/jobs\/load.py,line=2,.*title=glue\/unasked-option/),
      expect.stringMatching(/^::warning file=\/load.glue.json,line=2,.*title=glue\/misspelt-option/),
    ]);
    // One file alone says nothing of others.
    expect((await run([join(folder, 'load.glue.json')])).code).toBe(0);
  });

  it('looks names up in an inventory, where one is given', async () => {
    const task = { Type: 'Task', Resource: 'arn:aws:states:::glue:startJobRun', End: true };
    const States = { Load: { ...task, Parameters: { JobName: 'laod-orders' } } };
    write('a.asl.json', JSON.stringify({ StartAt: 'Load', States }));
    const kinds = { glueJob: { asOf: '2026-11-20T09:30:00.000Z', names: ['load-orders'] } };
    const inventory = write('inventory.txt', JSON.stringify({ version: 1, place: 'team', kinds }));
    expect((await run([folder])).output).not.toContain('sluice/not-found');
    const { output } = await run([folder, '--inventory', inventory, '--format', 'github']);
    expect(output).toMatch(/::warning .*title=sluice\/not-found.*There is no Glue job "laod-orders" in team/);
    const { code, errors } = await run([folder, '--inventory', write('wrong.txt', '{}')]);
    expect(code).toBe(2);
    expect(errors).toContain('wrong.txt');
    expect((await run([folder, '--inventory', join(folder, 'missing.txt')])).code).toBe(2);
  });

  it('says what keeps it from running, and exits with 2', async () => {
    expect(await run([join(folder, 'missing.asl.json')])).toMatchObject({ code: 2, output: '' });
    const config = write('sluice.json', '{"rules": {"asl/unknown-next": "loud"}}');
    const { code, errors } = await run([folder, '--config', config]);
    expect(code).toBe(2);
    expect(errors).toContain('sluice.json cannot be used: the severity of "asl/unknown-next"');
    expect(parseInvocation(['check', '--format', 'xml'])).toMatchObject({ kind: 'wrong' });
    expect(parseInvocation(['chekc'])).toMatchObject({ kind: 'wrong' });
  });
});

describe('sluice check --stage', () => {
  it('takes the values of another stage, and refuses one that is not there', async () => {
    const machine = JSON.stringify({
      StartAt: 'Load',
      States: {
        Load: {
          Type: 'Task',
          Resource: 'arn:aws:states:::glue:startJobRun.sync',
          Parameters: { JobName: 'load-${Env}', Arguments: { '--Source': 'x' } },
          End: true,
        },
      },
    });
    write('m.asl.json', machine);
    write('sluice.json', JSON.stringify({ stage: 'dev', stages: { dev: { Env: 'dev' }, prod: { Env: 'prod' } } }));
    write('l.py', "from awsglue.utils import getResolvedOptions\nargs = getResolvedOptions(sys.argv, ['source'])\n");
    const job = { Name: 'load-prod', Role: 'r', GlueVersion: '5.1', DefaultArguments: { '--source': '1' } };
    const Command = { Name: 'glueetl', ScriptLocation: 's3://b/l.py' };
    write('l.glue.json', JSON.stringify({ ...job, Command }));
    expect((await run([folder])).output).not.toContain('glue/misspelt-option');
    expect((await run([folder, '--stage', 'prod'])).output).toContain('glue/misspelt-option');
    expect(await run([folder, '--stage', 'gone'])).toMatchObject({
      code: 2,
      errors: expect.stringContaining('dev, prod') as string,
    });
  });
});
