import { JOB_NAME, newDefinition } from '../definition.ts';
import { scriptKey } from '../names.ts';
import type { JobPlan, ScaffoldFile, ScaffoldPlan } from '../scaffold.ts';
import { jobSettings } from '../settings.ts';

/** Inputs of the AWS CLI: what Sluice itself deploys, and runs on Local. */
export function cliFiles(plan: ScaffoldPlan): readonly ScaffoldFile[] {
  const { job, machine } = plan;
  return [
    ...(job ? [{ path: `${job.name}.glue.json`, text: json(jobInput(job)) }] : []),
    ...(machine
      ? [
          {
            path: `${machine.name}.asl.json`,
            text: json(newDefinition(plan)).replaceAll(JOB_NAME, job?.name ?? ''),
            isMain: true as const,
          },
          { path: `${machine.name}.input.json`, text: '{}\n' },
        ]
      : []),
  ];
}

/** https://docs.aws.amazon.com/cli/latest/reference/glue/create-job.html */
function jobInput(job: JobPlan): Readonly<Record<string, unknown>> {
  const { command, pythonVersion, glueVersion, workers, maxCapacity, timeoutMinutes } = jobSettings(job);
  return {
    Name: job.name,
    Description: 'Adds up what each country ordered.',
    Role: 'AWSGlueServiceRole-jobs',
    Command: {
      Name: command,
      ScriptLocation: `s3://${job.bucket}/${scriptKey(job)}`,
      PythonVersion: pythonVersion,
    },
    ...(glueVersion === undefined ? {} : { GlueVersion: glueVersion }),
    ...(workers ? { WorkerType: workers.type, NumberOfWorkers: workers.count } : {}),
    ...(maxCapacity === undefined ? {} : { MaxCapacity: maxCapacity }),
    Timeout: timeoutMinutes,
    MaxRetries: 0,
  };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
