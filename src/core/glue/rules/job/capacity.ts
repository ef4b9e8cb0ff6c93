import { keyOf, type Fix } from '../../../language/rules/rule.ts';
import type { Node } from '../../../language/tree.ts';
import { DIALECTS } from '../../dialect.ts';
import { isSparkType } from '../../facts/commands.ts';
import { glueVersion } from '../../facts/versions.ts';
import type { Job } from '../../model.ts';
import { isLiteral } from '../../values.ts';
import { fix, type JobRule } from '../rule.ts';
import { isReplyAsInput } from './reply.ts';

/** A field whose value the author decided on. */
function literal({ part }: Job, name: string): Node | undefined {
  const node = part.get(name);
  return isLiteral(node) ? node : undefined;
}

/** Whether capacity fields are the author's own: the service repeats them beside the workers. */
function isAuthored(job: Job): boolean {
  return !DIALECTS[job.dialect].isWrittenByService && !isReplyAsInput(job);
}

function removal(job: Job, name: string, isSafe = false): Fix[] {
  const property = job.part.property(name);
  if (property === undefined) return [];
  return [fix(`Remove ${property.key.value}`, { kind: 'removeProperty', key: property.key }, isSafe)];
}

export const exclusiveCapacity: JobRule = {
  id: 'glue/exclusive-capacity',
  subject: 'job',
  severity: 'error',
  sources: ['GLUE005'],
  docs: {
    what: 'Capacity is given by `WorkerType` and `NumberOfWorkers`, or by `MaxCapacity`, not by both.',
    why: 'They would contradict each other.',
    bad: '{"Name": "load", "WorkerType": "G.1X", "NumberOfWorkers": 4, "MaxCapacity": 10}',
    good: '{"Name": "load", "WorkerType": "G.1X", "NumberOfWorkers": 4}',
    aws: 'InvalidInputException: Please do not set Max Capacity if using Worker Type and Number of Workers.',
  },
  check: (job, report) => {
    if (job.command.type === 'pythonshell' || !isAuthored(job)) return;
    const workers = literal(job, 'WorkerType') ?? literal(job, 'NumberOfWorkers');
    if (workers === undefined) return;
    for (const name of ['MaxCapacity', 'AllocatedCapacity']) {
      const capacity = literal(job, name);
      if (capacity === undefined) continue;
      const [one, other] = [
        job.part.spell(name),
        `${job.part.spell('WorkerType')} and ${job.part.spell('NumberOfWorkers')}`,
      ];
      report({
        at: keyOf(capacity),
        message: `${one} and ${other} exclude each other: Glue refuses the job. Remove ${one}.`,
        related: [{ at: keyOf(workers), message: 'The workers are given here.' }],
        fixes: removal(job, name, true),
      });
    }
  },
};

export const workerPair: JobRule = {
  id: 'glue/worker-pair',
  subject: 'job',
  severity: 'error',
  sources: ['GLUE006'],
  docs: {
    what: '`WorkerType` and `NumberOfWorkers` come together.',
    why: 'One without the other gives no capacity.',
    bad: '{"Name": "load", "WorkerType": "G.1X"}',
    good: '{"Name": "load", "WorkerType": "G.1X", "NumberOfWorkers": 2}',
    aws: 'InvalidInputException when the job is created.',
  },
  check: (job, report) => {
    if (!isSparkType(job.command.type) || job.use === 'run' || job.dialect === 'reply' || job.part.isOpen) return;
    const { part } = job;
    const [type, count] = [literal(job, 'WorkerType'), literal(job, 'NumberOfWorkers')];
    const add = (name: string, value: unknown): Fix =>
      fix(`Add ${part.spell(name)}`, { kind: 'addProperty', object: part.node, name: part.spell(name), value });
    if (type !== undefined && !part.has('NumberOfWorkers')) {
      report({
        at: keyOf(type),
        message: `${part.spell('WorkerType')} goes with ${part.spell('NumberOfWorkers')}, which is missing.`,
        fixes: [add('NumberOfWorkers', 2)],
      });
    } else if (count !== undefined && !part.has('WorkerType')) {
      report({
        at: keyOf(count),
        message: `${part.spell('NumberOfWorkers')} goes with ${part.spell('WorkerType')}, which is missing.`,
        fixes: [add('WorkerType', 'G.1X')],
      });
    }
  },
};

