import { nearest } from '../../../language/nearest.ts';
import { keyOf } from '../../../language/rules/rule.ts';
import { didYouMean, quote } from '../../describe.ts';
import { ERROR_NAMES } from '../../errorNames.ts';
import type { StateRule } from '../rule.ts';
import { allErrors } from './errors.ts';

const TYPES = ['Task', 'Parallel', 'Map'] as const;

export const unknownError: StateRule = {
  id: 'asl/unknown-error',
  subject: 'state',
  fields: ['ErrorEquals'],
  severity: 'warning',
  sources: ['E01'],
  types: TYPES,
  docs: {
    what: 'Error names that begin with `States.` are those that Step Functions has, in the same case.',
    why: 'A misspelt name takes no error.',
    bad: '{"ErrorEquals": ["States.TimeOut"], "MaxAttempts": 2}',
    good: '{"ErrorEquals": ["States.Timeout"], "MaxAttempts": 2}',
    aws: 'Not known.',
  },
  check: (state, report) => {
    for (const { error } of allErrors(state)) {
      const { value } = error;
      if (!/^states\./i.test(value) || Object.hasOwn(ERROR_NAMES, value)) continue;
      const suggestion = nearest(value, Object.keys(ERROR_NAMES));
      report({
        at: error,
        message: `Step Functions has no error ${quote(value)}.${didYouMean(suggestion)}`,
        ...(suggestion !== undefined && {
          fixes: [
            {
              title: `Change to "${suggestion}"`,
              isSafe: true,
              edits: [{ kind: 'replaceString', node: error, value: suggestion }],
            },
          ],
        }),
      });
    }
  },
};

export const uncatchableError: StateRule = {
  id: 'asl/uncatchable-error',
  subject: 'state',
  fields: ['ErrorEquals'],
  severity: 'warning',
  sources: ['E02'],
  types: TYPES,
  docs: {
    what: 'States.Runtime is not named in Retry or Catch.',
    why: 'It always ends the execution. Nor does States.ALL take it, or States.DataLimitExceeded, which must be named.',
    bad: '{"ErrorEquals": ["States.Runtime"], "Next": "Handle"}',
    good: '{"ErrorEquals": ["States.TaskFailed"], "Next": "Handle"}',
    aws: 'Accepted.',
  },
  check: (state, report) => {
    for (const { error, field } of allErrors(state)) {
      if (error.value !== 'States.Runtime') continue;
      const what = field === 'Retry' ? 'retried' : 'caught';
      report({
        at: error,
        message: `States.Runtime is never ${what}: it ends the execution at once.`,
        severity: 'hint',
      });
    }
  },
};

export const serviceErrorName: StateRule = {
  id: 'asl/service-error-name',
  subject: 'state',
  fields: ['ErrorEquals'],
  severity: 'hint',
  sources: ['E03'],
  types: ['Task'],
  docs: {
    what: 'Errors of an AWS SDK task carry the name of the service: `DynamoDb.ConditionalCheckFailedException`.',
    why: 'The bare name of the exception takes no error.',
    bad: '{"Resource": "arn:aws:states:::aws-sdk:dynamodb:putItem", "Catch": [{"ErrorEquals": ["ConditionalCheckFailedException"], "Next": "A"}]}',
    good: '{"Resource": "arn:aws:states:::aws-sdk:dynamodb:putItem", "Catch": [{"ErrorEquals": ["DynamoDb.ConditionalCheckFailedException"], "Next": "A"}]}',
    aws: 'Accepted.',
  },
  check: (state, report) => {
    const resource = state.node.get('Resource');
    if (resource?.kind !== 'string' || !resource.value.includes(':states:::aws-sdk:')) return;
    for (const { error } of allErrors(state)) {
      if (!/^[A-Z]\w*(?:Exception|Error)$/.test(error.value)) continue;
      report({
        at: error,
        message: `Errors of an AWS SDK task carry the name of the service, such as "DynamoDb.${error.value}".`,
      });
    }
  },
};

export const branchFails: StateRule = {
  id: 'asl/branch-fails',
  subject: 'state',
  severity: 'hint',
  sources: ['P02'],
  types: ['Parallel'],
  docs: {
    what: 'A Parallel with a Fail state in a branch has a Catch.',
    why: 'When one branch fails, all are stopped and the Parallel fails with the error of the branch.',
    bad: '{"Type": "Parallel", "Branches": [{"StartAt": "A", "States": {"A": {"Type": "Fail"}}}], "End": true}',
    good: '{"Type": "Parallel", "Branches": [{"StartAt": "A", "States": {"A": {"Type": "Fail"}}}], "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Repair"}], "End": true}',
    aws: 'Accepted.',
  },
  check: (state, report) => {
    if (state.node.has('Catch')) return;
    const failing = state.scopes.flatMap(({ states }) => states).find(({ type }) => type === 'Fail');
    if (failing === undefined) return;
    report({
      at: keyOf(state.node),
      message: `When ${quote(failing.name)} fails its branch, the whole Parallel fails. Add a Catch to go on.`,
      related: [{ at: keyOf(failing.node), message: 'The Fail state' }],
    });
  },
};
