import { nearest } from '../../../language/nearest.ts';
import { keyOf } from '../../../language/rules/rule.ts';
import type { Node, ObjectNode, StringNode } from '../../../language/tree.ts';
import { anyOf, describeValue, didYouMean, quote } from '../../describe.ts';
import { isExpression } from '../../fields/visit.ts';
import { optimizedAction, type OptimizedAction } from '../../integrations/optimized.ts';
import { sdkActions, type ApiMember, type MemberKind } from '../../integrations/sdk.ts';
import { isOpaque, type State } from '../../model.ts';
import type { StateRule } from '../rule.ts';
import { literalParameter, parameterName, payloadOf, resourceOf } from './subject.ts';

/** The optimized integration that a Task calls. */
function optimizedOf(state: State): OptimizedAction | undefined {
  const resource = resourceOf(state)?.resource;
  return resource?.kind === 'optimized' ? optimizedAction(resource.service, resource.action) : undefined;
}

/** Whether names may be missing from the text because something fills them in. */
function isIncomplete(payload: ObjectNode): boolean {
  return payload.issues !== undefined || payload.properties.some(({ key }) => isOpaque(key));
}

export const requiredParameter: StateRule = {
  id: 'asl/required-parameter',
  subject: 'state',
  severity: 'error',
  sources: ['A14'],
  types: ['Task'],
  docs: {
    what: 'The parameters that an optimized integration needs are there.',
    why: 'The call would fail.',
    bad: '{"Type": "Task", "Resource": "arn:aws:states:::glue:startJobRun.sync", "Parameters": {"Arguments": {"--day": "1"}}, "End": true}',
    good: '{"Type": "Task", "Resource": "arn:aws:states:::glue:startJobRun.sync", "Parameters": {"JobName": "load"}, "End": true}',
    aws: 'SCHEMA_VALIDATION_FAILED: "The field \'JobName\' is required but was missing".',
  },
  check: (state, report) => {
    const action = optimizedOf(state);
    if (action === undefined || action.required.length === 0) return;
    const field = state.isJsonata ? 'Arguments' : 'Parameters';
    const payload = state.node.get(field);
    if (payload === undefined) {
      if (state.node.issues !== undefined || state.node.has(state.isJsonata ? 'Parameters' : 'Arguments')) return;
      const names = action.required.map((one) => (typeof one === 'string' ? one : anyOf(one)));
      report({ at: keyOf(state.node), message: `${action.title} needs ${field} with ${anyOf(names, 'and')}.` });
      return;
    }
    if (payload.kind !== 'object' || isIncomplete(payload)) return;
    for (const one of action.required) {
      const names = typeof one === 'string' ? [one] : one;
      if (names.some((name) => payload.has(name) || (!state.isJsonata && payload.has(`${name}.$`)))) continue;
      report({
        at: keyOf(payload),
        message: `${action.title} needs ${anyOf(names)} in ${field}.`,
        ...(typeof one === 'string' && {
          fixes: [
            {
              title: `Add ${one}`,
              isSafe: false,
              edits: [{ kind: 'addProperty', object: payload, name: one, value: '' }],
            },
          ],
        }),
      });
    }
  },
};

export const unknownParameter: StateRule = {
  id: 'asl/unknown-parameter',
  subject: 'state',
  severity: 'error',
  sources: ['A15'],
  types: ['Task'],
  docs: {
    what: 'An optimized integration gets only parameters that it has, in PascalCase.',
    why: 'AWS refuses others.',
    bad: '{"Resource": "arn:aws:states:::glue:startJobRun.sync", "Parameters": {"jobName": "load"}}',
    good: '{"Resource": "arn:aws:states:::glue:startJobRun.sync", "Parameters": {"JobName": "load"}}',
    aws: 'SCHEMA_VALIDATION_FAILED: "The field \'jobName\' is not supported by Step Functions".',
  },
  check: (state, report) => {
    const action = optimizedOf(state);
    const payload = payloadOf(state);
    if (action === undefined || payload === undefined) return;
    for (const { key, name } of unknownNames(payload, action.parameters, state)) {
      const suggestion = nearest(
        name,
        action.parameters.map((parameter) => parameter.name),
      );
      report({
        at: key,
        message: `${action.title} has no parameter ${quote(name)}.${didYouMean(suggestion)}`,
        ...(suggestion !== undefined && {
          fixes: [
            {
              title: `Change to "${suggestion}"`,
              isSafe: true,
              edits: [{ kind: 'renameKey', node: key, name: suggestion + key.value.slice(name.length) }],
            },
          ],
        }),
      });
    }
  },
};

interface UnknownName {
  readonly key: StringNode;
  /** Without the `.$` of JSONPath. */
  readonly name: string;
}

function unknownNames(payload: ObjectNode, members: readonly ApiMember[], state: State): readonly UnknownName[] {
  const unknown: UnknownName[] = [];
  for (const { key } of payload.properties) {
    const name = parameterName(key.value, state);
    if (isOpaque(key) || members.some((member) => member.name === name)) continue;
    const isKnown = members.some((member) => withPlainAcronyms(member.name) === withPlainAcronyms(name));
    if (!isKnown) unknown.push({ key, name });
  }
  return unknown;
}

