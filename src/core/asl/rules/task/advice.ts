import { samplesIn } from '../../../language/arn.ts';
import { keyOf, within } from '../../../language/rules/rule.ts';
import type { Node, ObjectNode } from '../../../language/tree.ts';
import { LAMBDA_RETRY } from '../../completion/snippetParts.ts';
import { quote } from '../../describe.ts';
import { isOpaque, type State } from '../../model.ts';
import type { StateRule } from '../rule.ts';
import { literalParameter, payloadOf, resourceOf } from './subject.ts';

function suffixOf(state: State): string | undefined {
  const resource = resourceOf(state)?.resource;
  if (resource?.kind === 'activity') return 'activity';
  return resource?.kind === 'optimized' || resource?.kind === 'sdk' ? resource.suffix : undefined;
}

export const heartbeatTooLong: StateRule = {
  id: 'asl/heartbeat-too-long',
  subject: 'state',
  fields: ['HeartbeatSeconds'],
  severity: 'error',
  sources: ['T04'],
  types: ['Task'],
  docs: {
    what: '`HeartbeatSeconds` is smaller than `TimeoutSeconds`.',
    why: 'The language demands it: otherwise the task times out before a heartbeat is missed.',
    bad: '{"TimeoutSeconds": 60, "HeartbeatSeconds": 60}',
    good: '{"TimeoutSeconds": 60, "HeartbeatSeconds": 20}',
    aws: 'Not known; the specification of the language says MUST.',
  },
  check: ({ node }, report) => {
    const timeout = node.get('TimeoutSeconds');
    const heartbeat = node.get('HeartbeatSeconds');
    if (timeout?.kind !== 'number' || heartbeat?.kind !== 'number' || heartbeat.value < timeout.value) return;
    report({
      at: heartbeat,
      message: `HeartbeatSeconds must be smaller than TimeoutSeconds (${timeout.value}).`,
      related: [{ at: timeout, message: 'TimeoutSeconds' }],
    });
  },
};

export const credentialsRole: StateRule = {
  id: 'asl/credentials-role',
  subject: 'state',
  fields: ['Credentials'],
  severity: 'error',
  sources: ['T06'],
  types: ['Task'],
  docs: {
    what: '`Credentials` has `RoleArn` (or `RoleArn.$`).',
    why: 'It says which role the task assumes.',
    bad: '{"Credentials": {}}',
    good: '{"Credentials": {"RoleArn": "arn:aws:iam::111122223333:role/CrossAccount"}}',
    aws: 'SCHEMA_VALIDATION_FAILED: "The field \'RoleArn\' is required but was missing", at Credentials.',
  },
  check: (state, report) => {
    const credentials = state.node.get('Credentials');
    if (credentials?.kind !== 'object' || credentials.issues !== undefined) return;
    if (credentials.has('RoleArn') || (!state.isJsonata && credentials.has('RoleArn.$'))) return;
    if (credentials.properties.some(({ key }) => isOpaque(key))) return;
    report({
      at: keyOf(credentials),
      message: 'Credentials needs RoleArn: the ARN of the role that the task assumes.',
    });
  },
};

export const credentialsRoleArn: StateRule = {
  id: 'asl/credentials-role-arn',
  subject: 'state',
  fields: ['Credentials'],
  severity: 'warning',
  sources: ['T07'],
  types: ['Task'],
  docs: {
    what: '`RoleArn` is the ARN of an IAM role in the partition of the resource.',
    why: 'The task could not assume it.',
    bad: '{"Credentials": {"RoleArn": "CrossAccount"}}',
    good: '{"Credentials": {"RoleArn": "arn:aws:iam::111122223333:role/CrossAccount"}}',
    aws: 'Not known.',
  },
  check: (state, report) => {
    const credentials = state.node.get('Credentials');
    const role = credentials?.kind === 'object' ? literalParameter(credentials, 'RoleArn') : undefined;
    if (role?.kind !== 'string' || samplesIn(role.value).some((word) => !/^\d+$/.test(word))) return;
    const partition = /^arn:([a-z-]+):iam::\d{12}:role\/.+$/.exec(role.value)?.[1];
    const wanted = resourceOf(state)?.node.value.split(':')[1];
    if (partition === undefined) report({ at: role, message: `${quote(role.value)} is no ARN of an IAM role.` });
    else if (wanted !== undefined && partition !== wanted) {
      report({ at: role, message: `The role is in the partition "${partition}", the resource in "${wanted}".` });
    }
  },
};

