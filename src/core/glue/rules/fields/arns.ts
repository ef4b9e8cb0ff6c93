import { arnProblem, samplesIn } from '../../../language/arn.ts';
import { mixedArnProblems, sampleProblem } from '../../../language/rules/arnProblems.ts';
import { within } from '../../../language/rules/rule.ts';
import type { Node, StringNode } from '../../../language/tree.ts';
import { quote } from '../../../language/words.ts';
import { resourcesOf, type Resource } from '../../model.ts';
import { partsOf } from '../../place.ts';
import { replaceText, type FileRule, type ResourceRule } from '../rule.ts';

/** The texts of a config, apart from the role, which has a rule of its own. */
function* textsOf(resource: Resource): Generator<StringNode> {
  const role = resource.part.get('Role');
  const open: Node[] = [resource.part.node];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node === role) continue;
    if (node.kind === 'string') yield node;
    else if (node.kind === 'array') open.push(...node.items.toReversed());
    else if (node.kind === 'object') open.push(...node.properties.map(({ value }) => value).toReversed());
  }
}

function allTextsOf(resource: Resource): readonly StringNode[] {
  const role = resource.part.get('Role');
  return [...(role?.kind === 'string' ? [role] : []), ...textsOf(resource)];
}

export const arnForm: ResourceRule = {
  id: 'glue/arn-form',
  subject: 'resource',
  severity: 'warning',
  sources: [],
  docs: {
    what: 'ARNs in a config have the form of their service: partition, region, account of twelve digits, resource.',
    why: 'Glue looks at most of them only when a run needs them.',
    bad: '{"Name": "load", "DefaultArguments": {"--topic": "arn:aws:sns:eu-west-1:11112222333:alerts"}}',
    good: '{"Name": "load", "DefaultArguments": {"--topic": "arn:aws:sns:eu-west-1:111122223333:alerts"}}',
    aws: 'Accepted; the run fails.',
  },
  check: (resource, report) => {
    for (const node of textsOf(resource)) {
      const problem = arnProblem(node.value);
      if (problem === undefined) continue;
      const { from, to, message } = problem;
      report({ at: from >= node.value.length ? node : within(node, from, Math.min(to, node.value.length)), message });
    }
  },
};

/** Fields that take a name. */
const NAMES: readonly string[] = [
  'JobName',
  'CrawlerName',
  'WorkflowName',
  'SecurityConfiguration',
  'CrawlerSecurityConfiguration',
  'ConnectionName',
  'DatabaseName',
  'Connections',
];

export const nameNotArn: ResourceRule = {
  id: 'glue/name-not-arn',
  subject: 'resource',
  severity: 'error',
  sources: [],
  docs: {
    what: 'Jobs, crawlers, workflows, connections and security configurations are named, not given by their ARN.',
    why: 'Glue looks for one that is called like the ARN, and finds none.',
    bad: '{"Name": "nightly", "Type": "ON_DEMAND", "Actions": [{"JobName": "arn:aws:glue:eu-west-1:111122223333:job/load"}]}',
    good: '{"Name": "nightly", "Type": "ON_DEMAND", "Actions": [{"JobName": "load"}]}',
    aws: 'EntityNotFoundException.',
  },
  check: (resource, report) => {
    for (const part of partsOf(resource)) {
      for (const field of NAMES) {
        const value = part.get(field);
        for (const node of value?.kind === 'array' ? value.items : [value]) {
          if (node?.kind !== 'string' || !/^arn:aws[a-z-]*:glue:/.test(node.value)) continue;
          const name = /\/([^/${}]+)$/.exec(node.value)?.[1];
          report({
            at: node,
            message: `${part.spell(field)} takes a name, not an ARN${name === undefined ? '' : `: write ${quote(name)}`}.`,
            fixes: name === undefined ? [] : [replaceText(node, name, true)],
          });
        }
      }
    }
  },
};

export const mixedArns: FileRule = {
  id: 'glue/mixed-arns',
  subject: 'file',
  severity: 'hint',
  sources: [],
  docs: {
    what: 'The ARNs of a config are of one partition, and mostly of one region and account.',
    why: 'Nothing reaches into another partition; another region or account is often what is left of a copy.',
    bad: '{"Name": "load", "Role": "arn:aws-cn:iam::111122223333:role/Glue", "DefaultArguments": {"--topic": "arn:aws:sns:eu-west-1:111122223333:alerts"}}',
    good: '{"Name": "load", "Role": "arn:aws:iam::111122223333:role/Glue", "DefaultArguments": {"--topic": "arn:aws:sns:eu-west-1:111122223333:alerts"}}',
    aws: 'Accepted; the run fails.',
  },
  check: ({ file }, report) => {
    for (const resource of resourcesOf(file)) {
      for (const problem of mixedArnProblems(allTextsOf(resource).map((node) => ({ node })))) report(problem);
    }
  },
};

export const sampleValue: FileRule = {
  id: 'glue/sample-value',
  subject: 'file',
  severity: 'hint',
  sources: [],
  docs: {
    what: 'Words such as `REGION`, `ACCOUNT_ID`, `123456789012` and `<your-bucket>` are samples that a manual has left.',
    why: 'They must be replaced before the config is of use. Said once for a document.',
    bad: '{"Command": {"Name": "glueetl", "ScriptLocation": "s3://<your-bucket>/load.py"}}',
    good: '{"Command": {"Name": "glueetl", "ScriptLocation": "s3://orders-scripts/load.py"}}',
    aws: 'Accepted, mostly; the run fails.',
  },
  check: ({ file }, report) => {
    const texts = resourcesOf(file).flatMap(allTextsOf);
    const problem = sampleProblem(texts.map((node) => ({ node, words: samplesIn(node.value) })));
    if (problem !== undefined) report(problem);
  },
};
