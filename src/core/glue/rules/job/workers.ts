import type { Fix } from '../../../language/rules/rule.ts';
import { nearest } from '../../../language/nearest.ts';
import { anyOf, didYouMean, quote } from '../../../language/words.ts';
import { isSparkType, JOB_TYPES } from '../../facts/commands.ts';
import { glueVersion } from '../../facts/versions.ts';
import { STANDARD_WORKER, WORKER_TYPES, workerType } from '../../facts/workerTypes.ts';
import type { Job } from '../../model.ts';
import { replaceText, type JobRule } from '../rule.ts';

/** Types that a job of this kind and version can have, the usual one first. */
function candidates({ command: { type } }: Job): string[] {
  return WORKER_TYPES.filter(({ jobTypes }) => type === undefined || jobTypes.includes(type)).map(({ name }) => name);
}

export const workerTypeName: JobRule = {
  id: 'glue/worker-type',
  subject: 'job',
  severity: 'error',
  sources: ['GLUE010'],
  docs: {
    what: '`WorkerType` is one that Glue has, and that the type of the job has.',
    why: 'G.025X is for streaming jobs only, Z.2X for Ray, and Standard for Glue 1.0 and before.',
    bad: '{"Name": "load", "WorkerType": "G1.X", "NumberOfWorkers": 2}',
    good: '{"Name": "load", "WorkerType": "G.1X", "NumberOfWorkers": 2}',
    aws: 'InvalidInputException when the job is created.',
  },
  check: (job, report) => {
    const { part, command } = job;
    const [node, text] = [part.get('WorkerType'), part.text('WorkerType')];
    if (node === undefined || text === undefined || command.type === 'pythonshell') return;
    const known = workerType(text);
    if (text === STANDARD_WORKER) {
      const version = glueVersion(job.glueVersion);
      if (version !== undefined && Number(version.name) < 2) return;
      report({
        at: node,
        message: 'Standard workers are for Glue 1.0 and before: use G.1X.',
        severity: 'warning',
        fixes: [replaceText(node, 'G.1X')],
      });
    } else if (known === undefined) {
      const names = candidates(job);
      const meant = nearest(text, names);
      report({
        at: node,
        message: `Glue has no worker type ${quote(text)}: it is ${anyOf(names)}.${didYouMean(meant)}`,
        fixes: (meant === undefined ? names.slice(0, 2) : [meant]).map((name) => replaceText(node, name)),
      });
    } else if (isWrongKind(known.name, job)) {
      const owner = known.jobTypes.map((name) => JOB_TYPES[name].title).join(' and ');
      report({
        at: node,
        message: `${known.name} is for ${owner} jobs only. Use ${anyOf(candidates(job).slice(0, 2))}.`,
        fixes: candidates(job)
          .slice(0, 2)
          .map((name) => replaceText(node, name)),
      });
    }
  },
};

/** Whether no version of the job's kind has the type: the kinds of the larger types are a matter of fit. */
function isWrongKind(name: string, { command: { type } }: Job): boolean {
  if (type === undefined) return false;
  if (name === 'Z.2X') return type !== 'glueray';
  return name === 'G.025X' ? type !== 'gluestreaming' : type === 'glueray';
}

export const workerTypeFit: JobRule = {
  id: 'glue/worker-type-fit',
  subject: 'job',
  severity: 'error',
  sources: ['GLUE011'],
  docs: {
    what: 'Large and memory-optimized workers fit the Glue version and the type of the job.',
    why: 'G.4X and G.8X begin with Glue 3.0, G.12X, G.16X and R types with 4.0; all of them are for batch jobs.',
    bad: '{"Name": "load", "GlueVersion": "3.0", "WorkerType": "R.2X", "NumberOfWorkers": 4}',
    good: '{"Name": "load", "GlueVersion": "5.1", "WorkerType": "R.2X", "NumberOfWorkers": 4}',
    aws: 'InvalidInputException when the job is created.',
  },
  check: (job, report) => {
    const { part, command } = job;
    const node = part.get('WorkerType');
    const type = workerType(part.text('WorkerType'));
    if (node === undefined || type === undefined || !isSparkType(command.type)) return;
    const version = glueVersion(job.glueVersion);
    if (type.from !== undefined && version !== undefined && Number(version.name) < Number(type.from)) {
      report({ at: node, message: `${type.name} needs Glue ${type.from} or later; the job has ${version.name}.` });
    } else if (command.type === 'gluestreaming' && !type.jobTypes.includes('gluestreaming')) {
      report({
        at: node,
        message: `AWS documents ${type.name} for Spark batch jobs only. Use G.1X or G.2X for streaming.`,
        severity: 'warning',
        fixes: [replaceText(node, 'G.2X')],
      });
    }
  },
};

export const flexJob: JobRule = {
  id: 'glue/flex',
  subject: 'job',
  severity: 'error',
  sources: ['GLUE012'],
  docs: {
    what: 'FLEX is for Spark batch jobs of Glue 3.0 or later with workers of type G.1X or G.2X.',
    why: 'Glue has spare capacity for nothing else.',
    bad: '{"Command": {"Name": "gluestreaming", "ScriptLocation": "s3://b/load.py"}, "ExecutionClass": "FLEX"}',
    good: '{"Command": {"Name": "glueetl", "ScriptLocation": "s3://b/load.py"}, "ExecutionClass": "FLEX"}',
    aws: 'InvalidInputException when the job is created or run.',
  },
  check: (job, report) => {
    const { part, command } = job;
    const isStudio = job.dialect === 'studio';
    const node = isStudio ? part.node.get('flexExecution') : part.get('ExecutionClass');
    const isFlex = isStudio ? node?.kind === 'boolean' && node.value : part.text('ExecutionClass') === 'FLEX';
    if (node === undefined || !isFlex) return;
    const reason = whyNotFlex(job);
    if (reason === undefined || (command.type === undefined && !reason.includes('worker'))) return;
    const fixes: Fix[] = isStudio ? [] : [replaceText(node, 'STANDARD')];
    report({ at: node, message: `FLEX does not work here: ${reason}`, fixes });
  },
};

function whyNotFlex({ command, part, glueVersion: given }: Job): string | undefined {
  if (command.type !== undefined && command.type !== 'glueetl') {
    return `it is for Spark batch jobs (glueetl), and this is a ${JOB_TYPES[command.type].title} job.`;
  }
  const version = glueVersion(given);
  if (version !== undefined && Number(version.name) < 3)
    return `it needs Glue 3.0 or later, and this is ${version.name}.`;
  const type = workerType(part.text('WorkerType'));
  if (type !== undefined && type.isFlexible !== true) return `it takes workers of type G.1X or G.2X, not ${type.name}.`;
  return undefined;
}
