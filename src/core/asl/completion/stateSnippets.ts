import { both, either, LAMBDA_RETRY, NEXT, task, type StateSnippet } from './snippetParts.ts';
import { crawler, distributedMap, errorHandling } from './stateGroups.ts';

/** Whole states that pipelines are made of, in both query languages. */
export const STATE_SNIPPETS: readonly StateSnippet[] = [
  {
    prefix: 'sfn-glue-job',
    title: 'Glue job run, waited for',
    doc: 'Starts a Glue job and waits for its end. A retry for when as many runs as the job allows are under way.',
    states: both((language) => ({
      '«1:RunJob»': task(
        language,
        'glue:startJobRun.sync',
        {
          JobName: '«2:my-job»',
          Arguments: either(language, { '--«3:day».$': '$.«4:day»' }, { '--«3:day»': '{% $states.input.«4:day» %}' }),
        },
        {
          Retry: [
            {
              ErrorEquals: ['Glue.ConcurrentRunsExceededException'],
              IntervalSeconds: 60,
              MaxAttempts: 5,
              BackoffRate: 2,
              JitterStrategy: 'FULL',
            },
          ],
          Next: NEXT,
        },
      ),
    })),
  },
  {
    prefix: 'sfn-glue-crawler',
    title: 'Glue crawler, polled until it is ready',
    doc: 'Starts a crawler, asks every 30 seconds whether it is ready, and fails if its last crawl did.',
    states: both(crawler),
  },
  {
    prefix: 'sfn-emr-step',
    title: 'EMR step, waited for',
    doc: 'Adds a Spark step to a running EMR cluster and waits for its end.',
    states: both((language) => ({
      '«1:RunStep»': task(
        language,
        'elasticmapreduce:addStep.sync',
        {
          ...either(language, { 'ClusterId.$': '$.«2:ClusterId»' }, { ClusterId: '{% $states.input.«2:ClusterId» %}' }),
          Step: {
            Name: '«3:my-step»',
            ActionOnFailure: '«4|CONTINUE,CANCEL_AND_WAIT,TERMINATE_CLUSTER|»',
            HadoopJarStep: {
              Jar: 'command-runner.jar',
              Args: ['spark-submit', '--deploy-mode', 'cluster', '«5:s3://my-bucket/scripts/job.py»'],
            },
          },
        },
        { Next: NEXT },
      ),
    })),
  },
  {
    prefix: 'sfn-sagemaker-training',
    title: 'SageMaker training job, waited for',
    doc: 'Trains a model on data in S3. Training jobs need names of their own: the name of the execution is one.',
    states: both((language) => ({
      '«1:TrainModel»': task(
        language,
        'sagemaker:createTrainingJob.sync',
        {
          ...either(
            language,
            { 'TrainingJobName.$': '$$.Execution.Name' },
            { TrainingJobName: '{% $states.context.Execution.Name %}' },
          ),
          RoleArn: '«2:arn:aws:iam::111122223333:role/SageMakerRole»',
          AlgorithmSpecification: {
            TrainingImage: '«3:111122223333.dkr.ecr.eu-west-1.amazonaws.com/my-image:1»',
            TrainingInputMode: '«4|File,FastFile,Pipe|»',
          },
          InputDataConfig: [
            {
              ChannelName: 'train',
              DataSource: {
                S3DataSource: {
                  S3DataType: 'S3Prefix',
                  S3Uri: '«5:s3://my-bucket/train/»',
                  S3DataDistributionType: 'FullyReplicated',
                },
              },
            },
          ],
          OutputDataConfig: { S3OutputPath: '«6:s3://my-bucket/models/»' },
          ResourceConfig: { InstanceType: '«7:ml.m5.xlarge»', InstanceCount: '«8#1»', VolumeSizeInGB: '«9#30»' },
          StoppingCondition: { MaxRuntimeInSeconds: '«10#3600»' },
        },
        { Next: NEXT },
      ),
    })),
  },
  {
    prefix: 'sfn-sagemaker-transform',
    title: 'SageMaker batch transform, waited for',
    doc: 'Applies a model to data in S3.',
    states: both((language) => ({
      '«1:Transform»': task(
        language,
        'sagemaker:createTransformJob.sync',
        {
          ...either(
            language,
            { 'TransformJobName.$': '$$.Execution.Name' },
            { TransformJobName: '{% $states.context.Execution.Name %}' },
          ),
          ModelName: '«2:my-model»',
          TransformInput: {
            DataSource: { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: '«3:s3://my-bucket/input/»' } },
            ContentType: '«4:text/csv»',
            SplitType: '«5|Line,RecordIO,TFRecord,None|»',
          },
          TransformOutput: { S3OutputPath: '«6:s3://my-bucket/output/»' },
          TransformResources: { InstanceType: '«7:ml.m5.xlarge»', InstanceCount: '«8#1»' },
        },
        { Next: NEXT },
      ),
    })),
  },
  {
    prefix: 'sfn-athena-query',
    title: 'Athena query, waited for, with its rows',
    doc: 'Runs a query and fetches the first page of its result.',
    states: both((language) => ({
      '«1:RunQuery»': task(
        language,
        'athena:startQueryExecution.sync',
        {
          QueryString: '«2:SELECT count(*) FROM my_table»',
          QueryExecutionContext: { Database: '«3:my_database»' },
          WorkGroup: '«4:primary»',
        },
        { Next: '«5:GetRows»' },
      ),
      '«5:GetRows»': task(
        language,
        'athena:getQueryResults',
        either(
          language,
          { 'QueryExecutionId.$': '$.QueryExecution.QueryExecutionId' },
          { QueryExecutionId: '{% $states.input.QueryExecution.QueryExecutionId %}' },
        ),
        { Next: NEXT },
      ),
    })),
  },
  {
    prefix: 'sfn-lambda',
    title: 'Lambda function with the recommended Retry',
    doc: 'Calls a function with the input of the state and goes on with what it returns.',
    states: both((language) => ({
      '«1:InvokeFunction»': task(
        language,
        'lambda:invoke',
        {
          FunctionName: '«2:my-function»',
          ...either(language, { 'Payload.$': '$' }, { Payload: '{% $states.input %}' }),
        },
        {
          ...either(language, { OutputPath: '$.Payload' }, { Output: '{% $states.result.Payload %}' }),
          Retry: [LAMBDA_RETRY],
          Next: NEXT,
        },
      ),
    })),
  },
  {
    prefix: 'sfn-distributed-map',
    title: 'Distributed Map over the objects of an S3 prefix',
    doc: 'Child executions work on batches of objects side by side; the results go to S3.',
    states: both(distributedMap),
  },
  {
    prefix: 'sfn-error-handling',
    title: 'Error handling around several states',
    doc: 'Steps in one branch, retried together; any error that is left is notified, then fails the execution.',
    states: both(errorHandling),
  },
];