export const heartbeatWithoutEffect: StateRule = {
  id: 'asl/heartbeat-without-effect',
  subject: 'state',
  fields: ['HeartbeatSeconds', 'HeartbeatSecondsPath'],
  severity: 'hint',
  sources: ['T08'],
  types: ['Task'],
  docs: {
    what: 'Heartbeats are for tasks with `.waitForTaskToken` and activities.',
    why: 'Other tasks send none, so the field has no effect or makes them fail.',
    bad: '{"Resource": "arn:aws:states:::lambda:invoke", "HeartbeatSeconds": 10}',
    good: '{"Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken", "HeartbeatSeconds": 10, "TimeoutSeconds": 600}',
    aws: 'Accepted.',
  },
  check: (state, report) => {
    const suffix = suffixOf(state);
    if (suffix === undefined || suffix === 'activity' || suffix === '.waitForTaskToken') return;
    for (const name of ['HeartbeatSeconds', 'HeartbeatSecondsPath']) {
      const property = state.node.property(name);
      if (property === undefined) continue;
      report({
        at: property.key,
        message: `${name} has no effect here: only callback tasks and activities send heartbeats.`,
      });
    }
  },
};

export const waitWithoutTimeout: StateRule = {
  id: 'asl/wait-without-timeout',
  subject: 'state',
  severity: 'hint',
  sources: ['T08'],
  types: ['Task'],
  docs: {
    what: 'A task that waits for a callback or an activity has a timeout or a heartbeat.',
    why: 'Otherwise it waits up to a year when nobody answers.',
    bad: '{"Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken"}',
    good: '{"Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken", "TimeoutSeconds": 3600}',
    aws: 'Accepted.',
  },
  check: (state, report) => {
    const { node } = state;
    const suffix = suffixOf(state);
    if (suffix !== 'activity' && suffix !== '.waitForTaskToken') return;
    const has = ['TimeoutSeconds', 'TimeoutSecondsPath', 'HeartbeatSeconds', 'HeartbeatSecondsPath'];
    if (has.some((name) => node.has(name))) return;
    report({
      at: keyOf(node.get('Resource') ?? node),
      message: 'Without TimeoutSeconds this task waits up to a year when nobody answers.',
    });
  },
};

export const lambdaWithoutRetry: StateRule = {
  id: 'asl/lambda-without-retry',
  subject: 'state',
  severity: 'hint',
  sources: ['T09'],
  types: ['Task'],
  docs: {
    what: 'A Lambda task retries the errors of the Lambda service itself.',
    why: 'They pass by themselves, and the developer guide recommends a retrier for them.',
    bad: '{"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": true}',
    good: '{"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Retry": [{"ErrorEquals": ["Lambda.ServiceException", "Lambda.AWSLambdaException", "Lambda.SdkClientException", "Lambda.TooManyRequestsException"], "IntervalSeconds": 1, "MaxAttempts": 3, "BackoffRate": 2}], "End": true}',
    aws: 'Accepted.',
  },
  check: ({ node }, report) => {
    const resource = node.get('Resource');
    if (resource?.kind !== 'string' || !/:states:::lambda:invoke$|:lambda:[^:]*:[^:]*:function:/.test(resource.value))
      return;
    const retry = node.get('Retry');
    if (
      retry !== undefined &&
      (retry.kind !== 'array' || mentions(retry, /^(?:Lambda\.|States\.ALL$|States\.TaskFailed$)/))
    )
      return;
    report({
      at: resource,
      message:
        'A retrier for the errors of the Lambda service is recommended: Lambda.ServiceException and the like pass by themselves.',
      ...(retry === undefined && {
        fixes: [
          {
            title: 'Add the recommended Retry',
            isSafe: false,
            edits: [{ kind: 'addProperty', object: node, name: 'Retry', value: [LAMBDA_RETRY] }],
          },
        ],
      }),
    });
  },
};

