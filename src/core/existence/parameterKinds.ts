import type { ResourceKind } from './kinds.ts';

type Named = readonly [parameter: string, kind: ResourceKind];

/** Parameters of a service whose every action takes them for the same thing. */
const OF_SERVICE: Readonly<Record<string, readonly Named[]>> = {
  states: [
    ['StateMachineArn', 'stateMachine'],
    ['ActivityArn', 'activity'],
  ],
  lambda: [['FunctionName', 'lambdaFunction']],
  s3: [['Bucket', 's3Bucket']],
  dynamodb: [['TableName', 'dynamodbTable']],
  sns: [['TopicArn', 'snsTopic']],
  sqs: [['QueueUrl', 'sqsQueue']],
  ecs: [
    ['Cluster', 'ecsCluster'],
    ['TaskDefinition', 'ecsTaskDefinition'],
  ],
  batch: [
    ['JobQueue', 'batchJobQueue'],
    ['JobDefinition', 'batchJobDefinition'],
  ],
  kms: [['KeyId', 'kmsKey']],
  secretsmanager: [['SecretId', 'secret']],
  athena: [['WorkGroup', 'athenaWorkGroup']],
  kinesis: [['StreamName', 'kinesisStream']],
  firehose: [['DeliveryStreamName', 'firehoseStream']],
  'emr-serverless': [['ApplicationId', 'emrServerlessApplication']],
  eks: [['ClusterName', 'eksCluster']],
  events: [['EventBusName', 'eventBus']],
  sagemaker: [
    ['ModelName', 'sagemakerModel'],
    ['PipelineName', 'sagemakerPipeline'],
  ],
  glue: [
    ['JobName', 'glueJob'],
    ['CrawlerName', 'glueCrawler'],
    ['WorkflowName', 'glueWorkflow'],
    ['TriggerName', 'glueTrigger'],
    ['ConnectionName', 'glueConnection'],
    ['DatabaseName', 'glueDatabase'],
  ],
};

/** What `Name` is in actions of Glue, by the end of their names. */
const GLUE_NAMES: readonly (readonly [RegExp, ResourceKind])[] = [
  [/Crawler(?:Schedule)?$/, 'glueCrawler'],
  [/Workflow(?:Run\w*)?$/, 'glueWorkflow'],
  [/Trigger$/, 'glueTrigger'],
  [/Connection$/, 'glueConnection'],
  [/Database$/, 'glueDatabase'],
];

/** Services that AWS SDK tasks and optimized ones, or the SDK for Java, call otherwise. */
const SAME: Readonly<Record<string, string>> = {
  sfn: 'states',
  eventbridge: 'events',
  emrserverless: 'emr-serverless',
};

/** Whether an action makes what it names, so that it need not be there before. */
export function isMaking(action: string): boolean {
  return /^(?:create|put(?!Item|Events|Records?$|Object)|register|import|publishVersion)/.test(action);
}

/** The name of a service as this table has it. */
export function serviceName(service: string): string {
  return SAME[service] ?? service;
}

/** What a parameter of an action names: `glue`, `startJobRun`, `JobName`. */
export function kindOfParameter(service: string, action: string, parameter: string): ResourceKind | undefined {
  const own = serviceName(service);
  if (own === 'glue' && parameter === 'Name') return GLUE_NAMES.find(([pattern]) => pattern.test(action))?.[1];
  return OF_SERVICE[own]?.find(([name]) => name === parameter)?.[1];
}
