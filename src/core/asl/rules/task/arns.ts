import { arnProblem, samplesIn } from '../../../language/arn.ts';
import { mixedArnProblems, sampleProblem, type GivenText } from '../../../language/rules/arnProblems.ts';
import { within } from '../../../language/rules/rule.ts';
import type { Node, StringNode } from '../../../language/tree.ts';
import { quote } from '../../describe.ts';
import type { State } from '../../model.ts';
import { isExpression } from '../../fields/visit.ts';
import { keptOfState } from '../../ofState.ts';
import type { MachineRule, StateRule } from '../rule.ts';
import { payloadOf, resourceOf } from './subject.ts';

interface StateArns {
  /** The texts of a Task that are ARNs, in the order of the text. */
  readonly arns: readonly StringNode[];
  /** Texts with something in them that is to be replaced. */
  readonly samples: readonly { readonly node: StringNode; readonly words: readonly string[] }[];
}

/** What a Task writes out of ARNs: its resource, what it passes on, the role that it assumes. */
const arnsOf = keptOfState((state): StateArns => {
  if (state.type !== 'Task') return NONE;
  const texts: StringNode[] = [];
  for (const name of ['Resource', 'Credentials', 'Parameters', 'Arguments']) {
    const node = state.node.get(name);
    if (node !== undefined) collectTexts(node, texts);
  }
  if (texts.length === 0) return NONE;
  const arns = texts.filter(({ value }) => /^arn:/i.test(value));
  const samples = texts.map((node) => ({ node, words: samplesIn(node.value) })).filter(({ words }) => words.length > 0);
  return arns.length + samples.length === 0 ? NONE : { arns, samples };
});

const NONE: StateArns = { arns: [], samples: [] };

function collectTexts(node: Node, into: StringNode[]): void {
  if (node.kind === 'string') {
    if (!isExpression(node.value) && (/^arn:/i.test(node.value) || node.value.includes('<'))) into.push(node);
  } else if (node.kind === 'array') {
    for (const item of node.items) collectTexts(item, into);
  } else if (node.kind === 'object') {
    for (const { name, value } of node.properties) if (!name.endsWith('.$')) collectTexts(value, into);
  }
}

export const arnForm: StateRule = {
  id: 'asl/arn-form',
  subject: 'state',
  severity: 'warning',
  sources: ['Z02'],
  types: ['Task'],
  docs: {
    what: 'ARNs that a Task passes on have the form of their service: partition, region, account of twelve digits, resource.',
    why: 'AWS does not look at them when the machine is created: the call fails when the task runs.',
    bad: '{"Type": "Task", "Resource": "arn:aws:states:::sns:publish", "Parameters": {"TopicArn": "arn:aws:sns:eu-west-1:11112222333:alerts"}, "End": true}',
    good: '{"Type": "Task", "Resource": "arn:aws:states:::sns:publish", "Parameters": {"TopicArn": "arn:aws:sns:eu-west-1:111122223333:alerts"}, "End": true}',
    aws: 'Accepted; the task fails.',
  },
  check: (state, report) => {
    const resource = state.node.get('Resource');
    const credentials = state.node.get('Credentials');
    const role = credentials?.kind === 'object' ? credentials.get('RoleArn') : undefined;
    for (const node of arnsOf(state).arns) {
      // The resource of a service integration and the role have rules of their own.
      if (node === role || (node === resource && resourceOf(state)?.resource.kind !== 'lambda')) continue;
      const problem = arnProblem(node.value);
      if (problem === undefined) continue;
      const isAtEnd = problem.from >= node.value.length;
      report({
        at: isAtEnd ? node : within(node, problem.from, Math.min(problem.to, node.value.length)),
        message: problem.message,
      });
    }
  },
};

