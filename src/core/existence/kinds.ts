import { readArn, type Arn } from '../language/arn.ts';

interface KindFacts {
  /** What messages call one of the kind. */
  readonly title: string;
  /** What ARNs of the kind hold: service, and what stands before the name in the resource part. */
  readonly arn: readonly [service: string, before: string];
  /** What Cloud Control calls the kind, where it is listed that way. */
  readonly type?: string;
  /** Whether a name may belong to another account, so that it is no fault when this one does not list it. */
  readonly isShared?: true;
}

/** What can be looked up in an account by its name. */
export const KINDS = {
  glueJob: { title: 'Glue job', arn: ['glue', 'job/'] },
  glueWorkflow: { title: 'Glue workflow', arn: ['glue', 'workflow/'] },
  glueCrawler: { title: 'Glue crawler', arn: ['glue', 'crawler/'] },
  glueTrigger: { title: 'Glue trigger', arn: ['glue', 'trigger/'] },
  glueConnection: { title: 'Glue connection', arn: ['glue', 'connection/'] },
  glueDatabase: { title: 'Glue database', arn: ['glue', 'database/'] },
  stateMachine: { title: 'state machine', arn: ['states', 'stateMachine:'] },
  activity: { title: 'activity', arn: ['states', 'activity:'] },
  lambdaFunction: { title: 'Lambda function', arn: ['lambda', 'function:'] },
  s3Bucket: { title: 'S3 bucket', arn: ['s3', ''], isShared: true },
  iamRole: { title: 'IAM role', arn: ['iam', 'role/'] },
  dynamodbTable: { title: 'DynamoDB table', arn: ['dynamodb', 'table/'], type: 'AWS::DynamoDB::Table' },
  snsTopic: { title: 'SNS topic', arn: ['sns', ''], type: 'AWS::SNS::Topic' },
  sqsQueue: { title: 'SQS queue', arn: ['sqs', ''], type: 'AWS::SQS::Queue' },
  ecsCluster: { title: 'ECS cluster', arn: ['ecs', 'cluster/'], type: 'AWS::ECS::Cluster' },
  ecsTaskDefinition: {
    title: 'ECS task definition',
    arn: ['ecs', 'task-definition/'],
    type: 'AWS::ECS::TaskDefinition',
  },
  batchJobQueue: { title: 'Batch job queue', arn: ['batch', 'job-queue/'], type: 'AWS::Batch::JobQueue' },
  batchJobDefinition: {
    title: 'Batch job definition',
    arn: ['batch', 'job-definition/'],
    type: 'AWS::Batch::JobDefinition',
  },
  eventBus: { title: 'event bus', arn: ['events', 'event-bus/'], type: 'AWS::Events::EventBus' },
  kmsKey: { title: 'KMS key', arn: ['kms', 'key/'], type: 'AWS::KMS::Key' },
  kmsAlias: { title: 'alias of a KMS key', arn: ['kms', 'alias/'], type: 'AWS::KMS::Alias' },
  secret: { title: 'secret', arn: ['secretsmanager', 'secret:'], type: 'AWS::SecretsManager::Secret' },
  sagemakerModel: { title: 'SageMaker model', arn: ['sagemaker', 'model/'], type: 'AWS::SageMaker::Model' },
  sagemakerPipeline: {
    title: 'SageMaker pipeline',
    arn: ['sagemaker', 'pipeline/'],
    type: 'AWS::SageMaker::Pipeline',
  },
  eksCluster: { title: 'EKS cluster', arn: ['eks', 'cluster/'], type: 'AWS::EKS::Cluster' },
  athenaWorkGroup: { title: 'Athena workgroup', arn: ['athena', 'workgroup/'], type: 'AWS::Athena::WorkGroup' },
  kinesisStream: { title: 'Kinesis stream', arn: ['kinesis', 'stream/'], type: 'AWS::Kinesis::Stream' },
  firehoseStream: {
    title: 'Firehose stream',
    arn: ['firehose', 'deliverystream/'],
    type: 'AWS::KinesisFirehose::DeliveryStream',
  },
  emrServerlessApplication: {
    title: 'EMR Serverless application',
    arn: ['emr-serverless', '/applications/'],
    type: 'AWS::EMRServerless::Application',
  },
} as const satisfies Readonly<Record<string, KindFacts>>;

