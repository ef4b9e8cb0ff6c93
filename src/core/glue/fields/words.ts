import { JOB_TYPES } from '../facts/commands.ts';
import { AUTO_VERSION, GLUE_VERSIONS, type GlueVersion } from '../facts/versions.ts';
import { STANDARD_WORKER, WORKER_TYPES, type WorkerType } from '../facts/workerTypes.ts';
import type { Word } from './spec.ts';

/** What a worker costs and has, on one line. */
export function workerLine({ dpu, unit, vCpus, memoryGb, diskGb }: WorkerType): string {
  return `${dpu} ${unit} · ${vCpus} vCPU · ${memoryGb} GB memory · ${diskGb} GB disk`;
}

function workerDoc(type: WorkerType): string {
  const where = [
    type.jobTypes.map((name) => JOB_TYPES[name].title).join(' and '),
    type.from && `from Glue ${type.from}`,
    type.isRegional && 'in some regions',
    type.isFlexible && 'also with ExecutionClass FLEX',
  ].filter(Boolean);
  return `${type.doc}\n\n${where.join(', ')}.`;
}

export const WORKER_WORDS: readonly Word[] = [
  ...WORKER_TYPES.map((type) => ({ name: type.name, detail: workerLine(type), doc: workerDoc(type) })),
  { name: STANDARD_WORKER, detail: 'Glue 1.0 and before', doc: 'A worker of versions that have ended. Use G.1X.' },
];

/** What a version brings, on one line. */
export function versionLine({ spark, python, endOfLife }: GlueVersion): string {
  return endOfLife === undefined ? `Spark ${spark} · Python ${python}` : `ended on ${endOfLife}`;
}

function versionDoc(version: GlueVersion): string {
  const { spark, python, java, scala, tables, endOfLife, breaks } = version;
  const facts = [`Spark ${spark}`, `Python ${python}`, java && `Java ${java}`, scala && `Scala ${scala}`, tables];
  const lines = [facts.filter(Boolean).join(' · ')];
  if (endOfLife !== undefined) lines.push(`Ended on ${endOfLife}: jobs of it can be neither created nor run.`);
  else if (version.name === '3.0') lines.push('Still supported, but old: plan the move to a newer version.');
  if (breaks.length > 0) lines.push(['Mind when moving to it:', ...breaks.map((one) => `- ${one}`)].join('\n'));
  return lines.join('\n\n');
}

export const VERSION_WORDS: readonly Word[] = [
  ...GLUE_VERSIONS.toReversed().map((version) => ({
    name: version.name,
    detail: versionLine(version),
    doc: versionDoc(version),
  })),
  {
    name: AUTO_VERSION,
    detail: 'upgraded by Glue',
    doc: 'Glue moves the job to newer versions by itself. For Spark jobs with MaxRetries of at least 1.',
  },
];

export const COMMAND_WORDS: readonly Word[] = Object.entries(JOB_TYPES).map(([name, { title, doc }]) => ({
  name,
  detail: title,
  doc,
}));
