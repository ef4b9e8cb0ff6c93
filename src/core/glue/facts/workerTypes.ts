import type { JobType } from './commands.ts';

/**
 * What a value of `WorkerType` costs and where it may be used.
 * https://docs.aws.amazon.com/glue/latest/dg/worker-types.html
 */
export interface WorkerType {
  readonly name: string;
  /** What one worker is billed as: data processing units, or memory-optimized ones (M-DPU). */
  readonly dpu: number;
  readonly unit: 'DPU' | 'M-DPU';
  readonly vCpus: number;
  readonly memoryGb: number;
  readonly diskGb: number;
  readonly jobTypes: readonly JobType[];
  /** The earliest Glue version that has it. */
  readonly from?: '3.0' | '4.0';
  readonly isFlexible?: true;
  /** Whether only some regions have it. */
  readonly isRegional?: true;
  readonly doc: string;
}

const BATCH: readonly JobType[] = ['glueetl'];
const SPARK: readonly JobType[] = ['glueetl', 'gluestreaming'];
const memory = {
  unit: 'M-DPU',
  jobTypes: BATCH,
  from: '4.0',
  isRegional: true,
  doc: 'Twice the memory per vCPU, for jobs that run out of memory. Workers start more slowly.',
} as const;
const large = { unit: 'DPU', jobTypes: BATCH, isRegional: true } as const;

export const WORKER_TYPES: readonly WorkerType[] = [
  {
    name: 'G.1X',
    dpu: 1,
    unit: 'DPU',
    vCpus: 4,
    memoryGb: 16,
    diskGb: 94,
    jobTypes: SPARK,
    isFlexible: true,
    doc: 'For most jobs: transforms, joins and queries.',
  },
  {
    name: 'G.2X',
    dpu: 2,
    unit: 'DPU',
    vCpus: 8,
    memoryGb: 32,
    diskGb: 138,
    jobTypes: SPARK,
    isFlexible: true,
    doc: 'For most jobs whose executors need more memory than G.1X gives.',
  },
  {
    name: 'G.025X',
    dpu: 0.25,
    unit: 'DPU',
    vCpus: 2,
    memoryGb: 4,
    diskGb: 84,
    jobTypes: ['gluestreaming'],
    from: '3.0',
    doc: 'For streaming jobs of low volume.',
  },
  {
    name: 'G.4X',
    dpu: 4,
    vCpus: 16,
    memoryGb: 64,
    diskGb: 256,
    from: '3.0',
    ...large,
    doc: 'For demanding transforms, aggregations and joins.',
  },
  {
    name: 'G.8X',
    dpu: 8,
    vCpus: 32,
    memoryGb: 128,
    diskGb: 512,
    from: '3.0',
    ...large,
    doc: 'For the most demanding transforms, aggregations and joins.',
  },
  {
    name: 'G.12X',
    dpu: 12,
    vCpus: 48,
    memoryGb: 192,
    diskGb: 768,
    from: '4.0',
    ...large,
    doc: 'For very large workloads. Workers start more slowly.',
  },
  {
    name: 'G.16X',
    dpu: 16,
    vCpus: 64,
    memoryGb: 256,
    diskGb: 1024,
    from: '4.0',
    ...large,
    doc: 'For very large workloads. Workers start more slowly.',
  },
  { name: 'R.1X', dpu: 1, vCpus: 4, memoryGb: 32, diskGb: 94, ...memory },
  { name: 'R.2X', dpu: 2, vCpus: 8, memoryGb: 64, diskGb: 138, ...memory },
  { name: 'R.4X', dpu: 4, vCpus: 16, memoryGb: 128, diskGb: 256, ...memory },
  { name: 'R.8X', dpu: 8, vCpus: 32, memoryGb: 256, diskGb: 512, ...memory },
  {
    name: 'Z.2X',
    dpu: 2,
    unit: 'M-DPU',
    vCpus: 8,
    memoryGb: 64,
    diskGb: 128,
    jobTypes: ['glueray'],
    doc: 'For Ray jobs: up to 8 Ray workers each.',
  },
];

/** The worker type of Glue 1.0 and before, billed as one DPU. */
export const STANDARD_WORKER = 'Standard';

export function workerType(name: string | undefined): WorkerType | undefined {
  return WORKER_TYPES.find((type) => type.name === name);
}
