import type { ScaffoldPlan } from './scaffold.ts';

/** Stands in a definition for the name of the job, which a template or program gives in its own way. */
export const JOB_NAME = 'SLUICE_JOB_NAME';

/**
 * A definition in JSONata: it runs the job and waits for it, and tries again where too many runs are on. Without a job, one
 * state to begin with.
 */
export function newDefinition({ job }: ScaffoldPlan): Readonly<Record<string, unknown>> {
  if (!job) {
    return {
      Comment: 'Replace Prepare by what the state machine does.',
      QueryLanguage: 'JSONata',
      StartAt: 'Prepare',
      States: {
        Prepare: { Type: 'Pass', Output: { startedAt: '{% $states.context.State.EnteredTime %}' }, Next: 'Done' },
        Done: { Type: 'Succeed' },
      },
    };
  }
  return {
    Comment: 'Runs a Glue job and waits for its end.',
    QueryLanguage: 'JSONata',
    StartAt: 'RunJob',
    States: {
      RunJob: {
        Type: 'Task',
        Resource: 'arn:aws:states:::glue:startJobRun.sync',
        Arguments: { JobName: JOB_NAME },
        TimeoutSeconds: 7200,
        Retry: [
          {
            ErrorEquals: ['Glue.ConcurrentRunsExceededException'],
            IntervalSeconds: 60,
            MaxAttempts: 5,
            BackoffRate: 2,
          },
        ],
        Next: 'Done',
      },
      Done: { Type: 'Succeed' },
    },
  };
}
