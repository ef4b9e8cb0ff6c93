/** A job that no rule has anything to say about. */
export const job = {
  Name: 'load',
  Role: 'arn:aws:iam::111122223333:role/GlueRole',
  Command: { Name: 'glueetl', ScriptLocation: 's3://scripts/load.py', PythonVersion: '3' },
  GlueVersion: '5.1',
  WorkerType: 'G.1X',
  NumberOfWorkers: 2,
  Timeout: 60,
  DefaultArguments: { '--source': 's3://raw/orders/' },
};

/** The same for a Python shell job. */
export const shell = {
  Name: 'load',
  Role: 'GlueRole',
  Command: { Name: 'pythonshell', ScriptLocation: 's3://scripts/load.py', PythonVersion: '3.9' },
  MaxCapacity: 0.0625,
  DefaultArguments: {},
};

export const trigger = {
  Name: 'nightly',
  Type: 'SCHEDULED',
  Schedule: 'cron(0 1 * * ? *)',
  Actions: [{ JobName: 'load' }],
};

const condition = { LogicalOperator: 'EQUALS', JobName: 'load', State: 'SUCCEEDED' };
const conditional = { Name: 'next', Type: 'CONDITIONAL', Actions: [{ JobName: 'report' }] };
const withArguments = (given: Record<string, unknown>, more: object = {}): object => ({
  ...job,
  ...more,
  DefaultArguments: given,
});
const streaming = { Name: 'gluestreaming', ScriptLocation: 's3://scripts/load.py', PythonVersion: '3' };
const without = (name: string, config: object = job): object =>
  Object.fromEntries(Object.entries(config).filter(([key]) => key !== name));

