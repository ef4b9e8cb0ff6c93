import { ALL, RAY, s3Files, SHELL, SPARK, text, toggle, type SpecialParameter } from './parameter.ts';
import { SPARK_PARAMETERS } from './sparkParameters.ts';

export type { SpecialParameter } from './parameter.ts';

const reserved = (name: string, doc: string): SpecialParameter => text(name, ALL, doc, { isReserved: true });

/** What a run logs and shows. */
const OBSERVED: readonly SpecialParameter[] = [
  toggle(
    '--enable-continuous-cloudwatch-log',
    SPARK,
    'Writes logs while the job runs. From Glue 5.0 they always are.',
    {
      until: '4.0',
    },
  ),
  toggle('--enable-continuous-log-filter', SPARK, 'Leaves Spark heartbeat and YARN messages out of the logs.', {
    until: '4.0',
    default: 'true',
  }),
  text('--continuous-log-logGroup', SPARK, 'The log group of continuous logging.', { until: '4.0' }),
  text('--continuous-log-logStreamPrefix', SPARK, 'How the log streams of continuous logging begin.', { until: '4.0' }),
  text('--continuous-log-conversionPattern', SPARK, 'The Log4j pattern of continuous logging.', { until: '4.0' }),
  text('--custom-logGroup-prefix', SPARK, 'How the log groups begin. At most 400 characters, without `:` and `*`.', {
    from: '5.0',
  }),
  text('--custom-logStream-prefix', SPARK, 'How the log streams begin. At most 400 characters, without `:` and `*`.', {
    from: '5.0',
  }),
  {
    name: '--enable-metrics',
    value: { kind: 'flag' },
    jobTypes: SPARK,
    doc: 'Publishes metrics of the run to CloudWatch. Its presence is enough: leave it out to turn it off.',
  },
  toggle('--enable-observability-metrics', SPARK, 'Publishes skew, reliability and utilization metrics.', {}),
  toggle('--enable-job-insights', SPARK, 'Writes what made the job fail, and advice, into a log stream of its own.', {
    from: '2.0',
    default: 'true',
  }),
  toggle('--enable-spark-ui', SPARK, 'Keeps event logs for the Spark UI. Needs `--spark-event-logs-path`.', {}),
  toggle('--enable-spark-ui-legacy-path', SPARK, 'Writes event logs without the folder of the run above them.'),
  {
    name: '--spark-event-logs-path',
    value: { kind: 's3', isList: false, of: 'folder' },
    jobTypes: SPARK,
    doc: 'A folder in S3 for the event logs of the Spark UI. Does nothing without `--enable-spark-ui`.',
  },
];

/** Parameters that Python shell jobs know as well, or alone. */
const PYTHON: readonly SpecialParameter[] = [
  text(
    '--additional-python-modules',
    [...SPARK, ...SHELL],
    'Modules that pip installs before the run, separated by commas: `pkg==1.2,s3://bucket/other.whl`.',
    { from: '2.0' },
  ),
  s3Files('--extra-py-files', [...SPARK, ...SHELL], 'Python files and archives that the script imports. No folders.'),
  {
    name: 'library-set',
    value: { kind: 'word', words: ['analytics', 'none'] },
    jobTypes: SHELL,
    default: 'analytics',
    doc: 'The libraries that a Python 3.9 shell job starts with. The one key without dashes.',
  },
  {
    name: '--scriptLocation',
    value: { kind: 's3', isList: false, of: 'file' },
    jobTypes: ALL,
    doc: 'The script to run instead of the one of Command.ScriptLocation.',
  },
];

const RAY_PARAMETERS: readonly SpecialParameter[] = [
  text('--pip-install', RAY, 'Python packages to install.'),
  s3Files('--s3-py-modules', RAY, 'Python modules in S3.'),
  {
    name: '--working-dir',
    value: { kind: 's3', isList: false, of: 'file' },
    jobTypes: RAY,
    doc: 'A zip in S3 with the files that all nodes get.',
  },
  text('--min-workers', RAY, 'Workers that are always there.'),
  text('--object_store_memory_head', RAY, 'Percent of the memory of the head node for the object store.'),
  text('--object_store_memory_worker', RAY, 'Percent of the memory of a worker for the object store.'),
  text('--object_spilling_config', RAY, 'Where objects go that do not fit the object store, as JSON.'),
  text('--logging_configuration', RAY, 'What is logged and where, as JSON.'),
];

export const SPECIAL_PARAMETERS: readonly SpecialParameter[] = [
  ...SPARK_PARAMETERS,
  ...PYTHON,
  ...OBSERVED,
  ...RAY_PARAMETERS,
  reserved('--JOB_NAME', 'Set by Glue: the name of the job. What a job sets is overwritten.'),
  reserved('--JOB_RUN_ID', 'Set by Glue: the id of the run.'),
  reserved('--JOB_ID', 'Set by Glue: the id of the job.'),
  reserved('--WORKFLOW_NAME', 'Set by Glue in a workflow: its name.'),
  reserved('--WORKFLOW_RUN_ID', 'Set by Glue in a workflow: the id of its run.'),
  reserved('--debug', 'Internal to Glue.'),
  reserved('--mode', 'Internal to Glue.'),
  reserved('--endpoint', 'Internal to Glue.'),
];

const byName = new Map(SPECIAL_PARAMETERS.map((parameter) => [parameter.name, parameter]));

export function specialParameter(name: string): SpecialParameter | undefined {
  return byName.get(name);
}
