import { ALL, BATCH, s3Files, SPARK, STREAMING, text, toggle, type SpecialParameter } from './parameter.ts';

const BOOKMARK = ['job-bookmark-enable', 'job-bookmark-disable', 'job-bookmark-pause'];

/** Parameters of Spark jobs, batch and streaming, apart from those about logs. */
export const SPARK_PARAMETERS: readonly SpecialParameter[] = [
  {
    name: '--job-bookmark-option',
    isWrittenByConsole: true,
    value: { kind: 'word', words: BOOKMARK },
    jobTypes: BATCH,
    default: 'job-bookmark-disable',
    doc: 'Whether a run goes on where the last one stopped. Sources need a `transformation_ctx`, the script `job.commit()`.',
  },
  text('--job-bookmark-from', BATCH, 'With job-bookmark-pause: the run after which the input begins.'),
  text('--job-bookmark-to', BATCH, 'With job-bookmark-pause: the run with which the input ends.'),
  {
    name: '--job-language',
    isWrittenByConsole: true,
    value: { kind: 'word', words: ['python', 'scala'] },
    jobTypes: SPARK,
    default: 'python',
    doc: 'The language of the script.',
  },
  text('--class', SPARK, 'The Scala object whose `main` begins the job. Needed with `--job-language` scala.', {}),
  text('--conf', SPARK, 'Spark settings, all of them in this one value: `k=v --conf k2=v2`.'),
  {
    name: '--TempDir',
    isWrittenByConsole: true,
    value: { kind: 's3', isList: false, of: 'folder' },
    jobTypes: SPARK,
    doc: 'A folder in S3 for intermediate data. Without it Glue makes a bucket of its own.',
  },
  s3Files('--extra-jars', SPARK, 'Jars for the class path of driver and executors, separated by commas.'),
  toggle('--user-jars-first', SPARK, 'Puts the jars of `--extra-jars` before those of Glue.', { from: '2.0' }),
  {
    name: '--extra-files',
    value: { kind: 's3', isList: true, of: 'any' },
    jobTypes: SPARK,
    doc: 'Files, such as configuration, that are copied into the working directory of the driver before the script starts.',
  },
  text(
    '--python-modules-installer-option',
    SPARK,
    'Options of pip for `--additional-python-modules`, such as `--upgrade`.',
    { from: '2.0' },
  ),
  {
    name: '--python-virtual-env',
    value: { kind: 's3', isList: false, of: 'file' },
    jobTypes: SPARK,
    from: '5.0',
    doc: 'A packed virtual environment (`.tar.gz`) that replaces every Python library of Glue.',
  },
  {
    name: '--python-virtual-env-storage-prefix',
    value: { kind: 's3', isList: false, of: 'folder' },
    jobTypes: SPARK,
    from: '6.0',
    doc: 'Where Glue keeps the virtual environment that it builds for the job, so that later runs start faster.',
  },
  text('--python-virtual-env-version', SPARK, 'Another value makes Glue build its virtual environment anew.', {
    from: '6.0',
    default: '0',
  }),
  {
    name: '--datalake-formats',
    value: { kind: 'words', words: ['hudi', 'delta', 'iceberg'] },
    jobTypes: BATCH,
    from: '3.0',
    doc: 'Table formats whose libraries the job loads, separated by commas.',
  },
  toggle('--enable-auto-scaling', SPARK, 'Adds and removes workers during a run, up to NumberOfWorkers.', {
    from: '3.0',
    default: 'false',
  }),
  toggle('--auto-scale-within-microbatch', STREAMING, 'Scales within a micro-batch. Needs `--enable-auto-scaling`.', {
    default: 'false',
  }),
  {
    name: '--executor-cores',
    value: { kind: 'integer', min: 1, max: 128 },
    jobTypes: SPARK,
    from: '3.0',
    doc: 'Tasks that an executor runs at once; at most twice the vCPUs of its worker.',
  },
  {
    name: '--enable-glue-datacatalog',
    isWrittenByConsole: true,
    value: { kind: 'flag' },
    jobTypes: SPARK,
    doc: 'Uses the Data Catalog as the Hive metastore of Spark SQL. Its presence is enough: leave it out to turn it off.',
  },
  toggle('--enable-lakeformation-fine-grained-access', SPARK, 'Reads tables with the permissions of Lake Formation.', {
    from: '5.0',
  }),
  toggle('--enable-s3-parquet-optimized-committer', BATCH, 'Writes Parquet with the committer made for S3.', {
    default: 'true from Glue 3.0',
  }),
  toggle('--enable-rename-algorithm-v2', SPARK, 'The faster output committer. Glue 1.0 only.', {
    from: '1.0',
    until: '1.0',
  }),
  toggle('--use-postgres-driver', SPARK, 'Prefers the PostgreSQL driver. Glue 2.0 only.', {
    from: '2.0',
    until: '2.0',
  }),
  toggle('--disable-proxy-v2', SPARK, 'Calls S3, CloudWatch and Glue through your VPC instead of the proxy of Glue.'),
  text('--write-shuffle-files-to-s3', SPARK, 'Writes shuffle data to S3 instead of the disks of the workers.'),
  text('--write-shuffle-spills-to-s3', SPARK, 'Writes what spills during a shuffle to S3.'),
  toggle('--enable-data-lineage', SPARK, 'Sends lineage of the run to Amazon DataZone.'),
  text('--customer-driver-env-vars', SPARK, 'Environment of the driver: `CUSTOMER_A=1,CUSTOMER_B=2`.'),
  text('--customer-executor-env-vars', SPARK, 'Environment of the executors: `CUSTOMER_A=1,CUSTOMER_B=2`.'),
  {
    name: '--encryption-type',
    value: { kind: 'word', words: ['sse-s3'] },
    jobTypes: ALL,
    doc: 'Server-side encryption of what the job writes. A security configuration is the newer way.',
  },
];