/** Rule, a config that breaks it, and one beside it that does not. */
export const cases: readonly (readonly [rule: string, bad: object, good: object])[] = [
  ['required-field', without('Role'), job],
  ['misspelt-field', { ...without('GlueVersion'), GlueVerison: '5.1' }, job],
  [
    'field-value',
    { ...job, ExecutionProperty: { MaxConcurrentRuns: 0 } },
    { ...job, ExecutionProperty: { MaxConcurrentRuns: 3 }, ExecutionClass: 'FLEX' },
  ],
  ['command-name', { ...job, Command: { ...job.Command, Name: 'spark' } }, job],
  ['python-version', { ...job, Command: { ...job.Command, PythonVersion: '3.11' } }, job],
  ['python-version-fit', { ...job, Command: { ...job.Command, PythonVersion: '3.9' } }, shell],
  ['exclusive-capacity', { ...job, MaxCapacity: 4 }, job],
  ['worker-pair', without('NumberOfWorkers'), without('NumberOfWorkers', without('WorkerType'))],
  ['spark-max-capacity', { ...without('NumberOfWorkers', without('WorkerType')), MaxCapacity: 4 }, job],
  ['python-shell-capacity', { ...shell, MaxCapacity: 2 }, { ...shell, MaxCapacity: 1 }],
  ['allocated-capacity', { ...without('NumberOfWorkers', without('WorkerType')), AllocatedCapacity: 4 }, job],
  ['worker-type', { ...job, WorkerType: 'G1.X' }, { ...job, WorkerType: 'R.8X' }],
  ['worker-type-fit', { ...job, GlueVersion: '3.0', WorkerType: 'R.1X' }, { ...job, WorkerType: 'G.16X' }],
  ['flex', { ...job, WorkerType: 'G.4X', ExecutionClass: 'FLEX' }, { ...job, ExecutionClass: 'FLEX' }],
  ['version-missing', without('GlueVersion'), shell],
  ['end-of-life-version', { ...job, GlueVersion: '2.0' }, { ...shell, GlueVersion: '1.0' }],
  ['unknown-version', { ...job, GlueVersion: '5' }, { ...job, GlueVersion: '6.0' }],
  ['auto-version', { ...job, GlueVersion: 'auto' }, { ...job, GlueVersion: 'auto', MaxRetries: 1 }],
  ['timeout', { ...job, Timeout: 10_081 }, { ...job, Timeout: 10_080 }],
  ['max-retries', { ...job, MaxRetries: 11 }, { ...job, MaxRetries: 10 }],
  ['script-location', { ...job, Command: { ...job.Command, ScriptLocation: 'jobs/load.py' } }, job],
  [
    'script-language',
    { ...job, Command: { ...job.Command, ScriptLocation: 's3://scripts/Load.scala' } },
    withArguments(
      { '--job-language': 'scala', '--class': 'Load' },
      { Command: { Name: 'glueetl', ScriptLocation: 's3://scripts/Load.scala' } },
    ),
  ],
  ['role', { ...job, Role: 'arn:aws:iam::aws:policy/AWSGlueServiceRole' }, { ...job, Role: 'service-role/Glue' }],
  ['argument-name', withArguments({ '—source': 'x' }), withArguments({ '--my-source': 'x' })],
  [
    'misspelt-argument',
    withArguments({ '--enable-continuos-log-filter': 'true' }),
    withArguments({ '--temp_dir': 'x' }),
  ],
  ['field-as-argument', withArguments({ '--glue_version': '5.1' }), withArguments({ '--version': '5.1' })],
  ['reserved-argument', withArguments({ '--mode': 'full' }), withArguments({ '--load_mode': 'full' })],
  ['argument-text', withArguments({ '--batch': 5 }), withArguments({ '--batch': '5' })],
  [
    'argument-value',
    withArguments({ '--job-bookmark-option': 'enable' }),
    withArguments({ '--enable-auto-scaling': 'True' }),
  ],
  [
    'argument-location',
    withArguments({ '--extra-jars': 'libs/a.jar' }),
    withArguments({ '--extra-jars': 's3://b/a.jar' }),
  ],
  ['flag-false', withArguments({ '--enable-metrics': 'false' }), withArguments({ '--enable-metrics': '' })],
  [
    'argument-fit',
    { ...shell, DefaultArguments: { '--datalake-formats': 'delta' } },
    withArguments({ '--datalake-formats': 'delta' }),
  ],
  [
    'bookmark',
    withArguments({ '--job-bookmark-option': 'job-bookmark-pause', '--job-bookmark-from': 'a' }),
    withArguments({
      '--job-bookmark-option': 'job-bookmark-pause',
      '--job-bookmark-from': 'a',
      '--job-bookmark-to': 'b',
    }),
  ],
  [
    'virtual-env',
    withArguments({ '--python-virtual-env': 's3://b/e.tar.gz' }, { GlueVersion: '4.0' }),
    withArguments({ '--python-virtual-env': 's3://b/e.tar.gz' }),
  ],
  [
    'python-modules',
    withArguments({ '--additional-python-modules': 'pandas=2.2' }),
    withArguments({ '--additional-python-modules': 'pandas==2.2,s3://b/x.whl,numpy>=2' }),
  ],
  [
    'micro-batch-scaling',
    withArguments({ '--auto-scale-within-microbatch': 'true' }, { Command: streaming }),
    withArguments(
      { '--auto-scale-within-microbatch': 'true', '--enable-auto-scaling': 'true' },
      { Command: streaming },
    ),
  ],
  ['executor-cores', withArguments({ '--executor-cores': '9' }), withArguments({ '--executor-cores': '8' })],
  [
    'spark-ui',
    withArguments({ '--enable-spark-ui': 'true' }),
    withArguments({ '--enable-spark-ui': 'true', '--spark-event-logs-path': 's3://b/l/' }),
  ],
  [
    'log-arguments',
    withArguments({ '--custom-logGroup-prefix': 'a:b' }),
    withArguments({ '--custom-logGroup-prefix': '/jobs/load' }),
  ],
  [
    'customer-variables',
    withArguments({ '--customer-driver-env-vars': 'STAGE=dev' }),
    withArguments({ '--customer-driver-env-vars': 'CUSTOMER_STAGE=dev' }),
  ],
  [
    'secret-argument',
    withArguments({ '--db_password': 'hunter2' }),
    withArguments({ '--S3_KEY': 'a/b', '--secret_name': 'prod/db', '--api_key': 'arn:aws:secretsmanager:x' }),
  ],
  [
    'arguments-size',
    withArguments({ '--config': 'x'.repeat(270_000) }),
    withArguments({ '--config': 'x'.repeat(1000) }),
  ],
  [
    'overridden-argument',
    { ...job, NonOverridableArguments: { '--source': 'x' } },
    { ...job, NonOverridableArguments: { '--sink': 'x' } },
  ],
  ['connections-shape', { ...job, Connections: ['db'] }, { ...job, Connections: { Connections: ['db'] } }],
  [
    'too-many-tags',
    { ...job, Tags: Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`t${at}`, ''])) },
    { ...job, Tags: { a: '' } },
  ],
  [
    'maintenance-window',
    { ...job, Command: streaming, MaintenanceWindow: 'Sunday 10' },
    { ...job, Command: streaming, MaintenanceWindow: 'Sun:10' },
  ],
  ['ray-closed', { ...without('WorkerType'), Command: { ...job.Command, Name: 'glueray' } }, job],
  ['reply-as-input', { ...job, CreatedOn: '2026-01-05', AllocatedCapacity: 2 }, job],
  ['git-nodes-text', gitJob({ codeGenConfigurationNodes: { a: {} } }), gitJob({ codeGenConfigurationNodes: '{}' })],
  [
    'script-arguments',
    studio("args = getResolvedOptions(sys.argv, ['JOB_NAME', 'sink_path'])"),
    studio("args = getResolvedOptions(sys.argv, ['JOB_NAME', 'source_path'])"),
  ],
  ['trigger-type', { ...trigger, Type: 'SCHEDULE' }, trigger],
  [
    'trigger-actions',
    { ...trigger, Actions: [{ Arguments: {} }] },
    { ...trigger, Actions: [{ CrawlerName: 'orders' }] },
  ],
  [
    'trigger-schedule',
    { ...trigger, Schedule: 'cron(0 1 * * *)' },
    { ...trigger, Schedule: 'cron(0/5 * ? * MON-FRI *)' },
  ],
  ['trigger-predicate', conditional, { ...conditional, Predicate: { Conditions: [condition] } }],
  [
    'condition-state',
    { ...conditional, Predicate: { Conditions: [{ ...condition, State: 'SUCCESS' }] } },
    {
      ...conditional,
      Predicate: { Conditions: [{ LogicalOperator: 'EQUALS', CrawlerName: 'c', CrawlState: 'CANCELLED' }] },
    },
  ],
  [
    'trigger-other-type',
    { ...trigger, Type: 'ON_DEMAND' },
    { Name: 't', Type: 'ON_DEMAND', Actions: [{ JobName: 'load' }] },
  ],
  [
    'event-batching',
    { Name: 't', Type: 'EVENT', EventBatchingCondition: { BatchSize: 0 }, Actions: [{ JobName: 'load' }] },
    {
      Name: 't',
      Type: 'EVENT',
      EventBatchingCondition: { BatchSize: 100, BatchWindow: 900 },
      Actions: [{ JobName: 'load' }],
    },
  ],
  ['crawler-target', crawler({ Targets: { JdbcTargets: [{ Path: 'shop/%' }] } }), crawler()],
  [
    'crawler-policy',
    crawler({
      RecrawlPolicy: { RecrawlBehavior: 'CRAWL_NEW_FOLDERS_ONLY' },
      SchemaChangePolicy: policy('LOG', 'DEPRECATE_IN_DATABASE'),
    }),
    crawler({ RecrawlPolicy: { RecrawlBehavior: 'CRAWL_NEW_FOLDERS_ONLY' }, SchemaChangePolicy: policy('LOG', 'LOG') }),
  ],
  ['crawler-schedule', crawler({ Schedule: 'rate(1 hour)' }), crawler({ Schedule: 'cron(0 * * * ? *)' })],
  [
    'crawler-configuration',
    crawler({ Configuration: '{Version: 1.0}' }),
    crawler({ Configuration: '{"Version": 1.0}' }),
  ],
  ['connection-type', connection('jdbc'), connection('JDBC')],
  ['connection-properties', connection('KAFKA', {}), connection('KAFKA', { KAFKA_BOOTSTRAP_SERVERS: 'b:9092' })],
  [
    'connection-url',
    connection('JDBC', { JDBC_CONNECTION_URL: 'mysql://h/db', SECRET_ID: 's' }),
    connection('CUSTOM', { JDBC_CONNECTION_URL: '[["default=jdbc:x"],","]' }),
  ],
  [
    'connection-secret',
    connection('JDBC', { JDBC_CONNECTION_URL: 'jdbc:mysql://h/db', USERNAME: 'a', PASSWORD: 'hunter2' }),
    connection('JDBC'),
  ],
  [
    'security-configuration',
    security({ CloudWatchEncryptionMode: 'SSE-KMS' }),
    security({ CloudWatchEncryptionMode: 'DISABLED' }),
  ],
  [
    'arn-form',
    withArguments({ '--topic': 'arn:aws:sns:eu-west-1:11112222333:alerts' }),
    withArguments({ '--topic': 'arn:aws:sns:eu-west-1:111122223333:alerts' }),
  ],
  [
    'name-not-arn',
    { ...trigger, Actions: [{ JobName: 'arn:aws:glue:eu-west-1:111122223333:job/load' }] },
    { ...trigger, Actions: [{ JobName: 'load' }] },
  ],
  [
    'mixed-arns',
    withArguments({ '--topic': 'arn:aws:sns:eu-west-1:444455556666:alerts' }),
    withArguments({ '--topic': 'arn:aws:sns:eu-west-1:111122223333:alerts' }),
  ],
  [
    'sample-value',
    { ...job, Command: { ...job.Command, ScriptLocation: 's3://<your-bucket>/load.py' } },
    { ...job, Command: { ...job.Command, ScriptLocation: 's3://${Bucket}/load.py' } },
  ],
];

function crawler(more: object = {}): object {
  return { Name: 'raw', Role: 'GlueRole', Targets: { S3Targets: [{ Path: 's3://raw/orders/' }] }, ...more };
}

function policy(UpdateBehavior: string, DeleteBehavior: string): object {
  return { UpdateBehavior, DeleteBehavior };
}

function connection(
  ConnectionType: string,
  ConnectionProperties: object = { JDBC_CONNECTION_URL: 'jdbc:mysql://h/db', SECRET_ID: 's' },
): object {
  return { ConnectionInput: { Name: 'shop', ConnectionType, ConnectionProperties } };
}

function security(CloudWatchEncryption: object): object {
  return { Name: 'sealed', EncryptionConfiguration: { CloudWatchEncryption } };
}

function gitJob(more: object): object {
  const command = { name: 'glueetl', scriptLocation: 's3://scripts/load.py', pythonVersion: '3' };
  return { name: 'load', role: 'GlueRole', command, glueVersion: '5.1', ...more };
}

function studio(script: string): object {
  const jobConfig = {
    name: 'load',
    role: 'GlueRole',
    command: 'glueetl',
    version: '5.1',
    jobParameters: [{ key: '--source_path', value: 'x' }],
  };
  return { jobConfig, script };
}
