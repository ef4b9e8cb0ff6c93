import { describe, expect, it } from 'vitest';
import { execute } from '../../../../src/core/interpreter/index.ts';
import { HistoryTimeline } from '../../../../src/core/runs/timeline.ts';
import { TransitionWriter } from '../../../../src/core/runs/transitions.ts';
import { HistoryScript } from './fakes.ts';

function run(script: HistoryScript) {
  const timeline = new HistoryTimeline();
  const writer = new TransitionWriter(timeline);
  const lines: string[] = [];
  const say = (entries: ReturnType<TransitionWriter['flush']>) =>
    lines.push(...entries.map(({ path, mark, text }) => `${path.join(' / ')} ${mark}: ${text}`.trim()));
  for (const event of script.events) say(writer.write(event, timeline.apply(event)));
  say(writer.flush());
  return { timeline, lines };
}

describe('HistoryTimeline', () => {
  it('tells of a Glue job that failed, was tried again, and succeeded', () => {
    const script = new HistoryScript()
      .add('ExecutionStarted', { input: '{}' })
      .enter('Task', 'Extract')
      .scheduleJob('extract', 'jr_1')
      .wait(5_000)
      .add('TaskFailed', {
        error: 'States.TaskFailed',
        cause: JSON.stringify({ ErrorMessage: 'out of memory', Id: 'jr_1' }),
      })
      .wait(2_000)
      .scheduleJob('extract', 'jr_2')
      .wait(41_000)
      .add('TaskSucceeded', { output: '{}' })
      .exit(
        'Task',
        'Extract',
        JSON.stringify({ Id: 'jr_2', ExecutionTime: 60, WorkerType: 'G.1X', NumberOfWorkers: 2 }),
      )
      .add('ExecutionSucceeded', { output: '{}' });
    const { timeline, lines } = run(script);
    expect(timeline.steps).toHaveLength(1);
    expect(timeline.steps[0]).toMatchObject({
      name: 'Extract',
      state: 'succeeded',
      isCaught: false,
      resource: 'glue:startJobRun.sync',
      attempts: [
        { number: 1, state: 'failed', jobRun: { jobName: 'extract', runId: 'jr_1' } },
        { number: 2, state: 'succeeded', jobRun: { jobName: 'extract', runId: 'jr_2' } },
      ],
    });
    expect(timeline.steps[0]?.error).toBeUndefined();
    expect(lines).toEqual([
      'Extract entered: entered  Task glue:startJobRun.sync',
      'Extract failed: failed: out of memory',
      'Extract entered: 2nd attempt  glue:startJobRun.sync',
      'Extract succeeded: succeeded in 48 s on the 2nd attempt   0.03 DPU-h',
      'succeeded: execution succeeded',
    ]);
  });

  it('waits for the retry after a failure, and knows where it is', () => {
    const script = new HistoryScript()
      .add('ExecutionStarted')
      .enter('Task', 'Extract')
      .scheduleJob('extract', 'jr_1')
      .add('TaskTimedOut', {});
    const { timeline } = run(script);
    expect(timeline.current).toMatchObject([{ name: 'Extract', isAwaitingRetry: true, error: 'States.Timeout' }]);
  });

  it('says where a Choice went, and what a Catch took up', () => {
    const script = new HistoryScript()
      .add('ExecutionStarted')
      .enter('Choice', 'IsEmpty')
      .exit('Choice', 'IsEmpty')
      .enter('Task', 'Load')
      .add('LambdaFunctionScheduled', { resource: 'arn:aws:lambda:…' })
      .add('LambdaFunctionFailed', { error: 'KeyError', cause: '{"errorMessage":"date","errorType":"KeyError"}' })
      .exit('Task', 'Load')
      .enter('Fail', 'GiveUp')
      .add('ExecutionFailed', { error: 'Orders.Empty', cause: 'nothing to load' });
    const { timeline, lines } = run(script);
    expect(timeline.steps.map(({ name, state, isCaught, next }) => ({ name, state, isCaught, next }))).toEqual([
      { name: 'IsEmpty', state: 'succeeded', isCaught: false, next: 'Load' },
      { name: 'Load', state: 'succeeded', isCaught: true, next: 'GiveUp' },
      { name: 'GiveUp', state: 'failed', isCaught: false, next: undefined },
    ]);
    expect(timeline.steps[2]).toMatchObject({ error: 'Orders.Empty', cause: 'nothing to load' });
    expect(lines).toEqual([
      'IsEmpty entered: Choice → Load',
      'Load entered: entered  Task lambda',
      'Load failed: failed: KeyError: date',
      'Load warning: caught KeyError',
      'GiveUp entered: entered  Fail',
      'failed: execution failed: Orders.Empty: nothing to load',
    ]);
  });

  it('names branches and items of a Map, and stops what a failure leaves open', () => {
    const script = new HistoryScript().add('ExecutionStarted').enter('Parallel', 'Both').add('ParallelStateStarted');
    const started = script.last;
    script.enter('Map', 'Each', started);
    script.add('MapStateStarted', { length: 2 });
    const map = script.last;
    script.add('MapIterationStarted', { name: 'Each', index: 0 }, map);
    script.enter('Pass', 'Clean');
    script.exit('Pass', 'Clean');
    script.add('MapIterationSucceeded', { name: 'Each', index: 0 });
    script.enter('Wait', 'Sleep', started);
    script.add('MapIterationStarted', { name: 'Each', index: 1 }, map);
    script.enter('Task', 'Load').scheduleJob('load', 'jr_9').add('TaskFailed', { error: 'States.TaskFailed' });
    const failed = script.last;
    script.add('MapIterationFailed', { name: 'Each', index: 1 }, failed);
    script.add('MapStateFailed', {});
    script.add('WaitStateAborted', {}, 10);
    script.add('ParallelStateFailed', {}, failed);
    script.add('ExecutionFailed', { error: 'States.TaskFailed' });
    const { timeline } = run(script);
    expect(timeline.steps.map(({ path, state }) => `${path.join(' / ')}: ${state}`)).toEqual([
      'Both: failed',
      'Branch 1 / Each: failed',
      'Branch 1 / Each[0] / Clean: succeeded',
      'Branch 2 / Sleep: stopped',
      'Branch 1 / Each[1] / Load: failed',
    ]);
    expect(timeline.visits('Each')[0]).toMatchObject({ itemCount: 2, itemsDone: 1 });
    expect(timeline.current).toEqual([]);
  });

  it('sees a Map that failed and was caught as such, in the order in which an endpoint tells of it', async () => {
    const task = {
      Type: 'Task',
      Resource: 'arn:aws:states:::glue:startJobRun.sync',
      Arguments: { JobName: 'x' },
      End: true,
    };
    const { events } = await execute({
      definition: {
        QueryLanguage: 'JSONata',
        StartAt: 'Each',
        States: {
          Each: {
            ...{ Type: 'Map', MaxConcurrency: 2, Next: 'Gone', Items: [1, 2, 3] },
            ItemProcessor: { StartAt: 'Load', States: { Load: task } },
            Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Gone' }],
          },
          Gone: { Type: 'Fail', Error: 'Orders.Gone' },
        },
      },
      mocks: { Load: [{ error: 'States.TaskFailed', cause: 'no disk' }] },
    });
    const timeline = new HistoryTimeline();
    for (const { id, previousEventId, timestamp, type, ...details } of events) {
      timeline.apply({
        id: Number(id),
        previousEventId: Number(previousEventId),
        timestampMs: Number(timestamp),
        type,
        details,
      });
    }
    expect(timeline.visits('Each')).toMatchObject([{ state: 'succeeded', isCaught: true, error: 'States.TaskFailed' }]);
    expect(timeline.visits('Load').every(({ state }) => state === 'failed' || state === 'stopped')).toBe(true);
    expect(timeline.visits('Gone')).toMatchObject([{ state: 'failed', error: 'Orders.Gone' }]);
    expect(timeline.current).toEqual([]);
  });

  it('goes on at the failed state after a redrive', () => {
    const script = new HistoryScript()
      .add('ExecutionStarted')
      .enter('Task', 'Load')
      .scheduleJob('load', 'jr_1')
      .add('TaskFailed', { error: 'States.TaskFailed' })
      .add('ExecutionFailed', { error: 'States.TaskFailed' })
      .add('ExecutionRedriven')
      .scheduleJob('load', 'jr_2');
    const { timeline } = run(script);
    expect(timeline.current).toMatchObject([{ name: 'Load', state: 'running' }]);
    expect(timeline.steps[0]?.error).toBeUndefined();
    script.add('TaskSucceeded', {}).exit('Task', 'Load').add('ExecutionSucceeded');
    expect(run(script).timeline.steps[0]).toMatchObject({ state: 'succeeded', attempts: [{}, { number: 2 }] });
  });

  it('takes the 25,000 events that an execution may have, all of one loop', () => {
    const script = new HistoryScript().add('ExecutionStarted');
    while (script.last < 24_998) script.enter('Pass', 'Tick').exit('Pass', 'Tick');
    script.add('ExecutionSucceeded');
    const { timeline } = run(script);
    expect(timeline.visits('Tick')).toHaveLength(12_499);
  });

  it('changes nothing for events it does not know', () => {
    const { timeline, lines } = run(new HistoryScript().add('ExecutionStarted').add('SomethingNew', { name: 'x' }));
    expect(timeline.steps).toEqual([]);
    expect(lines).toEqual([]);
  });
});