function mentions(node: Node, pattern: RegExp): boolean {
  if (node.kind === 'string') return pattern.test(node.value);
  if (node.kind === 'array') return node.items.some((item) => mentions(item, pattern));
  return node.kind === 'object' && node.properties.some(({ value }) => mentions(value, pattern));
}

export const callbackWithoutToken: StateRule = {
  id: 'asl/callback-without-token',
  subject: 'state',
  severity: 'warning',
  sources: ['A17'],
  types: ['Task'],
  docs: {
    what: 'A task with `.waitForTaskToken` passes on the token, `$$.Task.Token` or `$states.context.Task.Token`.',
    why: 'Without it nobody can answer, and the task waits until it times out.',
    bad: '{"Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken", "Parameters": {"QueueUrl": "u", "MessageBody": {"a": 1}}}',
    good: '{"Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken", "Parameters": {"QueueUrl": "u", "MessageBody": {"token.$": "$$.Task.Token"}}}',
    aws: 'Accepted.',
  },
  check: (state, report) => {
    const found = resourceOf(state);
    const payload = payloadOf(state);
    if (found === undefined || suffixOf(state) !== '.waitForTaskToken' || payload === undefined) return;
    if (mayHoldToken(payload)) return;
    const from = found.node.value.length - '.waitForTaskToken'.length;
    report({
      at: within(found.node, from, found.node.value.length),
      message: `Nothing in the ${state.isJsonata ? 'Arguments' : 'Parameters'} passes on the task token, so nobody can answer. Add ${state.isJsonata ? '{% $states.context.Task.Token %}' : '$$.Task.Token'}.`,
    });
  },
};

/** Whether the token, or the whole context object or a variable that may hold it, is somewhere in a value. */
function mayHoldToken(payload: ObjectNode): boolean {
  return mentions(payload, /Task\.Token|Token|\$\$(?:$|[\s,)])|\$states\.context\b(?!\.)|\$\{|\{\{/);
}

export const startedByExecution: StateRule = {
  id: 'asl/started-by-execution',
  subject: 'state',
  severity: 'hint',
  sources: ['A18'],
  types: ['Task'],
  docs: {
    what: 'The Input of states:startExecution has AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID.',
    why: 'It links the child execution to its parent in the console. `.sync` gives Output as a string, `.sync:2` as JSON.',
    bad: '{"Parameters": {"StateMachineArn": "…", "Input": {"day.$": "$.day"}}}',
    good: '{"Parameters": {"StateMachineArn": "…", "Input": {"day.$": "$.day", "AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID.$": "$$.Execution.Id"}}}',
    aws: 'Accepted.',
  },
  check: (state, report) => {
    const resource = resourceOf(state)?.resource;
    if (resource?.kind !== 'optimized' || resource.service !== 'states') return;
    const input = payloadOf(state)?.get('Input');
    if (input?.kind !== 'object') return;
    const name = 'AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID';
    if (input.has(name) || input.has(`${name}.$`)) return;
    report({ at: keyOf(input), message: `${name} in Input links the execution to this one in the console.` });
  },
};

export const directLambda: StateRule = {
  id: 'asl/direct-lambda',
  subject: 'state',
  severity: 'hint',
  sources: ['A19'],
  types: ['Task'],
  docs: {
    what: 'A Lambda function is called with `arn:aws:states:::lambda:invoke`.',
    why: 'The integration gives status and errors of the call; the function ARN is the older way.',
    bad: '{"Resource": "arn:aws:lambda:eu-west-1:111122223333:function:load"}',
    good: '{"Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "arn:aws:lambda:eu-west-1:111122223333:function:load", "Payload.$": "$"}}',
    aws: 'Accepted.',
  },
  check: (state, report) => {
    const found = resourceOf(state);
    if (found?.resource.kind !== 'lambda') return;
    report({
      at: found.node,
      message:
        '"arn:aws:states:::lambda:invoke" is the newer way to call a function: it also gives status and errors of the call.',
    });
  },
};
