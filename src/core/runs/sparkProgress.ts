/** A stage as Spark's progress bar has it. */
export interface SparkStage {
  readonly stage: number;
  readonly done: number;
  readonly total: number;
}

const bar = /\[Stage (\d+):[=> ]*\((\d+) \+ \d+\) \/ (\d+)\]/g;

/** The stages that a line of Spark's progress bar names: `[Stage 3:===>   (5 + 2) / 8]`; none where it is another line. */
export function parseStages(line: string): readonly SparkStage[] {
  if (!line.includes('[Stage ')) return [];
  return [...line.matchAll(bar)].map(([, stage, done, total]) => ({
    stage: Number(stage),
    done: Number(done),
    total: Number(total),
  }));
}

/** `Stage 3: 5 of 8`, for a row. */
export function formatStages(stages: readonly SparkStage[]): string {
  return stages.map(({ stage, done, total }) => `Stage ${stage}: ${done} of ${total}`).join(', ');
}
