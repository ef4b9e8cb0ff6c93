import { describe, expect, it } from 'vitest';
import { LiveRun } from '../../../../src/core/runs/liveRun.ts';
import { HistoryTimeline } from '../../../../src/core/runs/timeline.ts';
import { presentStepHover } from '../../../../src/views/runs/inline/presentHover.ts';
import { linkedRun } from '../../../../src/views/runs/inline/presentLinkedRun.ts';
import { locateStates } from '../../../../src/views/runs/inline/presentPlaces.ts';
import { presentScriptResult } from '../../../../src/views/runs/inline/presentScript.ts';
import { annotateStates, fitLine } from '../../../../src/views/runs/inline/presentState.ts';
import { presentRunEnd, presentRunRow } from '../../../../src/views/runs/tree/present.ts';
import { executionKey, HistoryScript, jobRun, startMs } from '../../core/runs/fakes.ts';

const definition = `{
  "StartAt": "IsEmpty",
  "States": {
    "IsEmpty": { "Type": "Choice", "Choices": [{ "Variable": "$.n", "NumericEquals": 0, "Next": "Nothing" }], "Default": "Extract" },
    "Nothing": { "Type": "Succeed" },
    "Extract": { "Type": "Task", "Resource": "arn:aws:states:::glue:startJobRun.sync", "Next": "Each" },
    "Each": {
      "Type": "Map",
      "End": true,
      "ItemProcessor": { "StartAt": "Load", "States": { "Load": { "Type": "Pass", "End": true } } }
    }
  }
}`;

function liveRun(script: HistoryScript, extra: Partial<Parameters<typeof build>[0]> = {}): LiveRun {
  const timeline = new HistoryTimeline();
  for (const event of script.events) timeline.apply(event);
  return build({ timeline, ...extra });
}

function build({
  timeline,
  state = 'running',
}: {
  timeline: HistoryTimeline;
  state?: 'running' | 'failed' | 'succeeded';
}): LiveRun {
  const run = new LiveRun({
    ...{ key: executionKey, name: 'run-1', startedByUser: true, trackedMs: startMs, startedMs: startMs },
    ...{ state, awsState: state.toUpperCase(), ...(state === 'running' ? {} : { endedMs: startMs + 192_000 }) },
  });
  run.timeline = timeline;
  return run;
}

const begun = () => new HistoryScript().add('ExecutionStarted').enter('Choice', 'IsEmpty').exit('Choice', 'IsEmpty');
const extracting = () => begun().enter('Task', 'Extract').scheduleJob('extract', 'jr_1');
const nowMs = startMs + 42_000;
const notes = (run: LiveRun, options = {}) =>
  annotateStates(locateStates(definition, 'orders.asl.json'), run, { nowMs, ...options }).map(
    ({ line, text, tone }) => `${line} ${tone}: ${text}`,
  );

describe('annotations of a definition', () => {
  it('show where a run is, with its last log line, and what a Choice left out', () => {
    const run = liveRun(extracting());
    run.jobs.set('jr_1', {
      detail: jobRun('extract', 'jr_1'),
      path: ['Extract'],
      lastLog: { kind: 'log', timeMs: nowMs, late: false, path: [], stream: 'out', text: 'Reading 41 files' },
    });
    expect(notes(run)).toEqual([
      '3 succeeded: ▸ Extract',
      '4 muted: skipped by Choice',
      '5 running: ⟳ 00:42 · Reading 41 files',
    ]);
  });

  it('show retries, failures and caught errors', () => {
    const failed = extracting().add('TaskFailed', {
      error: 'States.TaskFailed',
      cause: '{"ErrorMessage":"Path does not exist: s3://raw"}',
    });
    expect(notes(liveRun(failed))[2]).toBe('5 running: ⟳ 00:42 · tries again after Path does not exist: s3://raw');
    failed.wait(1_000).scheduleJob('extract', 'jr_2');
    expect(notes(liveRun(failed))[2]).toBe('5 running: ⟳ 00:42 · 2nd attempt');
    failed
      .add('TaskFailed', { error: 'States.TaskFailed', cause: 'gone' })
      .add('ExecutionFailed', { error: 'States.TaskFailed' });
    expect(notes(liveRun(failed, { state: 'failed' }))[2]).toBe('5 failed: ✗ gone');
  });

  it('count the items of a Map', () => {
    const script = extracting()
      .add('TaskSucceeded')
      .exit('Task', 'Extract')
      .enter('Map', 'Each')
      .add('MapStateStarted', { length: 3 });
    const map = script.last;
    for (const index of [0, 1]) {
      script.add('MapIterationStarted', { name: 'Each', index }, map).enter('Pass', 'Load').exit('Pass', 'Load');
      script.add('MapIterationSucceeded', { name: 'Each', index });
    }
    script.add('MapIterationStarted', { name: 'Each', index: 2 }, map).enter('Pass', 'Load');
    expect(notes(liveRun(script)).slice(3)).toEqual(['6 running: ⟳ 00:42 · 2 of 3 items', '9 running: ⟳ 1 · ✓ 2']);
  });

  it('say where the deployed version differs, whatever the layout', () => {
    const places = (text: string) => new Map(locateStates(text, 'x.asl.json').map((place) => [place.name, place]));
    const same = places(JSON.stringify(JSON.parse(definition)));
    expect(notes(liveRun(extracting()), { deployed: same }).join()).not.toContain('differs');
    const other = places(definition.replace('startJobRun.sync', 'startJobRun'));
    const differing = notes(liveRun(extracting()), { deployed: other }).filter((note) => note.includes('differs'));
    expect(differing).toEqual(['5 running: ⟳ 00:42 · deployed version differs']);
  });

  it('find states in YAML', () => {
    const yaml = 'StartAt: A\nStates:\n  A:\n    Type: Pass\n    Next: B\n  B:\n    Type: Succeed\n';
    expect(locateStates(yaml, 'x.asl.yaml').map(({ name, line }) => `${name} ${line}`)).toEqual(['A 2', 'B 5']);
    expect(locateStates('nothing', 'x.asl.json')).toEqual([]);
  });

  it('fit on the line', () => {
    expect(fitLine('x'.repeat(200), 100)).toHaveLength(40);
  });
});

