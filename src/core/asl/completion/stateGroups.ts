import type { QueryLanguage } from '../model.ts';
import { either, LAMBDA_RETRY, NEXT, resource, task, type SnippetStates } from './snippetParts.ts';

/** Starts a crawler and asks for its state until it is ready. */
export const crawler = (language: QueryLanguage): SnippetStates => ({
  '«1:StartCrawler»': task(
    language,
    'aws-sdk:glue:startCrawler',
    { Name: '«2:my-crawler»' },
    {
      ...either(language, { ResultPath: '$.crawler' }, { Output: '{% $states.input %}' }),
      Retry: [{ ErrorEquals: ['Glue.CrawlerRunningException'], IntervalSeconds: 60, MaxAttempts: 5, BackoffRate: 1.5 }],
      Next: '«3:WaitForCrawler»',
    },
  ),
  '«3:WaitForCrawler»': { Type: 'Wait', Seconds: '«4#30»', Next: '«5:GetCrawler»' },
  '«5:GetCrawler»': task(
    language,
    'aws-sdk:glue:getCrawler',
    { Name: '«2:my-crawler»' },
    {
      ...either(
        language,
        { ResultPath: '$.crawler' },
        {
          Assign: { crawler: '{% $states.result.Crawler %}' },
          Output: '{% $states.input %}',
        },
      ),
      Next: '«6:IsCrawlerReady»',
    },
  ),
  '«6:IsCrawlerReady»': {
    Type: 'Choice',
    Choices: [
      {
        ...either(
          language,
          {
            Not: { Variable: '$.crawler.Crawler.State', StringEquals: 'READY' },
          },
          { Condition: "{% $crawler.State != 'READY' %}" },
        ),
        Next: '«3:WaitForCrawler»',
      },
      {
        ...either(
          language,
          { Variable: '$.crawler.Crawler.LastCrawl.Status', StringEquals: 'SUCCEEDED' },
          { Condition: "{% $crawler.LastCrawl.Status = 'SUCCEEDED' %}" },
        ),
        Next: NEXT,
      },
    ],
    Default: '«7:CrawlerFailed»',
  },
  '«7:CrawlerFailed»': {
    Type: 'Fail',
    Error: 'CrawlerFailed',
    ...either(
      language,
      { CausePath: '$.crawler.Crawler.LastCrawl.ErrorMessage' },
      { Cause: '{% $crawler.LastCrawl.ErrorMessage %}' },
    ),
  },
});

const s3 = (name: string, language: QueryLanguage, input: SnippetStates): SnippetStates => ({
  Resource: resource(name),
  [language === 'JSONata' ? 'Arguments' : 'Parameters']: input,
});

/** Child executions for batches of objects. */
export const distributedMap = (language: QueryLanguage): SnippetStates => ({
  '«1:ProcessObjects»': {
    Type: 'Map',
    ItemReader: s3('s3:listObjectsV2', language, { Bucket: '«2:my-bucket»', Prefix: '«3:incoming/»' }),
    ItemBatcher: { MaxItemsPerBatch: '«4#100»' },
    MaxConcurrency: '«5#50»',
    ToleratedFailurePercentage: '«6#5»',
    ItemProcessor: {
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
      StartAt: '«7:ProcessBatch»',
      States: {
        '«7:ProcessBatch»': task(
          language,
          'lambda:invoke',
          {
            FunctionName: '«8:my-function»',
            ...either(language, { 'Payload.$': '$' }, { Payload: '{% $states.input %}' }),
          },
          { Retry: [LAMBDA_RETRY], End: true },
        ),
      },
    },
    ResultWriter: s3('s3:putObject', language, { Bucket: '«2:my-bucket»', Prefix: '«9:results/»' }),
    Next: NEXT,
  },
});

/** Steps in a branch, with what happens when they fail. */
export const errorHandling = (language: QueryLanguage): SnippetStates => ({
  '«1:Attempt»': {
    Type: 'Parallel',
    Branches: [
      {
        StartAt: '«2:Step»',
        States: { '«2:Step»': { Type: 'Pass', Comment: '«3:The steps whose errors are handled together»', End: true } },
      },
    ],
    Retry: [
      { ErrorEquals: ['States.Timeout'], IntervalSeconds: 5, MaxAttempts: 2, BackoffRate: 2, JitterStrategy: 'FULL' },
    ],
    Catch: [
      {
        ErrorEquals: ['States.ALL'],
        ...either(language, { ResultPath: '$.error' }, { Assign: { error: '{% $states.errorOutput %}' } }),
        Next: '«4:NotifyFailure»',
      },
    ],
    Next: NEXT,
  },
  '«4:NotifyFailure»': task(
    language,
    'sns:publish',
    {
      TopicArn: '«5:arn:aws:sns:eu-west-1:111122223333:alerts»',
      ...either(
        language,
        { Subject: '«6:Pipeline failed»', 'Message.$': '$.error.Cause' },
        { Subject: '«6:Pipeline failed»', Message: '{% $error.Cause %}' },
      ),
    },
    {
      ...either(language, { ResultPath: '$.notified' }, {}),
      Next: '«7:Failed»',
    },
  ),
  '«7:Failed»': {
    Type: 'Fail',
    ...either(
      language,
      { ErrorPath: '$.error.Error', CausePath: '$.error.Cause' },
      { Error: '{% $error.Error %}', Cause: '{% $error.Cause %}' },
    ),
  },
});