/** Names that an action takes, and no ARN: service, action, parameter. */
const NAMES: Readonly<Record<string, string>> = {
  'glue:startJobRun': 'JobName',
  'glue:startCrawler': 'Name',
  'glue:getCrawler': 'Name',
  'glue:getJobRun': 'JobName',
  'glue:startWorkflowRun': 'Name',
  'glue:getWorkflowRun': 'Name',
  'databrew:startJobRun': 'Name',
};

export const nameNotArn: StateRule = {
  id: 'asl/name-not-arn',
  subject: 'state',
  severity: 'warning',
  sources: ['Z01'],
  types: ['Task'],
  docs: {
    what: 'Glue takes the name of a job, crawler or workflow, not its ARN.',
    why: 'It looks for a job that is called like the ARN, and finds none.',
    bad: '{"Type": "Task", "Resource": "arn:aws:states:::glue:startJobRun.sync", "Parameters": {"JobName": "arn:aws:glue:eu-west-1:111122223333:job/load"}, "End": true}',
    good: '{"Type": "Task", "Resource": "arn:aws:states:::glue:startJobRun.sync", "Parameters": {"JobName": "load"}, "End": true}',
    aws: 'Accepted; the task fails with Glue.EntityNotFoundException.',
  },
  check: (state, report) => {
    const resource = resourceOf(state)?.resource;
    if (resource?.kind !== 'optimized' && resource?.kind !== 'sdk') return;
    const parameter = NAMES[`${resource.service}:${resource.action}`];
    const node = parameter === undefined ? undefined : payloadOf(state)?.get(parameter);
    if (parameter === undefined || node?.kind !== 'string' || !node.value.startsWith('arn:')) return;
    const name = /\/([^/]+)$/.exec(node.value)?.[1];
    report({
      at: node,
      message: `${parameter} is a name, not an ARN${name === undefined ? '' : `: write ${quote(name)}`}.`,
      fixes:
        name === undefined
          ? []
          : [
              {
                title: `Change to ${quote(name)}`,
                isSafe: true,
                edits: [{ kind: 'replaceString', node, value: name }],
              },
            ],
    });
  },
};

export const mixedArns: MachineRule = {
  id: 'asl/mixed-arns',
  subject: 'machine',
  severity: 'hint',
  sources: ['Z02'],
  docs: {
    what: 'The ARNs of a definition are of one partition, and mostly of one region and account.',
    why: 'A machine reaches nothing in another partition; another region or account is often what is left of a copy.',
    bad: '{"TopicArn": "arn:aws:sns:eu-west-1:111122223333:alerts", "QueueUrl": "arn:aws-cn:sqs:cn-north-1:111122223333:loads"}',
    good: '{"TopicArn": "arn:aws:sns:eu-west-1:111122223333:alerts"}',
    aws: 'Accepted. "The resource belongs to a different partition" when the task runs.',
  },
  check: ({ states }, report) => {
    for (const problem of mixedArnProblems(arnsIn(states))) report(problem);
  },
};

function* arnsIn(states: readonly State[]): Generator<GivenText> {
  for (const state of states) {
    for (const node of arnsOf(state).arns) yield { node, isElsewhere: state.node.has('Credentials') };
  }
}

export const sampleValue: MachineRule = {
  id: 'asl/sample-value',
  subject: 'machine',
  severity: 'hint',
  sources: ['A16'],
  docs: {
    what: 'Words such as `REGION`, `ACCOUNT_ID`, `123456789012` and `<your-bucket>` are samples that a manual has left.',
    why: 'They must be replaced before the definition can run. Said once for a definition.',
    bad: '{"Resource": "arn:aws:lambda:REGION:ACCOUNT_ID:function:FUNCTION_NAME"}',
    good: '{"Resource": "arn:aws:lambda:eu-west-1:210987654321:function:load-orders"}',
    aws: 'Accepted, mostly; the task fails.',
  },
  check: ({ states }, report) => {
    const problem = sampleProblem(states.flatMap((state) => arnsOf(state).samples));
    if (problem !== undefined) report(problem);
  },
};
