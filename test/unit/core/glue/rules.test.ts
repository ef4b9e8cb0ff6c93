import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { openGlueDocument } from '../../../../src/core/glue/index.ts';
import { GLUE_RULES } from '../../../../src/core/glue/rules/index.ts';
import { applyChanges } from '../../../../src/core/language/lineIndex.ts';
import { toTextChanges } from '../../../../src/core/language/write.ts';
import { validate } from '../../../../src/core/validate.ts';
import { cases, job, shell, trigger } from './cases.ts';

const codes = (config: object, fileName = 'load.glue.json'): string[] =>
  validate(JSON.stringify(config, undefined, 2), { fileName }).map(({ code }) => code);

/** The config after the first fix of a rule's first finding. */
function fixed(config: object, rule: string, fileName = 'load.glue.json'): unknown {
  const text = JSON.stringify(config, undefined, 2);
  const document = openGlueDocument(text, { fileName });
  const fix = document?.findings().find(({ code }) => code === `glue/${rule}`)?.fixes?.[0];
  if (document === undefined || fix === undefined) throw new Error(`no fix of ${rule}`);
  const changes = toTextChanges(fix.edits, document.tree).toSorted((a, b) => b.offset - a.offset);
  return JSON.parse(applyChanges(text, changes));
}

describe('each rule', () => {
  it.each(cases)('%s finds its fault, and nothing where it is not', (rule, bad, good) => {
    expect(codes(bad)).toContain(`glue/${rule}`);
    expect(codes(good)).not.toContain(`glue/${rule}`);
  });

  it('is among the cases', () => {
    const tested = new Set(cases.map(([rule]) => `glue/${rule}`));
    const elsewhere = [
      'syntax',
      'unrecognized',
      'terraform-role-arn',
      'git-file-name',
      'workflow-start',
      'workflow-flow',
    ];
    const missing = GLUE_RULES.map(({ id }) => id).filter((id) => !tested.has(id));
    expect(missing).toEqual(elsewhere.map((rule) => `glue/${rule}`).filter((id) => missing.includes(id)));
  });

  it('is silent on configs that are right, in JSON and YAML', () => {
    for (const config of [job, shell, trigger]) {
      expect(codes(config)).toEqual([]);
      expect(validate(stringify(config), { fileName: 'load.glue.yaml' })).toEqual([]);
    }
  });

  it('can be turned off, given another severity, and ignored in a comment', () => {
    const text = JSON.stringify({ ...job, MaxRetries: 11 }, undefined, 2);
    const severities = { 'glue/max-retries': 'error' } as const;
    expect(validate(text, { fileName: 'a.glue.json', severities })).toMatchObject([{ severity: 1 }]);
    expect(validate(text, { fileName: 'a.glue.json', severities: { 'glue/max-retries': 'off' } })).toEqual([]);
    const yaml = `# sluice-ignore: max-retries\n${stringify({ MaxRetries: 11, ...job })}`;
    expect(validate(yaml, { fileName: 'a.glue.yaml' })).toEqual([]);
  });
});

describe('a file', () => {
  it('is a Glue config by its content where its name does not say so', () => {
    expect(codes({ ...job, GlueVersion: '2.0' }, 'job.json')).toEqual(['glue/end-of-life-version']);
    expect(codes({ JobName: 'load', JobUpdate: without(job, 'Name') }, 'update.json')).toEqual([]);
    expect(codes({ JobName: 'load', Arguments: { '--mode': 'x' } }, 'run.json')).toEqual(['glue/reserved-argument']);
    expect(codes({ Jobs: [{ ...job, CreatedOn: 'x', AllocatedCapacity: 2, MaxCapacity: 2 }] }, 'jobs.json')).toEqual(
      [],
    );
    expect(codes({ scripts: { Command: 'x' } }, 'package.json').filter((code) => code.startsWith('glue/'))).toEqual([]);
  });

  it('that cannot be read, or that holds nothing of Glue, says so where its name promises a config', () => {
    expect(validate('{"Name": "load" "Role": "R"}', { fileName: 'a.glue.json' })[0]?.code).toBe('glue/syntax');
    expect(codes({ Jub: 1 })).toEqual(['glue/unrecognized']);
  });

  it('of the Git integration is called like its job', () => {
    const git = {
      name: 'load',
      role: 'R',
      command: { name: 'glueetl', scriptLocation: 's3://b/l.py' },
      glueVersion: '5.1',
    };
    expect(codes(git, 'jobs/load.json')).toEqual([]);
    expect(codes(git, 'jobs/other.json')).toEqual(['glue/git-file-name']);
    const elsewhere = { ...git, sourceControlDetails: { folder: 'etl' } };
    expect(codes(elsewhere, 'repository/etl/load.json')).toEqual([]);
    expect(codes(elsewhere, 'repository/jobs/load.json')).toEqual(['glue/git-file-name']);
  });
});

