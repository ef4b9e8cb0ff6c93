import { FileCoverage, Position, StatementCoverage, type FileCoverageDetail, type Uri } from 'vscode';
import type { TestEvent } from '../../core/glue/localRun/index.ts';

/** Details of the coverage that was shown, for when VS Code asks. */
export type CoveredLines = WeakMap<FileCoverage, FileCoverageDetail[]>;

export function toCoverage(
  uri: Uri,
  { covered, missing }: Extract<TestEvent, { kind: 'covered' }>,
  lines: CoveredLines,
): FileCoverage {
  const details = [
    ...covered.map((line) => new StatementCoverage(true, new Position(line - 1, 0))),
    ...missing.map((line) => new StatementCoverage(false, new Position(line - 1, 0))),
  ];
  const coverage = FileCoverage.fromDetails(uri, details);
  lines.set(coverage, details);
  return coverage;
}
