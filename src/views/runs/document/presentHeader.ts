import { formatClock, formatDuration, type TimeFormat } from '../../../core/runs/format.ts';
import { failureLine } from '../../../core/runs/eventDetails.ts';
import { formatIsoLocal } from '../../../core/runs/logTime.ts';
import { isTerminal } from '../../../core/runs/model.ts';
import { runTitle } from '../../../core/runs/runTitle.ts';
import type { RunSnapshot } from '../../../core/runs/snapshot.ts';
import { runStateGlyph, runStateWord } from '../presentRunState.ts';

/** A long input is in the hover and in the full log. */
const maxInput = 500;

/** Lines that a header has, so that what stands below keeps its line. */
export const headerLines = 3;

/**
 * The first lines: what runs and how it is, its input, and `note` or nothing. They change with the run's state only,
 * so that they are seldom edited.
 */
export function presentHeader(run: RunSnapshot, options: HeaderOptions): string[] {
  const { outcome } = run;
  const { connectionLabel, format, note = '' } = options;
  const parts = [runTitle(run.key), connectionLabel, stateText(run)];
  if (outcome.startedMs !== undefined) {
    const by = run.startedByUser ? 'started by you ' : 'started ';
    parts.push(`${by}${formatIsoLocal(outcome.startedMs, format)}`);
  }
  const input = run.input?.replace(/\s*\n\s*/g, ' ').trim();
  const shown = input && input.length > maxInput ? `${input.slice(0, maxInput)}…` : input;
  return [parts.join('   '), shown ? `Input ${shown}` : '', note];
}

export interface HeaderOptions {
  readonly connectionLabel: string;
  readonly format: TimeFormat;
  /** What the document leaves out. */
  readonly note?: string;
}

function stateText({ outcome }: RunSnapshot): string {
  if (!isTerminal(outcome.state)) return outcome.awsState;
  if (outcome.startedMs === undefined || outcome.endedMs === undefined) return outcome.awsState;
  return `${outcome.awsState} ${formatClock(outcome.endedMs - outcome.startedMs)}`;
}

/** The last line: what is going on, or how it ended. */
export function presentFooter(run: RunSnapshot): string {
  const { outcome, status, timeline } = run;
  if (status.kind !== 'live') return `… ${status.message} ${status.help ?? ''}`.trimEnd();
  if (!isTerminal(outcome.state)) {
    const on = timeline.current.map(({ path }) => path.join(' / '));
    const shown = on.length > 3 ? `${on.slice(0, 3).join(', ')} and ${on.length - 3} more` : on.join(', ');
    return shown === '' ? '…' : `… ${shown}`;
  }
  const { startedMs, endedMs } = outcome;
  const took = startedMs === undefined || endedMs === undefined ? '' : ` after ${formatDuration(endedMs - startedMs)}`;
  const because =
    outcome.state === 'failed' || outcome.state === 'timedOut' ? failureLine(outcome.error, outcome.cause) : undefined;
  const end = `${runStateGlyph(outcome.state)} ${runStateWord(outcome.state)}${took}`;
  const rest = run.isComplete ? '' : '   … late log lines may follow';
  return `${end}${because === undefined ? '' : `: ${because}`}${rest}`;
}