export const sparkMaxCapacity: JobRule = {
  id: 'glue/spark-max-capacity',
  subject: 'job',
  severity: 'warning',
  sources: ['GLUE007'],
  docs: {
    what: 'Spark jobs of Glue 2.0 and later give `WorkerType` and `NumberOfWorkers` instead of `MaxCapacity`.',
    why: 'The API documents MaxCapacity for Spark jobs of Glue 1.0 and before only, and the kind of worker stays open.',
    bad: '{"Name": "load", "GlueVersion": "5.1", "MaxCapacity": 10}',
    good: '{"Name": "load", "GlueVersion": "5.1", "WorkerType": "G.1X", "NumberOfWorkers": 10}',
    aws: 'Not documented; whether it is refused depends on the version.',
  },
  check: (job, report) => {
    const { command, part } = job;
    const version = glueVersion(job.glueVersion);
    const capacity = literal(job, 'MaxCapacity');
    if (!isSparkType(command.type) || version === undefined || capacity === undefined || !isAuthored(job)) return;
    if (Number(version.name) < 2 || literal(job, 'WorkerType') || literal(job, 'NumberOfWorkers')) return;
    const count = Math.max(2, Math.round(part.number('MaxCapacity') ?? 2));
    const { key } = part.property('MaxCapacity') ?? {};
    report({
      at: keyOf(capacity),
      message: `A Spark job of Glue ${version.name} gives ${part.spell('WorkerType')} and ${part.spell('NumberOfWorkers')}; ${part.spell('MaxCapacity')} is for Glue 1.0 and before.`,
      fixes:
        key === undefined
          ? []
          : [
              {
                title: `Use ${count} workers of type G.1X`,
                isSafe: false,
                edits: [
                  { kind: 'renameKey', node: key, name: part.spell('NumberOfWorkers') },
                  { kind: 'replaceValue', node: capacity, value: count },
                  { kind: 'addProperty', object: part.node, name: part.spell('WorkerType'), value: 'G.1X' },
                ],
              },
            ],
    });
  },
};

export const pythonShellCapacity: JobRule = {
  id: 'glue/python-shell-capacity',
  subject: 'job',
  severity: 'error',
  sources: ['GLUE008'],
  docs: {
    what: 'A Python shell job has a `MaxCapacity` of 0.0625 or 1, and no workers.',
    why: 'It runs on one node, a sixteenth of it or the whole.',
    bad: '{"Command": {"Name": "pythonshell", "ScriptLocation": "s3://b/load.py"}, "WorkerType": "G.1X"}',
    good: '{"Command": {"Name": "pythonshell", "ScriptLocation": "s3://b/load.py"}, "MaxCapacity": 0.0625}',
    aws: 'InvalidInputException when the job is created.',
  },
  check: (job, report) => {
    if (job.command.type !== 'pythonshell') return;
    const capacity = literal(job, 'MaxCapacity');
    const amount = job.part.number('MaxCapacity');
    if (capacity !== undefined && amount !== undefined && amount !== 0.0625 && amount !== 1) {
      report({
        at: capacity,
        message: `A Python shell job has a capacity of 0.0625 or 1 DPU, not ${amount}.`,
        fixes: [0.0625, 1].map((value) => fix(`Change to ${value}`, { kind: 'replaceValue', node: capacity, value })),
      });
    }
    if (!isAuthored(job)) return;
    const worker = literal(job, 'WorkerType') ?? literal(job, 'NumberOfWorkers');
    if (worker !== undefined) {
      const edits = ['WorkerType', 'NumberOfWorkers'].flatMap((name) => removal(job, name)[0]?.edits ?? []);
      report({
        at: keyOf(worker),
        message: `A Python shell job has no workers: give ${job.part.spell('MaxCapacity')} 0.0625 or 1 instead.`,
        fixes: [{ title: 'Remove the workers', isSafe: true, edits }],
      });
    }
    const allocated = literal(job, 'AllocatedCapacity');
    if (allocated !== undefined) {
      report({
        at: keyOf(allocated),
        message: 'A Python shell job takes no AllocatedCapacity: give MaxCapacity 0.0625 or 1.',
        fixes: removal(job, 'AllocatedCapacity', true),
      });
    }
  },
};

export const allocatedCapacity: JobRule = {
  id: 'glue/allocated-capacity',
  subject: 'job',
  severity: 'warning',
  sources: ['GLUE009'],
  docs: {
    what: '`AllocatedCapacity` is deprecated.',
    why: 'Spark jobs give workers, and Python shell jobs `MaxCapacity`.',
    bad: '{"Name": "load", "AllocatedCapacity": 10}',
    good: '{"Name": "load", "WorkerType": "G.1X", "NumberOfWorkers": 10}',
    aws: 'Deprecated in the API.',
  },
  check: (job, report) => {
    const allocated = job.part.get('AllocatedCapacity');
    if (allocated === undefined || job.command.type === 'pythonshell' || !isAuthored(job)) return;
    report({
      at: keyOf(allocated),
      message: 'AllocatedCapacity is deprecated: give WorkerType and NumberOfWorkers.',
      fixes: removal(job, 'AllocatedCapacity'),
    });
  },
};