describe('hover of a state', () => {
  it('shows data as data, whatever it holds, and links only to commands', () => {
    const run = liveRun(
      extracting().add('TaskFailed', { error: 'E', cause: '```\n[x](command:evil)' }).add('ExecutionFailed'),
      {
        state: 'failed',
      },
    );
    const annotation = annotateStates(locateStates(definition, 'x.asl.json'), run, { nowMs }).find(
      ({ stateName }) => stateName === 'Extract',
    )!;
    const text = presentStepHover(annotation, run, startMs + 200_000);
    expect(text).toContain('````\nE: ```\n[x](command:evil)\n````');
    expect(text).toContain('"date": "2026-11-20"');
    expect(text).toContain('command:sluice.openRun?');
    expect(text).toContain('command:sluice.redriveRun?');
  });
});

describe('linkedRun', () => {
  const pipeline = { uri: 'file:///p/orders-pipeline.asl.json', machineName: 'orders-pipeline' };
  it('takes the run that was started from the definition, or one of its name where that is unique', () => {
    const run = liveRun(begun());
    expect(linkedRun(pipeline, [pipeline], [run], nowMs)).toBe(run);
    expect(linkedRun(pipeline, [pipeline, { ...pipeline, uri: 'file:///other' }], [run], nowMs)).toBeUndefined();
    run.originUri = 'file:///other';
    expect(linkedRun(pipeline, [pipeline], [run], nowMs)).toBeUndefined();
    run.originUri = pipeline.uri;
    expect(linkedRun({ ...pipeline, machineName: 'x' }, [], [run], nowMs)).toBe(run);
    expect(
      linkedRun(pipeline, [pipeline], [liveRun(begun(), { state: 'failed' })], nowMs + 2 * 86_400_000),
    ).toBeUndefined();
  });
});

describe('a script', () => {
  it('shows how its last run went, and the line that failed', () => {
    const run = liveRun(extracting(), { state: 'failed' });
    const detail = jobRun('extract', 'jr_1', {
      ...{ state: 'failed', awsState: 'FAILED', endedMs: startMs + 192_000, executionSeconds: 192 },
      error: 'Error Category: QUERY_ERROR; Failed Line Number: 42; AnalysisException: x',
    });
    const context = { nowMs, scriptName: 'extract.py', timeZone: 'UTC', locale: 'de-DE' };
    expect(presentScriptResult(run, { detail, path: [] }, context)).toMatchObject({
      tone: 'failed',
      summary: '✗ 07:33 failed after 3 min 12 s · 0.11 DPU-h ≈ $0.05',
      failure: { line: 41 },
    });
  });
});

describe('a row of the Runs view', () => {
  const context = { nowMs: startMs + 72_000, timeZone: 'UTC', locale: 'de-DE' };
  it('says what matters now', () => {
    expect(presentRunRow(liveRun(extracting()), context)).toMatchObject({
      label: 'orders-pipeline',
      description: '00:01:12  Extract · dev',
      icon: { id: 'loading~spin' },
      facts: ['activeRun'],
    });
    const failed = liveRun(extracting().add('TaskFailed', { error: 'E' }).add('ExecutionFailed', { error: 'E' }), {
      state: 'failed',
    });
    expect(presentRunRow(failed, context).description).toBe('07:33  Extract · dev');
    expect(presentRunEnd(failed).message).toBe('orders-pipeline failed in Extract: E.');
    const limited = liveRun(extracting());
    limited.status = { kind: 'limited', message: 'AWS is limiting requests; updating slower' };
    expect(presentRunRow(limited, context)).toMatchObject({
      description: '00:01:12  AWS is limiting requests; updating slower · dev',
      facts: ['activeRun', 'unwatchedRun'],
    });
  });
});
