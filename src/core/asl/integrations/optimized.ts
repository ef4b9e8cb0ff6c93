import { sdkActions, type ApiMember } from './sdk.ts';

export type Suffix = '' | '.sync' | '.sync:2' | '.waitForTaskToken';

/** An optimized integration: `arn:aws:states:::service:action`. */
export interface OptimizedAction {
  /** As messages call it: `lambda:invoke`. */
  readonly title: string;
  readonly suffixes: readonly Suffix[];
  /** Names that must be there; of an array, one of them. */
  readonly required: readonly (string | readonly string[])[];
  /** All parameters that it takes, required or not. */
  readonly parameters: readonly ApiMember[];
}

interface Row {
  readonly sync?: true;
  readonly syncTwo?: true;
  readonly callback?: true;
  readonly required?: OptimizedAction['required'];
  /** The action of the service's API that takes the same parameters: `service:action`. */
  readonly api?: string;
  /** Parameters that it has besides, or instead. */
  readonly more?: readonly string[];
}

const EKS_CLUSTER = ['ClusterName', 'CertificateAuthority', 'Endpoint'] as const;
const created = (name: string): Row => ({ required: [name], sync: true });

/** After the developer guide, "Integrating optimized services". The API is the service's own where none is given. */
const TABLE: Readonly<Record<string, Readonly<Record<string, Row>>>> = {
  lambda: { invoke: { callback: true, required: ['FunctionName'] } },
  sns: { publish: { callback: true, required: ['Message', ['TopicArn', 'TargetArn', 'PhoneNumber']] } },
  sqs: { sendMessage: { callback: true, required: ['QueueUrl', 'MessageBody'] } },
  dynamodb: {
    getItem: { required: ['TableName', 'Key'] },
    putItem: { required: ['TableName', 'Item'] },
    updateItem: { required: ['TableName', 'Key'] },
    deleteItem: { required: ['TableName', 'Key'] },
  },
  events: { putEvents: { callback: true, required: ['Entries'], api: 'eventbridge:putEvents' } },
  states: {
    startExecution: {
      sync: true,
      syncTwo: true,
      callback: true,
      required: ['StateMachineArn'],
      api: 'sfn:startExecution',
    },
  },
  batch: { submitJob: { sync: true, required: ['JobName', 'JobQueue', 'JobDefinition'] } },
  ecs: { runTask: { sync: true, callback: true, required: ['TaskDefinition'] } },
  eks: {
    call: {
      callback: true,
      required: [...EKS_CLUSTER, 'Method', 'Path'],
      api: '',
      more: ['QueryParameters', 'RequestBody'],
    },
    runJob: {
      sync: true,
      callback: true,
      required: [...EKS_CLUSTER, 'Job'],
      api: '',
      more: ['Namespace', 'LogOptions'],
    },
    createCluster: { sync: true, required: ['Name', 'RoleArn', 'ResourcesVpcConfig'] },
    deleteCluster: { sync: true, required: ['Name'] },
    createFargateProfile: { sync: true, required: ['FargateProfileName', 'ClusterName', 'PodExecutionRoleArn'] },
    deleteFargateProfile: { sync: true, required: ['FargateProfileName', 'ClusterName'] },
    createNodegroup: { sync: true, required: ['NodegroupName', 'ClusterName', 'NodeRole', 'Subnets'] },
    deleteNodegroup: { sync: true, required: ['NodegroupName', 'ClusterName'] },
  },
  glue: { startJobRun: { sync: true, required: ['JobName'] } },
  databrew: { startJobRun: { sync: true, required: ['Name'] } },
  athena: {
    startQueryExecution: { sync: true, required: ['QueryString'] },
    stopQueryExecution: { required: ['QueryExecutionId'] },
    getQueryExecution: { required: ['QueryExecutionId'] },
    getQueryResults: { required: ['QueryExecutionId'] },
  },
  codebuild: {
    startBuild: { sync: true, required: ['ProjectName'] },
    stopBuild: { required: ['Id'] },
    batchDeleteBuilds: { required: ['Ids'] },
    batchGetReports: { required: ['ReportArns'] },
    startBuildBatch: { sync: true, required: ['ProjectName'] },
    stopBuildBatch: { required: ['Id'] },
    retryBuildBatch: { sync: true },
    deleteBuildBatch: { required: ['Id'] },
  },
  elasticmapreduce: {
    createCluster: { sync: true, required: ['Name'], api: 'emr:runJobFlow' },
    terminateCluster: { sync: true, required: ['ClusterId'], api: '' },
    addStep: { sync: true, required: ['ClusterId', 'Step'], api: '', more: ['ExecutionRoleArn', 'StepName'] },
    cancelStep: { required: ['ClusterId', 'StepId'], api: '' },
    setClusterTerminationProtection: { required: ['ClusterId', 'TerminationProtected'], api: '' },
    modifyInstanceFleetByName: { required: ['ClusterId', 'InstanceFleetName', 'InstanceFleet'], api: '' },
    modifyInstanceGroupByName: { required: ['ClusterId', 'InstanceGroupName', 'InstanceGroup'], api: '' },
  },
  'emr-containers': {
    createVirtualCluster: { required: ['Name', 'ContainerProvider'], api: 'emrcontainers:createVirtualCluster' },
    deleteVirtualCluster: {
      sync: true,
      required: [['Id', 'VirtualClusterId']],
      api: 'emrcontainers:deleteVirtualCluster',
    },
    startJobRun: { sync: true, required: ['VirtualClusterId'], api: 'emrcontainers:startJobRun' },
  },
  'emr-serverless': {
    createApplication: { sync: true, required: ['ReleaseLabel', 'Type'], api: 'emrserverless:createApplication' },
    startApplication: { sync: true, required: ['ApplicationId'], api: 'emrserverless:startApplication' },
    stopApplication: { sync: true, required: ['ApplicationId'], api: 'emrserverless:stopApplication' },
    deleteApplication: { sync: true, required: ['ApplicationId'], api: 'emrserverless:deleteApplication' },
    startJobRun: { sync: true, required: ['ApplicationId', 'ExecutionRoleArn'], api: 'emrserverless:startJobRun' },
    cancelJobRun: { sync: true, required: ['ApplicationId', 'JobRunId'], api: 'emrserverless:cancelJobRun' },
  },
  sagemaker: {
    createEndpoint: { required: ['EndpointName', 'EndpointConfigName'] },
    createEndpointConfig: { required: ['EndpointConfigName'] },
    createModel: { required: ['ModelName'] },
    updateEndpoint: { required: ['EndpointName', 'EndpointConfigName'] },
    createTrainingJob: created('TrainingJobName'),
    createTransformJob: created('TransformJobName'),
    createProcessingJob: created('ProcessingJobName'),
    createLabelingJob: created('LabelingJobName'),
    createHyperParameterTuningJob: created('HyperParameterTuningJobName'),
  },
  bedrock: {
    invokeModel: {
      callback: true,
      required: ['ModelId', ['Body', 'Input']],
      api: 'bedrockruntime:invokeModel',
      more: ['Input', 'Output'],
    },
    createModelCustomizationJob: { sync: true, callback: true, required: ['JobName'] },
  },
  mediaconvert: { createJob: { sync: true, required: ['Role', 'Settings'] } },
  apigateway: {
    invoke: {
      callback: true,
      required: ['ApiEndpoint', 'Method'],
      api: '',
      more: ['Headers', 'Stage', 'Path', 'QueryParameters', 'RequestBody', 'AllowNullValues', 'AuthType'],
    },
  },
  http: {
    invoke: {
      required: ['ApiEndpoint', 'Method', ['Authentication', 'InvocationConfig']],
      api: '',
      more: ['Headers', 'QueryParameters', 'RequestBody', 'Transform'],
    },
  },
};

