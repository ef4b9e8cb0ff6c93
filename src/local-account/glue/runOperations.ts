import type { Clock } from '../../core/base/clock.ts';
import { AwsError } from '../http/awsError.ts';
import type { Operation } from '../http/jsonService.ts';
import { pageByKey } from '../http/paging.ts';
import { invalidInput, notFound } from './errors.ts';
import type { GlueState } from './glueState.ts';
import { argumentsIn, nameLimits, pageAsk } from './jobOperations.ts';
import { presentRun } from './present.ts';
import type { JobRunRecord } from './records.ts';
import type { RunEngine } from './runEngine.ts';

/** Members of StartJobRun that count for this run instead of the job's own. */
const overridable = [
  'AllocatedCapacity',
  'Timeout',
  'MaxCapacity',
  'SecurityConfiguration',
  'NotificationProperty',
  'WorkerType',
  'NumberOfWorkers',
  'ExecutionClass',
  'JobRunQueuingEnabled',
];

/** Job runs: start, stop, read, list. */
export function runOperations(state: GlueState, engine: RunEngine, clock: Clock): Readonly<Record<string, Operation>> {
  return {
    StartJobRun: async (input) => {
      const jobName = input.text('JobName', nameLimits);
      const previous = input.optionalText('JobRunId');
      if (previous !== undefined && !engine.find(jobName, previous)) {
        throw notFound(`Job run ${previous} of job ${jobName} not found.`);
      }
      input.optionalInteger('Timeout', { min: 1, max: 10_080 });
      input.optionalInteger('NumberOfWorkers', { min: 1 });
      if (input.has('MaxCapacity') && (input.has('WorkerType') || input.has('NumberOfWorkers'))) {
        throw invalidInput('Please do not set Max Capacity if using Worker Type and Number of Workers.');
      }
      const overrides = Object.fromEntries(
        overridable.flatMap((name) => (input.has(name) ? [[name, input.members[name]]] : [])),
      );
      const run = await engine.start({
        jobName,
        arguments: argumentsIn(input),
        overrides,
        ...(previous !== undefined && { previousRunId: previous }),
      });
      return { JobRunId: run.id };
    },
    GetJobRun: (input) => {
      const jobName = input.text('JobName', nameLimits);
      const runId = input.text('RunId', nameLimits);
      const run = engine.find(jobName, runId);
      if (!run) throw notFound(`Entity Not Found: job run ${runId} of job ${jobName} does not exist.`);
      return { JobRun: presentRun(run, clock.now()) };
    },
    GetJobRuns: (input) => {
      const jobName = input.text('JobName', nameLimits);
      const runs = engine.runsOf(jobName);
      if (runs.length === 0 && !state.jobs.has(jobName))
        throw notFound(`Entity Not Found: job ${jobName} does not exist.`);
      const page = pageByKey(runs, ({ id }) => id, pageAsk(input, 200));
      return { JobRuns: page.items.map((run) => presentRun(run, clock.now())), NextToken: page.nextToken };
    },
    BatchStopJobRun: async (input) => {
      const jobName = input.text('JobName', nameLimits);
      const ids = input.texts('JobRunIds');
      if (ids.length === 0 || ids.length > 25)
        throw invalidInput('Between 1 and 25 job run ids can be stopped at once.');
      const stopped: JobRunRecord[] = [];
      const errors: object[] = [];
      for (const id of ids) {
        try {
          const run = engine.find(jobName, id);
          if (!run) throw notFound(`Job run ${id} of job ${jobName} not found.`);
          await engine.stop(run);
          stopped.push(run);
        } catch (error) {
          if (!(error instanceof AwsError)) throw error;
          const detail = { ErrorCode: error.code, ErrorMessage: error.message };
          errors.push({ JobName: jobName, JobRunId: id, ErrorDetail: detail });
        }
      }
      return {
        SuccessfulSubmissions: stopped.map(({ id }) => ({ JobName: jobName, JobRunId: id })),
        Errors: errors,
      };
    },
  };
}
