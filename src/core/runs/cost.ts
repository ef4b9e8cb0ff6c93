import type { CostEstimate } from './model.ts';
import type { JobRunDetail } from './ports.ts';

/** DPUs of one worker. https://docs.aws.amazon.com/glue/latest/dg/worker-types.html */
const dpuOfWorker: Readonly<Record<string, number>> = {
  Standard: 1,
  'G.025X': 0.25,
  'G.1X': 1,
  'G.2X': 2,
  'G.4X': 4,
  'G.8X': 8,
  'G.12X': 12,
  'G.16X': 16,
  'R.1X': 1,
  'R.2X': 2,
  'R.4X': 4,
  'R.8X': 8,
  'Z.2X': 2,
};

/** US dollars a DPU-hour costs in most regions. https://aws.amazon.com/glue/pricing/ */
const dollarsPerDpuHour = 0.44;
/** Memory-optimised workers are billed by the M-DPU. */
const dollarsPerMemoryDpuHour = 0.52;

/** Members of a job run that say what it used. */
export type CostFacts = {
  readonly [K in 'dpuSeconds' | 'executionSeconds' | 'workerType' | 'numberOfWorkers' | 'maxCapacity']?:
    JobRunDetail[K] | undefined;
};

/**
 * Measured DPU seconds where Glue gives them, else capacity times execution time, at least one minute.
 * Undefined while nothing is known.
 */
export function estimateCost(run: CostFacts): CostEstimate | undefined {
  const dpuSeconds = run.dpuSeconds ?? capacitySeconds(run);
  if (dpuSeconds === undefined) return undefined;
  const price = /^R\./.test(run.workerType ?? '') ? dollarsPerMemoryDpuHour : dollarsPerDpuHour;
  const dpuHours = dpuSeconds / 3600;
  return { dpuHours, dollars: dpuHours * price };
}

function capacitySeconds(run: CostFacts): number | undefined {
  if (run.executionSeconds === undefined || run.executionSeconds <= 0) return undefined;
  const perWorker = run.workerType === undefined ? undefined : dpuOfWorker[run.workerType];
  const capacity =
    perWorker !== undefined && run.numberOfWorkers !== undefined ? perWorker * run.numberOfWorkers : run.maxCapacity;
  return capacity === undefined ? undefined : capacity * Math.max(60, run.executionSeconds);
}

/** `0.02 DPU-h`. */
export function formatDpuHours(estimate: CostEstimate): string {
  return `${estimate.dpuHours < 0.005 ? '< 0.01' : estimate.dpuHours.toFixed(2)} DPU-h`;
}
