import { nearest } from '../../../language/nearest.ts';
import { keyOf, within } from '../../../language/rules/rule.ts';
import { anyOf, describeValue, didYouMean, quote } from '../../describe.ts';
import { isExpression } from '../../fields/visit.ts';
import { optimizedAction, optimizedActionNames, optimizedServiceNames } from '../../integrations/optimized.ts';
import { sdkActions, sdkServiceNames } from '../../integrations/sdk.ts';
import { isOpaque } from '../../model.ts';
import type { StateRule } from '../rule.ts';
import { resourceOf } from './subject.ts';

const NOT_RECOGNIZED =
  'SCHEMA_VALIDATION_FAILED: "The resource provided … is not recognized. The value is not a valid resource ARN, or the resource is not available in this region."';

export const resourceRequired: StateRule = {
  id: 'asl/resource-required',
  subject: 'state',
  severity: 'error',
  sources: ['T01'],
  types: ['Task'],
  docs: {
    what: 'A Task has a `Resource`, a constant string.',
    why: 'It says what to run; it is not evaluated, so it can hold neither a path nor an expression.',
    bad: '{"Type": "Task", "End": true}',
    good: '{"Type": "Task", "Resource": "arn:aws:states:::glue:startJobRun.sync", "Parameters": {"JobName": "load"}, "End": true}',
    aws: 'SCHEMA_VALIDATION_FAILED: "These fields are required: [Resource]".',
  },
  check: ({ node, name }, report) => {
    const resource = node.get('Resource');
    if (resource === undefined) {
      if (node.issues !== undefined) return;
      report({ at: keyOf(node), message: `Task state ${quote(name)} needs a Resource: the ARN of what to run.` });
    } else if (resource.kind !== 'string' && !isOpaque(resource)) {
      report({ at: resource, message: `Resource must be an ARN in a string, not ${describeValue(resource)}.` });
    }
  },
};

export const resourceArn: StateRule = {
  id: 'asl/resource-arn',
  subject: 'state',
  severity: 'error',
  sources: ['A11', 'T01'],
  types: ['Task'],
  docs: {
    what: '`Resource` is the ARN of a service integration, a Lambda function or an activity.',
    why: 'AWS refuses other text.',
    bad: '{"Type": "Task", "Resource": "load-orders", "End": true}',
    good: '{"Type": "Task", "Resource": "arn:aws:lambda:eu-west-1:111122223333:function:load-orders", "End": true}',
    aws: NOT_RECOGNIZED,
  },
  check: (state, report) => {
    const found = resourceOf(state);
    if (found === undefined) {
      const node = state.node.get('Resource');
      const isPath =
        node?.kind === 'string' && node.value.startsWith('$') && !isOpaque(node) && !isExpression(node.value);
      if (isPath && !/^\$\$?\./.test(node.value)) {
        report({ at: node, message: `Resource must be an ARN, not ${describeValue(node)}.` });
      }
      return;
    }
    const { node, resource } = found;
    if (resource.kind === 'invalid') report({ at: node, message: resource.message });
    else if (resource.kind === 'other') {
      report({
        at: node,
        message: `A Task cannot call "${resource.service}" by this ARN: use a service integration such as "arn:aws:states:::aws-sdk:${resource.service}:action".`,
      });
    }
  },
};

