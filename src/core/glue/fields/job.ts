import { flag, integer, map, object, shortText, text, word, type FieldSpec, type Shape } from './spec.ts';
import { COMMAND_WORDS, VERSION_WORDS, WORKER_WORDS } from './words.ts';

const MANY = Number.MAX_SAFE_INTEGER;
const seconds = '48 hours up to Glue 4.0, 8 hours from 5.0';

const role = text(
  'Role',
  'The IAM role that a run has: its name, or its ARN. Terraform, and whoever creates the job, need `iam:PassRole` for it.',
  { isRequired: true, isOwned: true, names: { snake: 'role_arn', pulumi: 'roleArn' } },
);

const workers: readonly FieldSpec[] = [
  word(
    'WorkerType',
    WORKER_WORDS,
    'The kind of machine that a run gets, and with NumberOfWorkers what it costs. Not beside MaxCapacity.',
    { isOwned: true },
  ),
  integer(
    'NumberOfWorkers',
    [1, MANY],
    'How many workers a run gets, one of them for the driver. Goes with WorkerType.',
  ),
  {
    name: 'MaxCapacity',
    value: { kind: 'number' },
    doc: 'Data processing units (DPU): 0.0625 or 1 for a Python shell job. Spark jobs give WorkerType and NumberOfWorkers.',
  },
  integer('AllocatedCapacity', [0, MANY], 'Deprecated. Use WorkerType and NumberOfWorkers, or MaxCapacity.'),
  integer('Timeout', [1, 10_080], `Minutes after which a run is stopped. Without it: ${seconds}. At most 7 days.`, {
    isOwned: true,
  }),
  word(
    'ExecutionClass',
    [
      { name: 'STANDARD', detail: 'starts at once', doc: 'Workers are there at once and stay.' },
      {
        name: 'FLEX',
        detail: 'cheaper, may wait',
        doc: 'Spare capacity at a lower price: a run may wait for workers, and lose them. For Spark ETL jobs with G.1X or G.2X.',
      },
    ],
    'STANDARD, or FLEX for runs that can wait.',
  ),
  text('SecurityConfiguration', 'The name of a security configuration: how logs, bookmarks and data are encrypted.'),
  object('NotificationProperty', 'notificationProperty', 'When to tell of a run that takes long.'),
  flag('JobRunQueuingEnabled', 'Lets runs wait where limits would refuse them.'),
];

const args = (name: string, doc: string): FieldSpec => ({ name, value: { kind: 'arguments' }, doc });

export const job: Shape = {
  title: 'a job',
  fields: [
    shortText('Name', 255, 'The name of the job, unique in the account and region.', { isRequired: true }),
    shortText('Description', 2048, 'For people. At most 2048 characters.'),
    role,
    object('Command', 'command', 'What the job runs.', { isRequired: true }),
    word(
      'GlueVersion',
      VERSION_WORDS,
      'Decides over Spark, Python and Java. Without it the service takes its newest.',
      {
        names: { studio: 'version' },
        isOwned: true,
      },
    ),
    ...workers,
    integer('MaxRetries', [0, 10], 'How often a failed run is tried again. One that timed out is not.', {
      isOwned: true,
    }),
    args('DefaultArguments', 'What the script and Glue get as arguments, unless a run says otherwise.'),
    args('NonOverridableArguments', 'Arguments that a run cannot change.'),
    object('ExecutionProperty', 'executionProperty', 'How many runs there may be at once.'),
    object('Connections', 'connections', 'The connections that the job may use.', { isOwned: true }),
    word(
      'JobMode',
      ['SCRIPT', 'VISUAL', 'NOTEBOOK'],
      'How the job is edited in the console. VISUAL generates the script anew.',
    ),
    text('MaintenanceWindow', 'Streaming jobs: day and hour in UTC at which Glue may restart it, such as `Sun:10`.'),
    map('Tags', 'At most 50.'),
    object('SourceControlDetails', 'sourceControl', 'The Git repository that the job is kept in.'),
    {
      name: 'CodeGenConfigurationNodes',
      value: { kind: 'map' },
      doc: 'The visual job, from which the script is generated. A Git file holds it as JSON text.',
      isOwned: true,
    },
    text('LogUri', 'Reserved by Glue; it has no effect.'),
  ],
};

export const jobRun: Shape = {
  title: 'a job run',
  fields: [
    text('JobName', 'The job to run.', { isRequired: true }),
    args('Arguments', 'What replaces the default arguments of the job for this run.'),
    text('JobRunId', 'An earlier run to try again.'),
    ...workers,
    text('ExecutionRoleSessionPolicy', 'A policy, as JSON text, that narrows the role for this run.'),
  ],
};

export const command: Shape = {
  title: 'a Command',
  fields: [
    word('Name', COMMAND_WORDS, 'What runs the script.', { isRequired: true, isOwned: true }),
    text('ScriptLocation', 'The script in S3, such as `s3://bucket/jobs/load.py`.', { isRequired: true }),
    word(
      'PythonVersion',
      [
        { name: '3', detail: 'Spark jobs', doc: 'The Glue version decides which Python 3 it is.' },
        { name: '3.9', detail: 'Python shell and Ray', doc: 'The only Python of Python shell jobs.' },
      ],
      'Of a Spark job 3: the Glue version decides which. Of a Python shell job 3.9.',
      { isOwned: true },
    ),
    word('Runtime', ['Ray2.4'], 'Ray jobs: the version of Ray and its Python.', { isOwned: true }),
  ],
};

export const executionProperty: Shape = {
  title: 'an ExecutionProperty',
  fields: [integer('MaxConcurrentRuns', [1, MANY], 'How many runs there may be at once. Default 1.')],
};

export const notificationProperty: Shape = {
  title: 'a NotificationProperty',
  fields: [integer('NotifyDelayAfter', [1, MANY], 'Minutes after which an event tells that the run goes on.')],
};

export const connections: Shape = {
  title: 'a ConnectionsList',
  fields: [{ name: 'Connections', value: { kind: 'texts' }, doc: 'Names of connections.' }],
};

export const sourceControl: Shape = {
  title: 'SourceControlDetails',
  fields: [
    word('Provider', ['GITHUB', 'GITLAB', 'BITBUCKET', 'AWS_CODE_COMMIT'], 'Who keeps the repository.'),
    text('Repository', 'The name of the repository.'),
    text('Owner', 'Whose repository it is.'),
    text('Branch', 'The branch that the job is read from and written to.'),
    text('Folder', 'The folder of the job in the repository.'),
    text('LastCommitId', 'The commit that the job was last read from or written to.'),
    word('AuthStrategy', ['PERSONAL_ACCESS_TOKEN', 'AWS_SECRETS_MANAGER'], 'How Glue signs in.'),
    text('AuthToken', 'A token, or the name of a secret. Do not keep a token in a file.'),
  ],
};
