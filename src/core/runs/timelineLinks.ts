import { jsonObject, textOf, type Details } from './eventDetails.ts';
import type { JobRunRef } from './timelineModel.ts';
import type { MutableAttempt } from './timelineScopes.ts';

/** `glue:startJobRun.sync`, `lambda:invoke`; for the older Lambda and activity events their kind. */
export function resourceOf(type: string, details: Details): string | undefined {
  const resource = textOf(details, 'resource');
  if (type.startsWith('Task')) {
    const service = textOf(details, 'resourceType');
    return resource === undefined || service === undefined ? resource : `${service}:${resource}`;
  }
  return type.startsWith('Lambda') ? 'lambda' : 'activity';
}

/** Name of the job that a scheduled Glue task starts. */
export function jobNameOf(details: Details): string | undefined {
  if (!/glue$/.test(textOf(details, 'resourceType') ?? '')) return undefined;
  const parameters = jsonObject(textOf(details, 'parameters'));
  return parameters && textOf(parameters, 'JobName');
}

/** What was started shows in the reply of the starting call, in the result, or in a failure's cause. */
export function linkAttempt(attempt: MutableAttempt, reply: Details | undefined): void {
  if (!reply) return;
  const runId = textOf(reply, 'JobRunId') ?? (textOf(reply, 'JobRunState') && textOf(reply, 'Id'));
  const jobName = textOf(reply, 'JobName') ?? attempt.jobName;
  if (runId && jobName) attempt.jobRun = { jobName, runId } satisfies JobRunRef;
  const arn = textOf(reply, 'ExecutionArn');
  if (arn?.includes(':execution:')) attempt.executionArn = arn;
}
