import type { LogStreamKind } from './entry.ts';
import type { JobRunDetail } from './ports.ts';

/** A log group that holds streams of a job run, and what their names start with. */
export interface LogPlace {
  readonly group: string;
  readonly prefix: string;
  readonly kind: LogStreamKind;
  /** The streams are shared with other runs of the job: only what lies within this run's time is its own. */
  readonly isShared: boolean;
}

/**
 * Where Glue writes the logs of a run. Groups that do not exist (yet) are among them.
 * https://docs.aws.amazon.com/glue/latest/dg/monitor-continuous-logging.html
 */
export function logPlaces(run: JobRunDetail): readonly LogPlace[] {
  const args = run.arguments;
  const isRealTime = majorVersion(run.glueVersion) >= 5;
  const base = (isRealTime && args['--custom-logGroup-prefix']) || run.logGroupName || '/aws-glue/jobs';
  const customStream = isRealTime ? args['--custom-logStream-prefix'] : undefined;
  const own = { prefix: customStream || run.runId, isShared: Boolean(customStream) };
  const places: LogPlace[] = [
    { ...own, group: `${trimSlash(base)}/output`, kind: 'out' },
    { ...own, group: `${trimSlash(base)}/error`, kind: 'err' },
  ];
  if (!isRealTime && args['--enable-continuous-cloudwatch-log'] === 'true') {
    const prefix = args['--continuous-log-logStreamPrefix'];
    places.push({
      group: args['--continuous-log-logGroup'] || '/aws-glue/jobs/logs-v2',
      prefix: prefix || run.runId,
      isShared: Boolean(prefix),
      kind: 'log',
    });
  }
  return places;
}

/** What a stream's name says. */
export interface StreamRole {
  readonly kind: LogStreamKind | 'progress';
  readonly executor?: number;
}

/** The role of a stream found under `place`; undefined for one of another run whose id starts alike. */
export function streamRole(place: LogPlace, stream: string): StreamRole | undefined {
  if (!stream.startsWith(place.prefix)) return undefined;
  const rest = stream.slice(place.prefix.length);
  if (rest === '' || rest === '-driver') return { kind: place.kind };
  if (rest.startsWith('-progress-bar')) return { kind: 'progress' };
  if (rest.startsWith('-job-insights')) return { kind: 'insight' };
  const executor = /^-(?:g-)?(?:executor-)?(\d+)$/.exec(rest);
  if (executor) return { kind: place.kind, executor: Number(executor[1]) };
  // Older Spark runs append an executor's host name.
  return /^[-_/]/.test(rest) && !rest.startsWith('_attempt_') ? { kind: place.kind } : undefined;
}

function majorVersion(glueVersion: string | undefined): number {
  return glueVersion === undefined ? 0 : Number.parseInt(glueVersion, 10);
}

function trimSlash(group: string): string {
  return group.endsWith('/') ? group.slice(0, -1) : group;
}