export type ResourceKind = keyof typeof KINDS;

export const RESOURCE_KINDS = Object.keys(KINDS) as readonly ResourceKind[];

export function kindFacts(kind: ResourceKind): KindFacts {
  return KINDS[kind];
}

/** What an ARN or a text that a parameter takes names. */
export interface NamedResource {
  readonly kind: ResourceKind;
  readonly name: string;
  /** Version or alias of a function or a state machine. */
  readonly qualifier?: string;
  /** Of an ARN, where it says so. */
  readonly region?: string;
  readonly accountId?: string;
}

/** What an ARN names; undefined for kinds that are not looked up. */
export function resourceOfArn(text: string): NamedResource | undefined {
  const arn = readArn(text);
  if (arn === undefined || arn.resource === '') return undefined;
  for (const kind of RESOURCE_KINDS) {
    const [service, before] = KINDS[kind].arn;
    if (arn.service !== service || !arn.resource.startsWith(before)) continue;
    const rest = arn.resource.slice(before.length);
    return named(kind, rest, arn);
  }
  return undefined;
}

/** What a parameter that takes a name, an ARN or an address of the kind names. */
export function resourceOfText(kind: ResourceKind, text: string): NamedResource | undefined {
  if (/^arn:/i.test(text)) return resourceOfArn(text);
  if (kind === 'kmsKey' && text.startsWith('alias/')) return named('kmsAlias', text.slice('alias/'.length));
  if (kind === 's3Bucket') return named(kind, /^s3[an]?:\/\/([^/]+)/.exec(text)?.[1] ?? text);
  if (kind === 'sqsQueue') {
    const queue = /^https?:\/\/sqs\.([\w-]+)\.[\w.-]+\/(\d+)\/([^/]+)$/.exec(text);
    if (queue) return { kind, name: queue[3] ?? '', region: queue[1] ?? '', accountId: queue[2] ?? '' };
    return /^https?:/.test(text) ? undefined : named(kind, text);
  }
  if (kind === 'lambdaFunction') {
    const partial = /^(\d{12}):function:(.+)$/.exec(text);
    if (partial) return { ...named(kind, partial[2] ?? ''), accountId: partial[1] ?? '' };
  }
  return named(kind, text);
}

function named(kind: ResourceKind, rest: string, arn?: Arn): NamedResource {
  const place = arn && { region: arn.region, accountId: arn.account };
  switch (kind) {
    case 'lambdaFunction':
    case 'stateMachine': {
      const [name = '', qualifier] = rest.split(':');
      return { kind, name, ...(qualifier && { qualifier }), ...place };
    }
    // A role's path is no part of its name.
    case 'iamRole':
      return { kind, name: rest.slice(rest.lastIndexOf('/') + 1), ...place };
    case 'secret':
      return { kind, name: arn ? rest.replace(/-[A-Za-z0-9]{6}$/, '') : rest, ...place };
    // What follows is part of the table, the bucket or the topic.
    case 'dynamodbTable':
    case 's3Bucket':
      return { kind, name: rest.split('/')[0] ?? '', ...place };
    case 'snsTopic':
    case 'activity':
      return { kind, name: rest.split(':')[0] ?? '', ...place };
    default:
      return { kind, name: rest, ...place };
  }
}

/** The names that stand for what Cloud Control lists under an identifier: a name, an ARN or an address. */
export function namesOfIdentifier(kind: ResourceKind, identifier: string): readonly string[] {
  const isAddress = /^https?:/.test(identifier);
  const name = isAddress
    ? (identifier.split('/').at(-1) ?? identifier)
    : (resourceOfText(kind, identifier)?.name ?? identifier);
  if (kind === 'kmsAlias') return [name.replace(/^alias\//, '')];
  // Without a revision the newest is meant.
  const family = /^(.+):\d+$/.exec(name)?.[1];
  return family !== undefined && (kind === 'ecsTaskDefinition' || kind === 'batchJobDefinition')
    ? [family, name]
    : [name];
}
