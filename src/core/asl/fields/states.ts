import { integer, list, object, own, path, payload, text, word, type FieldSpec, type Shape } from './spec.ts';

const MAX_SECONDS = 99_999_999;

const comment = text('asl/comment-text', 'A description for people. It does not affect execution.');
const next = own('The state to run after this one. Exact, case-sensitive name of a state in the same scope.');
const end = own('`true` ends the scope (the machine, branch or item) after this state.');
const inputPath = path(
  'asl/input-output-path',
  'inputOutput',
  'A path that selects a part of the state input. `null` gives an empty object.',
);
const outputPath = path(
  'asl/input-output-path',
  'inputOutput',
  'A path that selects a part of the result to pass on. `null` gives an empty object.',
);
const resultPath = path(
  'asl/result-path',
  'result',
  'Where to put the result in the state input. `null` discards the result; `$` replaces the input.',
);
const resultSelector = payload('A payload template that builds a new result from the raw one.', {
  language: 'JSONPath',
  root: 'object',
});
const output = payload(
  'What the state passes on: any JSON, JSONata expressions included. The result where it is missing.',
  { language: 'JSONata' },
);
const assign = payload('Variables to set, by name. Later states of this scope and inner scopes can read them.', {
  root: 'object',
  rule: 'asl/assign-object',
});
const args = payload('The input for the resource: an object, JSONata expressions included.', { language: 'JSONata' });

const common = {
  Type: own('The kind of state: Task, Pass, Choice, Wait, Succeed, Fail, Parallel or Map.'),
  Comment: comment,
  QueryLanguage: word(
    'asl/query-language',
    ['JSONPath', 'JSONata'],
    'The query language of this state; that of the machine where it is missing.',
  ),
} as const satisfies Record<string, FieldSpec>;

const errors = {
  Retry: list(
    'retrier',
    'asl/retry-catch-array',
    'What to do again when an error occurs, in order; the first retrier that names the error decides.',
  ),
  Catch: list('catcher', 'asl/retry-catch-array', 'Where to go when an error is left after the retries, in order.'),
} as const;

const unsupported = 'asl/unsupported-field';

