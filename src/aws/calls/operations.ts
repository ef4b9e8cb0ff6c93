import type { ServiceName } from './service.ts';

interface OperationFacts {
  /** What the call does, to follow "may not" and "Cannot". */
  readonly words: string;
  /** Where IAM calls it something else. */
  readonly iamAction?: string;
}

/** What each call is for, in a user's words. */
const operations: Readonly<Record<ServiceName, Readonly<Record<string, OperationFacts>>>> = {
  glue: {
    BatchGetWorkflows: { words: 'read Glue workflows' },
    BatchStopJobRun: { words: 'stop the Glue job run' },
    CreateJob: { words: 'create the Glue job' },
    CreateTrigger: { words: 'create the Glue trigger' },
    CreateWorkflow: { words: 'create the Glue workflow' },
    GetConnections: { words: 'list Glue connections' },
    GetDatabases: { words: 'list Glue databases' },
    GetJob: { words: 'read the Glue job' },
    GetJobRun: { words: 'read the Glue job run' },
    GetJobRuns: { words: 'list the runs of the Glue job' },
    GetJobs: { words: 'list Glue jobs' },
    GetTags: { words: 'read the tags of the Glue resource' },
    GetTrigger: { words: 'read the Glue trigger' },
    GetTriggers: { words: 'list Glue triggers' },
    GetWorkflow: { words: 'read the Glue workflow' },
    GetWorkflowRun: { words: 'read the Glue workflow run' },
    GetWorkflowRuns: { words: 'list the runs of the Glue workflow' },
    ListCrawlers: { words: 'list Glue crawlers' },
    ListTriggers: { words: 'list Glue triggers' },
    ListWorkflows: { words: 'list Glue workflows' },
    StartJobRun: { words: 'start the Glue job' },
    StartTrigger: { words: 'start the Glue trigger' },
    StartWorkflowRun: { words: 'start the Glue workflow' },
    StopWorkflowRun: { words: 'stop the Glue workflow run' },
    UpdateJob: { words: 'update the Glue job' },
    UpdateTrigger: { words: 'update the Glue trigger' },
    UpdateWorkflow: { words: 'update the Glue workflow' },
  },
  states: {
    CreateStateMachine: { words: 'create the state machine' },
    DescribeExecution: { words: 'read the execution' },
    DescribeStateMachine: { words: 'read the state machine' },
    DescribeStateMachineForExecution: { words: 'read the definition that the execution ran' },
    GetExecutionHistory: { words: 'read the history of the execution' },
    ListActivities: { words: 'list activities' },
    ListExecutions: { words: 'list executions of the state machine' },
    DescribeStateMachineAlias: { words: 'read the alias of the state machine' },
    ListStateMachineAliases: { words: 'list the aliases of the state machine' },
    ListStateMachineVersions: { words: 'list the versions of the state machine' },
    ListStateMachines: { words: 'list state machines' },
    ListTagsForResource: { words: 'read the tags of the state machine' },
    PublishStateMachineVersion: { words: 'publish a version of the state machine' },
    RedriveExecution: { words: 'redrive the execution' },
    StartExecution: { words: 'start the state machine' },
    StartSyncExecution: { words: 'run the state machine' },
    StopExecution: { words: 'stop the execution' },
    TestState: { words: 'test the state' },
    UpdateStateMachine: { words: 'update the state machine' },
    UpdateStateMachineAlias: { words: 'move the alias of the state machine' },
    ValidateStateMachineDefinition: { words: 'validate the definition' },
  },
  s3: {
    AbortMultipartUpload: { words: 'clean up after a failed upload' },
    CompleteMultipartUpload: { words: 'upload to S3', iamAction: 's3:PutObject' },
    CreateBucket: { words: 'create the bucket' },
    CreateMultipartUpload: { words: 'upload to S3', iamAction: 's3:PutObject' },
    GetObject: { words: 'read from S3' },
    HeadBucket: { words: 'look for the bucket', iamAction: 's3:ListBucket' },
    HeadObject: { words: 'look for the object in S3', iamAction: 's3:GetObject' },
    ListBuckets: { words: 'list S3 buckets', iamAction: 's3:ListAllMyBuckets' },
    PutObject: { words: 'upload to S3' },
    UploadPart: { words: 'upload to S3', iamAction: 's3:PutObject' },
  },
  logs: {
    DescribeLogStreams: { words: 'list log streams' },
    GetLogEvents: { words: 'read logs' },
  },
  sts: {
    AssumeRole: { words: 'assume its role' },
    GetCallerIdentity: { words: 'ask who it is' },
  },
  lambda: {
    ListAliases: { words: 'list the aliases of the Lambda function' },
    ListFunctions: { words: 'list Lambda functions' },
    ListVersionsByFunction: { words: 'list the versions of the Lambda function' },
  },
  iam: {
    GetRole: { words: 'read the IAM role' },
    ListRoles: { words: 'list IAM roles' },
    SimulatePrincipalPolicy: { words: 'simulate the policies of the IAM role' },
  },
  cloudformation: {
    DescribeStackResources: { words: 'ask which stack a resource belongs to' },
  },
  // IAM counts Cloud Control's calls among those of CloudFormation.
  cloudcontrol: {
    ListResources: { words: 'list resources through Cloud Control', iamAction: 'cloudformation:ListResources' },
  },
};

/** The words of an operation, or its own name where the table has none. */
export function operationWords(service: ServiceName, operation: string): string {
  return operations[service][operation]?.words ?? `call ${operation}`;
}

/** The IAM action that a call needs, for instance `glue:GetJobs`. */
export function operationAction(service: ServiceName, operation: string): string {
  return operations[service][operation]?.iamAction ?? `${service}:${operation}`;
}
