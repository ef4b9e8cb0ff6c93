import type { Fix, FixEdit } from '../../../language/rules/rule.ts';
import type { Node, ObjectNode } from '../../../language/tree.ts';
import { propertyOf } from '../../../language/treeQueries.ts';
import { anyOf } from '../../../language/words.ts';
import type { Job } from '../../model.ts';
import { knownText } from '../../values.ts';
import type { JobRule } from '../rule.ts';

/** What the service adds to its answers and refuses as input. */
const ANSWERED = ['CreatedOn', 'LastModifiedOn', 'ProfileName', 'AutoUpgradeMetadata'];
const ECHOED = ['AllocatedCapacity', 'MaxCapacity'];

/** Whether the job is an answer of get-job that somebody sends back. */
export function isReplyAsInput({ dialect, part }: Job): boolean {
  return (dialect === 'api' || dialect === 'sdk') && ANSWERED.some((name) => part.node.has(name));
}

/** The names that input must not have; capacity only where the workers say it already. */
function surplus(node: ObjectNode): readonly string[] {
  const names = node.has('WorkerType') ? [...ANSWERED, ...ECHOED] : [...ANSWERED, 'AllocatedCapacity'];
  return names.filter((name) => node.has(name));
}

export const replyAsInput: JobRule = {
  id: 'glue/reply-as-input',
  subject: 'job',
  severity: 'error',
  sources: ['GLUE041'],
  docs: {
    what: 'What get-job prints is not sent back as it is.',
    why: 'The answer has fields that create-job and update-job refuse, and repeats the capacity of the workers.',
    bad: '{"Name": "load", "CreatedOn": "2026-01-05T05:02:24+00:00", "AllocatedCapacity": 2, "WorkerType": "G.1X"}',
    good: '{"Name": "load", "WorkerType": "G.1X", "NumberOfWorkers": 2}',
    aws: 'Unknown parameter in input: "CreatedOn".',
  },
  check: (job, report) => {
    const { node } = job.part;
    if (isReplyAsInput(job)) {
      const names = surplus(node);
      const first = ANSWERED.map((name) => node.property(name)).find((property) => property !== undefined);
      if (first === undefined) return;
      report({
        at: first.key,
        message: `This is an answer of get-job: Glue refuses ${anyOf(names, 'and')} as input.`,
        fixes: [
          {
            title: 'Remove what Glue refuses',
            isSafe: true,
            edits: names.flatMap((name): FixEdit[] => {
              const key = node.property(name)?.key;
              return key === undefined ? [] : [{ kind: 'removeProperty', key }];
            }),
          },
        ],
      });
      return;
    }
    const wrapper = job.isReply ? node.parent : undefined;
    if (wrapper?.kind !== 'object' || wrapper.parent !== undefined) return;
    report({
      at: propertyOf(node)?.key ?? node,
      message: 'This is an answer of get-job; create-job takes what is inside, without what the service adds.',
      severity: 'hint',
      fixes: [unwrap(wrapper, node, job.part.source)],
    });
  },
};

function unwrap(wrapper: ObjectNode, job: ObjectNode, source: string): Fix {
  const refused = new Set(surplus(job));
  const kept = job.properties.filter(({ key }) => !refused.has(key.value));
  const value = Object.fromEntries(kept.map((property) => [property.key.value, toValue(property.value, source)]));
  return {
    title: 'Make it the input of create-job',
    isSafe: false,
    edits: [{ kind: 'replaceValue', node: wrapper, value }],
  };
}

function toValue(node: Node, source: string): unknown {
  switch (node.kind) {
    case 'object':
      return Object.fromEntries(node.properties.map(({ key, value }) => [key.value, toValue(value, source)]));
    case 'array':
      return node.items.map((item) => toValue(item, source));
    case 'string':
    case 'number':
    case 'boolean':
      return node.value;
    case 'null':
      return null;
    case 'unknown':
      return knownText(node, source) ?? source.slice(node.start, node.end);
  }
}