describe('a number', () => {
  it('counts as it is written: 4.0 is a version and 3.10 no Python', () => {
    const yaml = (version: string, python: string): string =>
      `Name: a\nRole: R\nGlueVersion: ${version}\nCommand:\n  Name: glueetl\n  ScriptLocation: s3://b/l.py\n  PythonVersion: ${python}\n`;
    expect(validate(yaml("'4.0'", "'3'"), { fileName: 'a.glue.yaml' })).toEqual([]);
    expect(validate(yaml("'4.0'", '3.10'), { fileName: 'a.glue.yaml' })).toMatchObject([
      { code: 'glue/python-version', range: { start: { line: 6 } } },
    ]);
  });
});

describe('a number where text is due', () => {
  it('is put in quotes for the CLI, which takes no other', () => {
    const config = { ...job, GlueVersion: 5.1 };
    expect(codes(config)).toEqual(['glue/field-value']);
    expect(fixed(config, 'field-value')).toEqual(job);
  });
});

describe('a workflow', () => {
  const start = { Name: 'start', Type: 'ON_DEMAND', WorkflowName: 'w', Actions: [{ JobName: 'load' }] };
  const after = (name: string, watched: string, started: string): object => ({
    Name: name,
    Type: 'CONDITIONAL',
    WorkflowName: 'w',
    Predicate: { Conditions: [{ LogicalOperator: 'EQUALS', JobName: watched, State: 'SUCCEEDED' }] },
    Actions: [{ JobName: started }],
  });
  const found = (...triggers: object[]): string[] =>
    validate(JSON.stringify([{ Name: 'w', DefaultRunProperties: {} }, ...triggers]), { fileName: 'w.glue.json' }).map(
      ({ message }) => message,
    );

  it('that runs through is fine', () => {
    expect(found(start, after('next', 'load', 'report'), after('last', 'report', 'mail'))).toEqual([]);
  });

  it('has one start, no circle, and no condition that never holds', () => {
    expect(found(start, { ...start, Name: 'again' })).toEqual([expect.stringContaining('it can have one only')]);
    expect(found(start, after('next', 'transform', 'report'))).toEqual([
      'This condition never holds: no trigger of the workflow starts the job "transform".',
    ]);
    expect(found(start, after('next', 'load', 'report'), after('back', 'report', 'load'))).toEqual([
      expect.stringContaining('goes in a circle'),
    ]);
  });

  it('whose start is elsewhere is not judged', () => {
    expect(found(after('next', 'transform', 'report'))).toEqual([]);
  });
});

describe('quick fixes', () => {
  it('clean what get-job printed', () => {
    const reply = { ...job, CreatedOn: 'x', LastModifiedOn: 'y', AllocatedCapacity: 2, MaxCapacity: 2 };
    expect(fixed(reply, 'reply-as-input')).toEqual(job);
    expect(fixed({ Job: reply }, 'reply-as-input', 'job.json')).toEqual(job);
  });

  it('put right what is clear', () => {
    expect(fixed({ ...job, MaxCapacity: 4 }, 'exclusive-capacity')).toEqual(job);
    expect(fixed(without(job, 'NumberOfWorkers'), 'worker-pair')).toEqual(job);
    expect(fixed({ ...job, WorkerType: 'G1.X' }, 'worker-type')).toEqual(job);
    expect(fixed({ ...job, GlueVersion: '2.0' }, 'end-of-life-version')).toEqual(job);
    expect(fixed({ ...job, DefaultArguments: { source: 's3://raw/orders/' } }, 'argument-name')).toEqual(job);
    expect(fixed({ ...job, DefaultArguments: { '--flag': true } }, 'argument-text')).toMatchObject({
      DefaultArguments: { '--flag': 'true' },
    });
    expect(fixed({ ...trigger, Schedule: 'rate(1 hour)' }, 'trigger-schedule')).toMatchObject({
      Schedule: 'cron(0 * * * ? *)',
    });
    expect(fixed({ ...job, DefaultArguments: { '--db_password': 'hunter2' } }, 'secret-argument')).toMatchObject({
      DefaultArguments: { '--db_password_secret_name': 'glue/db_password' },
    });
  });
});

function without(config: object, name: string): object {
  return Object.fromEntries(Object.entries(config).filter(([key]) => key !== name));
}