/** `DBInstanceArn` as `DbInstanceArn`, `TopicARN` as `TopicArn`: the Java SDK writes acronyms its own way. */
function withPlainAcronyms(name: string): string {
  return name.replaceAll(/(?<=[A-Z])[A-Z](?![a-z])/g, (letter) => letter.toLowerCase());
}

export const unknownSdkParameter: StateRule = {
  id: 'asl/unknown-sdk-parameter',
  subject: 'state',
  severity: 'warning',
  sources: ['A15'],
  types: ['Task'],
  docs: {
    what: 'An AWS SDK task gets parameters that its action has, in PascalCase, with literals of their type.',
    why: 'The call would fail.',
    bad: '{"Resource": "arn:aws:states:::aws-sdk:glue:startCrawler", "Parameters": {"CrawlerName": "orders"}}',
    good: '{"Resource": "arn:aws:states:::aws-sdk:glue:startCrawler", "Parameters": {"Name": "orders"}}',
    aws: 'Not known for all actions.',
  },
  check: (state, report) => {
    const resource = resourceOf(state)?.resource;
    const payload = payloadOf(state);
    if (resource?.kind !== 'sdk' || payload === undefined) return;
    const members = sdkActions(resource.service)?.get(resource.action)?.members;
    if (members === undefined) return;
    const title = `${resource.service}:${resource.action}`;
    for (const { key, name } of unknownNames(payload, members, state)) {
      const suggestion = nearest(
        name,
        members.map((member) => member.name),
      );
      report({ at: key, message: `${title} has no parameter ${quote(name)}.${didYouMean(suggestion)}` });
    }
    for (const { name, kind } of members) {
      const value = literalParameter(payload, name);
      if (value === undefined || fits(value, kind)) continue;
      report({ at: value, message: `${name} of ${title} must be ${KIND_NAMES[kind]}, not ${describeValue(value)}.` });
    }
  },
};

const KIND_NAMES: Readonly<Record<MemberKind, string>> = {
  s: 'a string',
  n: 'a number',
  b: 'true or false',
  l: 'an array',
  o: 'an object',
  t: 'a timestamp',
  a: 'any value',
};

function fits(value: Node, kind: MemberKind): boolean {
  switch (kind) {
    case 'n':
      return value.kind === 'number' || value.kind === 'null';
    case 'b':
      return value.kind === 'boolean' || value.kind === 'null';
    case 'l':
      return value.kind === 'array' || value.kind === 'null';
    case 'o':
      return value.kind === 'object' || value.kind === 'null';
    default:
      // Strings take any JSON: bodies of requests are often written as objects.
      return true;
  }
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

export const httpParameters: StateRule = {
  id: 'asl/http-parameters',
  subject: 'state',
  severity: 'warning',
  sources: ['A21'],
  types: ['Task'],
  docs: {
    what: 'An HTTP task has an https ApiEndpoint, a known Method, and the ARN of an EventBridge connection.',
    why: 'The call would fail.',
    bad: '{"Resource": "arn:aws:states:::http:invoke", "Parameters": {"ApiEndpoint": "http://example.com", "Method": "get"}}',
    good: '{"Resource": "arn:aws:states:::http:invoke", "Parameters": {"ApiEndpoint": "https://example.com", "Method": "GET", "Authentication": {"ConnectionArn": "arn:aws:events:eu-west-1:111122223333:connection/api/1234"}}}',
    aws: 'Refuses a ConnectionArn that is none; the rest fails at run time.',
  },
  check: (state, report) => {
    const resource = resourceOf(state)?.resource;
    const payload = payloadOf(state);
    if (resource?.kind !== 'optimized' || resource.service !== 'http' || payload === undefined) return;
    const endpoint = literalParameter(payload, 'ApiEndpoint');
    if (endpoint?.kind === 'string' && !/^https:\/\/\S+$/.test(endpoint.value)) {
      report({ at: endpoint, message: 'ApiEndpoint must be an https URL.' });
    }
    const method = literalParameter(payload, 'Method');
    if (method?.kind === 'string' && !METHODS.includes(method.value)) {
      report({ at: method, message: `Method must be ${anyOf(METHODS)}, not ${describeValue(method)}.` });
    }
    for (const field of ['Authentication', 'InvocationConfig']) {
      const holder = payload.get(field);
      if (holder?.kind !== 'object') continue;
      const arn = literalParameter(holder, 'ConnectionArn');
      if (arn?.kind !== 'string' || isExpression(arn.value)) continue;
      if (/^arn:[a-z-]+:events:[a-z0-9-]+:\d{12}:connection\/.+$/.test(arn.value)) continue;
      report({ at: arn, message: 'ConnectionArn must be the ARN of an EventBridge connection.' });
    }
  },
};
