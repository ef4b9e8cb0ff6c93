import { Input } from '../http/input.ts';
import type { JobRunRecord } from './records.ts';

/**
 * What a run is started with, by key: the job's defaults, over them the run's, over them those that cannot be overridden;
 * then what a workflow adds.
 */
export function runArguments(
  run: Pick<JobRunRecord, 'arguments' | 'definition' | 'origin'>,
): Readonly<Record<string, string>> {
  const definition = new Input(run.definition);
  return {
    ...definition.optionalTextMap('DefaultArguments'),
    ...run.arguments,
    ...definition.optionalTextMap('NonOverridableArguments'),
    ...(run.origin?.workflowName !== undefined && {
      '--WORKFLOW_NAME': run.origin.workflowName,
      '--WORKFLOW_RUN_ID': run.origin.chainId,
    }),
  };
}

/** S3 location of the script that a run is of. */
export function scriptLocationOf(run: JobRunRecord): string {
  return runArguments(run)['--scriptLocation'] ?? new Input(run.definition).object('Command').text('ScriptLocation');
}
