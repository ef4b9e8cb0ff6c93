import { Input } from '../http/input.ts';
import { kindOfDefinition } from './jobDefinition.ts';
import type { JobRunRecord } from './records.ts';
import { runArguments } from './runArguments.ts';

/** What a line of a run is: of the script, of the system around it, of an executor, or a progress bar. */
export type OutputKind = 'output' | 'error' | 'executor' | 'progress';

export interface LogTarget {
  readonly group: string;
  readonly stream: string;
}

/** Where the lines of a run go, by their kind; a kind may have no place, or several. */
export type RunStreams = Readonly<Record<OutputKind, readonly LogTarget[]>>;

type RunFacts = Pick<JobRunRecord, 'id' | 'definition' | 'overrides' | 'arguments' | 'origin'>;

/**
 * Base name of a run's log groups, with the security configuration and role where there is one.
 * https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-jobs-runs.html (LogGroupName)
 */
export function logGroupOf(run: Pick<RunFacts, 'definition' | 'overrides'>): string {
  const definition = new Input(run.definition);
  const security =
    new Input(run.overrides).optionalText('SecurityConfiguration') ?? definition.optionalText('SecurityConfiguration');
  if (kindOfDefinition(run.definition) === 'pythonshell') return '/aws-glue/python-jobs';
  if (!security) return '/aws-glue/jobs';
  const role = (definition.optionalText('Role') ?? '').replace(/^.*\//, '');
  return isRealTime(definition) ? `/aws-glue/jobs/${security}-role/${role}` : `/aws-glue/jobs-${role}-${security}`;
}

/**
 * The streams of a run as Glue names them: from 5.0 on one for the driver and one for each executor, before that one of the
 * run's own name, and with continuous logging those of `logs-v2` beside it.
 * https://docs.aws.amazon.com/glue/latest/dg/monitor-continuous-logging.html
 */
export function runStreams(run: RunFacts): RunStreams {
  const definition = new Input(run.definition);
  const args = runArguments(run);
  const group = logGroupOf(run);
  if (kindOfDefinition(run.definition) === 'pythonshell') return plainStreams(group, run.id, []);
  if (isRealTime(definition)) {
    const base = (args['--custom-logGroup-prefix'] || group).replace(/\/$/, '');
    const prefix = args['--custom-logStream-prefix'] || run.id;
    return {
      output: [{ group: `${base}/output`, stream: `${prefix}-driver` }],
      error: [{ group: `${base}/error`, stream: `${prefix}-driver` }],
      executor: [{ group: `${base}/error`, stream: `${prefix}-1` }],
      progress: [{ group: `${base}/error`, stream: `${prefix}-progress-bar` }],
    };
  }
  if (args['--enable-continuous-cloudwatch-log'] !== 'true') return plainStreams(group, run.id, []);
  const security = definition.optionalText('SecurityConfiguration');
  const continuous = args['--continuous-log-logGroup'] || `/aws-glue/jobs/logs-v2${security ? `-${security}` : ''}`;
  const prefix = args['--continuous-log-logStreamPrefix'] || run.id;
  const inContinuous = (suffix: string): LogTarget => ({ group: continuous, stream: `${prefix}-${suffix}` });
  const plain = plainStreams(group, run.id, [inContinuous('1')]);
  return { ...plain, error: [...plain.error, inContinuous('driver')], progress: [inContinuous('progress-bar')] };
}

function plainStreams(base: string, runId: string, executor: readonly LogTarget[]): RunStreams {
  return {
    output: [{ group: `${base}/output`, stream: runId }],
    error: [{ group: `${base}/error`, stream: runId }],
    executor: [{ group: `${base}/error`, stream: `${runId}-g-1` }, ...executor],
    progress: [],
  };
}

function isRealTime(definition: Input): boolean {
  return Number.parseInt(definition.optionalText('GlueVersion') ?? '0', 10) >= 5;
}
