import type { LineIndex, Range } from '../lineIndex.ts';
import type { Tree } from '../tree.ts';
import { Ignores } from './ignores.ts';
import { nodeOf, offsetsOf, type Fix, type RuleProblem } from './rule.ts';
import { SEVERITIES, type SeveritySetting } from './severity.ts';

/** A problem at its place in the document, as an editor or a terminal shows it. */
export interface Finding {
  /** The rule's id. */
  readonly code: string;
  /** As in the Language Server Protocol: 1 error, 2 warning, 3 info, 4 hint. */
  readonly severity: 1 | 2 | 3 | 4;
  readonly message: string;
  readonly range: Range;
  readonly related?: readonly RelatedFinding[];
  readonly fixes?: readonly Fix[];
}

export interface RelatedFinding {
  readonly range: Range;
  readonly message: string;
  /** Of another file, from the workspace's folder; absent for the document itself. */
  readonly path?: string;
}

export interface FindingOptions {
  /** The setting `sluice.rules`: rule id to severity or `off`; others keep their default. */
  readonly severities?: Readonly<Record<string, SeveritySetting>>;
}

/** Problems as findings in the order of the text: severities settled, ignored ones left out, each once. */
export function toFindings(
  problems: readonly RuleProblem[],
  { text, unsure = [] }: Pick<Tree, 'text' | 'unsure'>,
  lines: LineIndex,
  options: FindingOptions,
): Finding[] {
  const ignores = new Ignores(text, lines);
  const placed: { finding: Finding; start: number }[] = [];
  const seen = new Set<string>();
  for (const problem of problems) {
    const { rule, at, message, related, fixes } = problem;
    const setting = options.severities?.[rule.id] ?? problem.severity ?? rule.severity;
    if (setting === 'off') continue;
    const { start, end } = offsetsOf(at);
    if (!rule.id.endsWith('/syntax') && unsure.some((part) => part.start <= start && start < part.end)) continue;
    const range = lines.rangeOf(start, end);
    if (ignores.has(rule.id, range.start.line, nodeOf(at))) continue;
    const identity = `${start} ${rule.id} ${message}`;
    if (seen.has(identity)) continue;
    seen.add(identity);
    const finding: Finding = {
      code: rule.id,
      severity: (SEVERITIES.indexOf(setting) + 1) as Finding['severity'],
      message,
      range,
      ...(related && {
        related: related.map(({ at: place, message: words, file }) => {
          const offsets = offsetsOf(place);
          const within = (file?.lines ?? lines).rangeOf(offsets.start, offsets.end);
          return { range: within, message: words, ...(file && { path: file.path }) };
        }),
      }),
      ...(fixes && { fixes }),
    };
    placed.push({ finding, start });
  }
  placed.sort((a, b) => a.start - b.start || a.finding.severity - b.finding.severity);
  return placed.map(({ finding }) => finding);
}