export function optimizedServiceNames(): readonly string[] {
  return Object.keys(TABLE);
}

export function optimizedActionNames(service: string): readonly string[] {
  return Object.hasOwn(TABLE, service) ? Object.keys(TABLE[service] ?? {}) : [];
}

const read = new Map<string, OptimizedAction>();

/** An optimized integration; undefined where there is none of this name. */
export function optimizedAction(service: string, action: string): OptimizedAction | undefined {
  if (!Object.hasOwn(TABLE, service)) return undefined;
  const rows = TABLE[service] ?? {};
  const row = Object.hasOwn(rows, action) ? rows[action] : undefined;
  if (row === undefined) return undefined;
  const key = `${service}:${action}`;
  let known = read.get(key);
  if (known === undefined) {
    known = { title: key, suffixes: suffixesOf(row), required: row.required ?? [], parameters: parametersOf(row, key) };
    read.set(key, known);
  }
  return known;
}

function suffixesOf(row: Row): readonly Suffix[] {
  const suffixes: Suffix[] = [''];
  if (row.sync) suffixes.push('.sync');
  if (row.syncTwo) suffixes.push('.sync:2');
  if (row.callback) suffixes.push('.waitForTaskToken');
  return suffixes;
}

function parametersOf(row: Row, key: string): readonly ApiMember[] {
  const [service = '', action = ''] = (row.api ?? key).split(':');
  const members = new Map((sdkActions(service)?.get(action)?.members ?? []).map((member) => [member.name, member]));
  const required = (row.required ?? []).flat();
  for (const name of [...required, ...(row.more ?? [])]) {
    if (!members.has(name)) members.set(name, { name, kind: 'a', isRequired: false });
  }
  return [...members.values()].map((member) => ({ ...member, isRequired: required.includes(member.name) }));
}