export const unknownIntegration: StateRule = {
  id: 'asl/unknown-integration',
  subject: 'state',
  severity: 'error',
  sources: ['A12'],
  types: ['Task'],
  docs: {
    what: 'An optimized integration names a service, an action and a suffix (`.sync`, `.waitForTaskToken`) that there is.',
    why: 'AWS refuses others. Most actions are called as AWS SDK tasks.',
    bad: '{"Type": "Task", "Resource": "arn:aws:states:::glue:startJobRun.waitForTaskToken", "End": true}',
    good: '{"Type": "Task", "Resource": "arn:aws:states:::glue:startJobRun.sync", "End": true}',
    aws: NOT_RECOGNIZED,
  },
  check: (state, report) => {
    const found = resourceOf(state);
    if (found?.resource.kind !== 'optimized') return;
    const { node, resource } = found;
    const { service, action, suffix, at } = resource;
    const known = optimizedAction(service, action);
    const actions = optimizedActionNames(service);
    if (actions.length === 0) {
      const sdk = sdkActions(service.replaceAll('-', ''))?.has(action);
      const instead = sdk === true ? ` Use "arn:aws:states:::aws-sdk:${service.replaceAll('-', '')}:${action}".` : '';
      const suggestion = instead === '' ? nearest(service, optimizedServiceNames()) : undefined;
      report({
        at: within(node, at, at + service.length),
        message: `There is no optimized integration ${quote(service)} for tasks.${didYouMean(suggestion)}${instead}`,
      });
    } else if (known === undefined) {
      const sdk = sdkActions(service.replaceAll('-', ''))?.has(action);
      const instead = sdk === true ? ` Use "arn:aws:states:::aws-sdk:${service.replaceAll('-', '')}:${action}".` : '';
      const suggestion = nearest(action, actions);
      report({
        at: within(node, at + service.length + 1, at + service.length + 1 + action.length),
        message: `The optimized integration "${service}" has no action ${quote(action)}.${didYouMean(suggestion)}${instead}`,
      });
    } else if (!known.suffixes.includes(suffix as '')) {
      const from = at + service.length + 1 + action.length;
      const allowed = known.suffixes.filter((one) => one !== '');
      const has = allowed.length === 0 ? 'takes no suffix' : `takes ${anyOf(allowed)} or none`;
      report({
        at: within(node, from, from + suffix.length),
        message: `${service}:${action} ${has}, not ${quote(suffix)}.`,
      });
    }
  },
};

export const unknownSdkAction: StateRule = {
  id: 'asl/unknown-sdk-action',
  subject: 'state',
  severity: 'error',
  sources: ['A13'],
  types: ['Task'],
  docs: {
    what: 'An AWS SDK task names a service in lower case as the AWS SDK for Java 2 does (`sfn`, `cloudwatchlogs`), one of its actions in camelCase, and at most the suffix `.waitForTaskToken`.',
    why: 'AWS refuses others.',
    bad: '{"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:S3:ListBuckets", "End": true}',
    good: '{"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:s3:listBuckets", "End": true}',
    aws: NOT_RECOGNIZED,
  },
  check: (state, report) => {
    const found = resourceOf(state);
    if (found?.resource.kind !== 'sdk') return;
    const { node, resource } = found;
    const { service, action, suffix, at } = resource;
    const actions = sdkActions(service);
    const actionAt = at + service.length + 1;
    if (actions === undefined) {
      const plain = service.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
      const suggestion = sdkActions(plain) === undefined ? nearest(service, sdkServiceNames()) : plain;
      report({
        at: within(node, at, at + service.length),
        message: `The AWS SDK has no service ${quote(service)}.${didYouMean(suggestion)}`,
      });
    } else if (!actions.has(action)) {
      const suggestion = nearest(action, actions.keys());
      report({
        at: within(node, actionAt, actionAt + action.length),
        message: `The service "${service}" has no action ${quote(action)}.${didYouMean(suggestion)}`,
      });
    } else if (suffix !== '' && suffix !== '.waitForTaskToken') {
      const from = actionAt + action.length;
      report({
        at: within(node, from, from + suffix.length),
        message: `AWS SDK tasks take the suffix ".waitForTaskToken" or none, not ${quote(suffix)}.`,
      });
    }
  },
};

export const expressLimits: StateRule = {
  id: 'asl/express-limits',
  subject: 'state',
  severity: 'error',
  sources: ['A20'],
  types: ['Task'],
  docs: {
    what: 'An EXPRESS workflow has no activities, no `.sync` and no `.waitForTaskToken`, nor has the EXPRESS child of a distributed Map.',
    why: 'It ends within five minutes and does not wait for jobs or callbacks. The type comes from the template, the deployed machine, or "sluice: express" in the Comment of the definition.',
    bad: '{"Comment": "sluice: express", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::glue:startJobRun.sync", "End": true}}}',
    good: '{"Comment": "sluice: express", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::glue:startJobRun", "End": true}}}',
    aws: 'SCHEMA_VALIDATION_FAILED: "Express state machine does not support …".',
  },
  check: (state, report) => {
    if (state.surroundings.workflowType !== 'EXPRESS') return;
    const found = resourceOf(state);
    if (found === undefined) return;
    const { node, resource } = found;
    if (resource.kind === 'activity') {
      report({ at: node, message: 'An EXPRESS workflow cannot run activities.' });
    } else if ((resource.kind === 'optimized' || resource.kind === 'sdk') && resource.suffix !== '') {
      const from = node.value.length - resource.suffix.length;
      report({
        at: within(node, from, node.value.length),
        message: `An EXPRESS workflow does not wait for jobs or callbacks: ${resource.suffix} cannot be used.`,
      });
    }
  },
};