/** Fields of the eight state types: section 15 of the rule catalogue, after the AWS developer guide's pages of each. */
export const STATE_SHAPES = {
  Task: {
    title: 'a Task state',
    unknownFieldRule: unsupported,
    fields: {
      ...common,
      Resource: own('The ARN of what to run: a service integration, a Lambda function or an activity.'),
      Parameters: payload('A payload template: the input for the resource.', { language: 'JSONPath' }),
      Arguments: args,
      Credentials: payload('The IAM role to assume for this task, as `RoleArn`.', {
        root: 'object',
        rule: 'asl/credentials',
      }),
      InputPath: inputPath,
      OutputPath: outputPath,
      ResultPath: resultPath,
      ResultSelector: resultSelector,
      Assign: assign,
      Output: output,
      TimeoutSeconds: integer(
        'asl/task-timeout',
        [1, MAX_SECONDS],
        'The task fails with States.Timeout after this many seconds.',
        true,
      ),
      TimeoutSecondsPath: path('asl/timeout-path', 'reference', 'A reference path to the timeout in seconds.'),
      HeartbeatSeconds: integer(
        'asl/task-timeout',
        [1, MAX_SECONDS],
        'The task fails with States.HeartbeatTimeout when no heartbeat comes for this many seconds.',
        true,
      ),
      HeartbeatSecondsPath: path(
        'asl/timeout-path',
        'reference',
        'A reference path to the heartbeat interval in seconds.',
      ),
      ...errors,
      Next: next,
      End: end,
    },
  },
  Pass: {
    title: 'a Pass state',
    unknownFieldRule: unsupported,
    fields: {
      ...common,
      Result: { ...own('The fixed output of this state. Paths in it are not evaluated.'), language: 'JSONPath' },
      Parameters: payload('A payload template: the output of this state.', { language: 'JSONPath' }),
      InputPath: inputPath,
      OutputPath: outputPath,
      ResultPath: resultPath,
      Assign: assign,
      Output: output,
      Next: next,
      End: end,
    },
  },
  Choice: {
    title: 'a Choice state',
    unknownFieldRule: unsupported,
    fields: {
      ...common,
      Choices: list(
        'choiceRule',
        'asl/choices-required',
        'Rules in order; the first that matches says which state is next.',
      ),
      Default: own('The state to run when no rule matches.'),
      InputPath: inputPath,
      OutputPath: outputPath,
      Assign: assign,
      Output: output,
    },
  },
  Wait: {
    title: 'a Wait state',
    unknownFieldRule: unsupported,
    fields: {
      ...common,
      Seconds: integer('asl/wait-seconds', [0, MAX_SECONDS], 'How many seconds to wait.', true),
      SecondsPath: path('asl/wait-path', 'reference', 'A reference path to the number of seconds to wait.'),
      Timestamp: {
        value: { kind: 'timestamp', expression: true },
        rule: 'asl/wait-timestamp',
        doc: 'When to go on, as an RFC3339 timestamp such as 2026-03-14T01:59:00Z.',
      },
      TimestampPath: path('asl/wait-path', 'reference', 'A reference path to the timestamp to wait for.'),
      InputPath: inputPath,
      OutputPath: outputPath,
      Assign: assign,
      Output: output,
      Next: next,
      End: end,
    },
  },
  Succeed: {
    title: 'a Succeed state',
    unknownFieldRule: unsupported,
    fields: { ...common, InputPath: inputPath, OutputPath: outputPath, Output: output },
  },
  Fail: {
    title: 'a Fail state',
    unknownFieldRule: unsupported,
    fields: {
      ...common,
      Error: text('asl/fail-text', 'A name for the error, for Retry, Catch and the console.', { expression: true }),
      ErrorPath: path(
        'asl/fail-path',
        'textOrIntrinsic',
        'A path, or an intrinsic function that returns a string, that gives the error name.',
      ),
      Cause: text('asl/fail-text', 'What happened, for people.', { expression: true }),
      CausePath: path(
        'asl/fail-path',
        'textOrIntrinsic',
        'A path, or an intrinsic function that returns a string, that gives the cause.',
      ),
    },
  },
  Parallel: {
    title: 'a Parallel state',
    unknownFieldRule: unsupported,
    fields: {
      ...common,
      Branches: list(
        'branch',
        'asl/branches',
        'Machines that run side by side, each with the same input. The result is an array in their order.',
      ),
      Parameters: payload('A payload template: the input for every branch.', { language: 'JSONPath' }),
      Arguments: args,
      InputPath: inputPath,
      OutputPath: outputPath,
      ResultPath: resultPath,
      ResultSelector: resultSelector,
      Assign: assign,
      Output: output,
      ...errors,
      Next: next,
      End: end,
    },
  },
  Map: {
    title: 'a Map state',
    unknownFieldRule: unsupported,
    fields: {
      ...common,
      ItemProcessor: object('processor', 'asl/item-processor', 'The machine that runs once for each item.'),
      Iterator: object('processor', 'asl/item-processor', 'Deprecated name of ItemProcessor.'),
      Items: {
        value: { kind: 'payload', root: 'items' },
        language: 'JSONata',
        rule: 'asl/map-items',
        doc: 'The items: an array, an object, or an expression that gives one.',
      },
      ItemsPath: path('asl/items-path', 'items', 'A path to the array of items in the state input.'),
      ItemSelector: payload(
        'Builds the input for each item; `$$.Map.Item.Value` or `$states.context.Map.Item.Value` is the item.',
      ),
      Parameters: payload('Deprecated name of ItemSelector.', { language: 'JSONPath' }),
      ItemReader: object('itemReader', 'asl/item-reader', 'Reads the items from Amazon S3 (distributed mode).'),
      ItemBatcher: object(
        'itemBatcher',
        'asl/item-batcher',
        'Hands items to child executions in batches (distributed mode).',
      ),
      ResultWriter: object('resultWriter', 'asl/result-writer', 'Writes the results to Amazon S3 (distributed mode).'),
      MaxConcurrency: integer(
        'asl/max-concurrency',
        [0, Number.MAX_SAFE_INTEGER],
        'How many items run at once; 0 is no limit (40 inline, 10,000 distributed).',
        true,
      ),
      MaxConcurrencyPath: path('asl/map-number-path', 'inputReference', 'A reference path to MaxConcurrency.'),
      ToleratedFailureCount: integer(
        'asl/tolerated-failure',
        [0, Number.MAX_SAFE_INTEGER],
        'How many items may fail before the Map fails.',
        true,
      ),
      ToleratedFailureCountPath: path(
        'asl/map-number-path',
        'inputReference',
        'A reference path to ToleratedFailureCount.',
      ),
      ToleratedFailurePercentage: {
        value: { kind: 'number', min: 0, max: 100, expression: true },
        rule: 'asl/tolerated-failure',
        doc: 'What share of the items may fail before the Map fails, 0 to 100.',
      },
      ToleratedFailurePercentagePath: path(
        'asl/map-number-path',
        'inputReference',
        'A reference path to ToleratedFailurePercentage.',
      ),
      Label: own('A prefix for the Map Run ARN, unique in the machine, at most 40 characters (distributed mode).'),
      InputPath: inputPath,
      OutputPath: outputPath,
      ResultPath: resultPath,
      ResultSelector: resultSelector,
      Assign: assign,
      Output: output,
      ...errors,
      Next: next,
      End: end,
    },
  },
} as const satisfies Record<string, Shape>;
