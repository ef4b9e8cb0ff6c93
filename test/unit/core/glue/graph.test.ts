import { describe, expect, it } from 'vitest';
import { glueGraphs, type GlueSource } from '../../../../src/core/glue/index.ts';

const source = (name: string, content: unknown): GlueSource => ({
  text: typeof content === 'string' ? content : JSON.stringify(content),
  fileName: name,
  uri: `file:///${name}`,
});
const job = (Name: string): object => ({
  Name,
  Role: 'GlueRole',
  Command: { Name: 'glueetl', ScriptLocation: 's3://b/l.py' },
  GlueVersion: '5.1',
});
const workflow = { Name: 'nightly', DefaultRunProperties: {} };
const start = {
  Name: 'start',
  Type: 'SCHEDULED',
  Schedule: 'cron(0 1 * * ? *)',
  WorkflowName: 'nightly',
  Actions: [{ JobName: 'extract' }],
};
const then = (name: string, watched: string, started: string): object => ({
  Name: name,
  Type: 'CONDITIONAL',
  WorkflowName: 'nightly',
  Predicate: { Conditions: [{ LogicalOperator: 'EQUALS', JobName: watched, State: 'SUCCEEDED' }] },
  Actions: [{ JobName: started }],
});

/** Names of the edges' ends, with their labels. */
function edges([graph]: ReturnType<typeof glueGraphs>): string[] {
  const names = new Map(graph?.states.map(({ id, name }) => [id, name]));
  return (graph?.edges ?? []).map(({ from, to, label }) =>
    `${names.get(from) ?? '?'} → ${names.get(to) ?? '?'} ${label}`.trim(),
  );
}

function problems([graph]: ReturnType<typeof glueGraphs>): Record<string, string> {
  const found = graph?.states.filter(({ problem }) => problem !== '') ?? [];
  return Object.fromEntries(found.map(({ name, problem }) => [name, problem]));
}

describe('the graph of a Glue workflow', () => {
  it('leads from triggers to what they start, and from what is watched to its trigger', () => {
    const graphs = glueGraphs([
      source('w.glue.json', [workflow, start, then('next', 'extract', 'report'), job('extract')]),
    ]);
    expect(edges(graphs)).toEqual(['start → extract', 'extract → next SUCCEEDED', 'next → report']);
    expect(graphs[0]?.name).toBe('nightly');
    expect(graphs[0]?.startAt).toBe('trigger 0 start');
    expect(graphs[0]?.states.map(({ name, detail }) => [name, detail])).toEqual([
      ['start', 'at 01:00 every day, UTC'],
      ['extract', 'glueetl · Glue 5.1'],
      ['next', 'when its condition holds'],
      ['report', 'Job, not in these files'],
    ]);
    expect(problems(graphs)).toEqual({});
  });

  it('puts together what stands in several files, each part with its own', () => {
    const graphs = glueGraphs([
      source('nightly.glue.json', workflow),
      source('start.glue.json', start),
      source('next.glue.json', then('next', 'extract', 'report')),
      source('extract.glue.json', job('extract')),
      source('unrelated.glue.json', job('unrelated')),
    ]);
    expect(edges(graphs)).toEqual(['start → extract', 'extract → next SUCCEEDED', 'next → report']);
    expect(graphs[0]?.states.map(({ name, uri }) => `${name} ${uri}`)).toEqual([
      'start file:///start.glue.json',
      'extract file:///extract.glue.json',
      'next file:///next.glue.json',
      'report file:///next.glue.json',
    ]);
  });

  it('is the same from the file of one of its triggers', () => {
    const graphs = glueGraphs([source('start.glue.json', start), source('nightly.glue.json', workflow)]);
    expect(graphs.map(({ name }) => name)).toEqual(['nightly']);
  });

  it('marks a job that no trigger starts, a condition that never holds, and a circle', () => {
    const never = glueGraphs([source('w.glue.json', [workflow, start, then('next', 'nobody', 'report'), job('idle')])]);
    expect(problems(never)).toEqual({
      next: 'This condition never holds: no trigger of the workflow starts the job "nobody".',
      idle: 'No trigger starts this job.',
    });
    const circle = glueGraphs([
      source('w.glue.json', [workflow, start, then('a', 'extract', 'b'), then('back', 'b', 'extract')]),
    ]);
    expect(Object.values(problems(circle)).join()).toContain('goes in a circle');
  });

  it('marks a condition on a state in which no run ends, and one of a trigger that has none, in any of the files', () => {
    const watching = { ...then('next', 'extract', 'report') };
    const waits = JSON.parse(JSON.stringify(watching).replace('SUCCEEDED', 'RUNNING')) as object;
    const { Predicate } = watching as { readonly Predicate: unknown };
    const odd = { ...start, Name: 'odd', Type: 'ON_DEMAND', Schedule: '', Predicate };
    const graphs = glueGraphs([source('w.glue.json', workflow), source('t.glue.json', [start, odd, waits])]);
    expect(problems(graphs)['next']).toMatch(/RUNNING/);
    expect(problems(graphs)['odd']).toContain('Predicate never applies: this trigger is ON_DEMAND, not CONDITIONAL.');
  });

  it('is drawn for Terraform, where references name the jobs', () => {
    const text = `resource "aws_glue_workflow" "nightly" {
  name = "nightly"
}
resource "aws_glue_job" "load" {
  name     = "load"
  role_arn = aws_iam_role.glue.arn
}
resource "aws_glue_trigger" "start" {
  name          = "start"
  type          = "ON_DEMAND"
  workflow_name = aws_glue_workflow.nightly.name
  actions {
    job_name = aws_glue_job.load.name
  }
}
`;
    const graphs = glueGraphs([source('main.tf', text)]);
    expect(edges(graphs)).toEqual(['start → load']);
    expect(text.slice(graphs[0]?.states[1]?.start).startsWith('resource "aws_glue_job"')).toBe(true);
  });

  it('is drawn of what get-workflow prints with its graph', () => {
    const node = (Trigger: object): object => ({ Type: 'TRIGGER', UniqueId: 'w', TriggerDetails: { Trigger } });
    const Nodes = [
      node({ ...start, State: 'ACTIVATED' }),
      { Type: 'JOB', Name: 'extract', UniqueId: 'j', JobDetails: { JobRuns: [{ Id: 'jr_1', JobName: 'extract' }] } },
      node(then('after', 'extract', 'report')),
      node(then('next', 'nobody', 'report')),
    ];
    const graphs = glueGraphs([source('w.json', { Workflow: { ...workflow, Graph: { Nodes, Edges: [] } } })]);
    expect(edges(graphs)).toContain('extract → after SUCCEEDED');
    expect(problems(graphs)).toEqual({
      next: 'This condition never holds: no trigger of the workflow starts the job "nobody".',
    });
  });

  it('shows triggers outside of any workflow, and is not there where there are none', () => {
    expect(edges(glueGraphs([source('t.glue.json', start)]))).toEqual(['start → extract']);
    expect(glueGraphs([source('j.glue.json', job('load'))])).toEqual([]);
    expect(glueGraphs([source('broken.glue.json', '{"Name": ')])).toEqual([]);
  });
});
