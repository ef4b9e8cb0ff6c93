import { connectionName, parseConnectionId } from '../../../core/connections/connection.ts';
import { failureLine } from '../../../core/runs/eventDetails.ts';
import { findFailure } from '../../../core/runs/failure.ts';
import {
  formatClock,
  formatDateTime,
  formatDuration,
  formatRelative,
  formatStart,
  type TimeFormat,
} from '../../../core/runs/format.ts';
import { isTerminal, type RunKind } from '../../../core/runs/model.ts';
import { runTitle } from '../../../core/runs/runTitle.ts';
import { currentStep, type RunSnapshot } from '../../../core/runs/snapshot.ts';
import type { ItemFact } from '../../itemFacts.ts';
import { isMockMissed } from '../isMockMissed.ts';
import { presentRunState, runStateWord, type Icon } from '../presentRunState.ts';

export interface RunRow {
  readonly label: string;
  readonly description: string;
  readonly icon: Icon;
  readonly facts: readonly ItemFact[];
  readonly accessibleLabel: string;
}

export interface RunRowContext extends TimeFormat {
  readonly nowMs: number;
}

/** A row of the Runs view: what runs, how it is, and the one fact that matters now. */
export function presentRunRow(run: RunSnapshot, context: RunRowContext): RunRow {
  const { key, outcome } = run;
  const isOver = isTerminal(outcome.state);
  const label = key.kind === 'localRun' ? `local: ${runTitle(key)}` : runTitle(key);
  const facts = [fact(run, context), connectionOf(run)].filter(Boolean).join(' · ');
  const description = [when(run, context), facts].filter(Boolean).join('  ');
  return {
    label,
    description,
    icon: isOver && hasTrouble(run) ? { id: 'warning', color: 'charts.yellow' } : presentRunState(outcome.state),
    facts: [
      isOver ? 'endedRun' : 'activeRun',
      ...(run.status.kind === 'live' ? [] : (['unwatchedRun'] as const)),
      ...(isMockMissed(run) ? (['missedMock'] as const) : []),
    ],
    accessibleLabel: `${label}, ${runStateWord(outcome.state)}, ${description}`,
  };
}

/** The running clock, or when it ended; of what went well only how long it took, for that is what one looks at. */
function when({ outcome }: RunSnapshot, context: RunRowContext): string {
  const { startedMs, endedMs, state } = outcome;
  if (!isTerminal(state)) return startedMs === undefined ? runStateWord(state) : formatClock(context.nowMs - startedMs);
  if (state === 'succeeded' && startedMs !== undefined && endedMs !== undefined)
    return formatDuration(endedMs - startedMs);
  const at = endedMs ?? startedMs;
  return at === undefined ? '' : formatStart(at, context.nowMs, context);
}

function fact(run: RunSnapshot, context: RunRowContext): string {
  const { status, outcome } = run;
  if (status.kind !== 'live') return status.message;
  if (!isTerminal(outcome.state)) return currentStep(run)?.name ?? progressOf(run) ?? '';
  if (outcome.state === 'succeeded') {
    return outcome.endedMs === undefined ? '' : formatRelative(outcome.endedMs, context.nowMs, context);
  }
  const failure = findFailure(run);
  if (failure?.line) return `line ${failure.line.line}`;
  return failure?.step?.name ?? failureLine(outcome.error, outcome.cause) ?? '';
}

/** How far Spark is, in a run on this machine. */
function progressOf({ key, jobs }: RunSnapshot): string | undefined {
  return key.kind === 'localRun' ? [...jobs.values()].at(-1)?.progress : undefined;
}

/** Ended well, but something was caught or tried again on the way. */
function hasTrouble({ outcome, timeline }: RunSnapshot): boolean {
  return (
    outcome.state === 'succeeded' && timeline.steps.some(({ isCaught, attempts }) => isCaught || attempts.length > 1)
  );
}

function connectionOf({ key }: RunSnapshot): string {
  if (key.kind === 'localRun') return '';
  const connection = parseConnectionId(key.connectionId);
  return connection ? connectionName(connection) : key.connectionId;
}

const kindWords = {
  execution: 'Execution',
  jobRun: 'Job run',
  workflowRun: 'Workflow run',
  localRun: 'Run on this machine',
} satisfies Record<RunKind, string>;

/** What the tooltip says, in lines of label and value. Values are the user's data: escape them. */
export function presentRunFacts(run: RunSnapshot, context: RunRowContext): readonly (readonly [string, string])[] {
  const { outcome, key } = run;
  const { startedMs, endedMs } = outcome;
  const rows: (readonly [string, string | undefined])[] = [
    [kindWords[key.kind], key.id],
    ['State', outcome.awsState],
    ['Started', startedMs === undefined ? undefined : formatDateTime(startedMs, context)],
    ['Took', startedMs === undefined || endedMs === undefined ? undefined : formatDuration(endedMs - startedMs)],
    ['Now in', run.timeline.current.map(({ path }) => path.join(' / ')).join(', ') || undefined],
    ['Error', failureLine(outcome.error, outcome.cause)],
    ['Watching', run.status.kind === 'live' ? undefined : `${run.status.message} ${run.status.help ?? ''}`.trimEnd()],
  ];
  return rows.filter((row): row is readonly [string, string] => row[1] !== undefined);
}

/** The notification when a run that the user started has ended. */
export function presentRunEnd(run: RunSnapshot): { readonly message: string; readonly isFailure: boolean } {
  const { outcome } = run;
  const name = runTitle(run.key);
  const { startedMs, endedMs } = outcome;
  const took = startedMs === undefined || endedMs === undefined ? '' : ` in ${formatDuration(endedMs - startedMs)}`;
  if (outcome.state === 'succeeded') return { message: `${name} succeeded${took}.`, isFailure: false };
  if (outcome.state === 'stopped') return { message: `${name} was stopped.`, isFailure: false };
  const failure = findFailure(run);
  const where = failure?.step ? ` in ${failure.step.name}` : '';
  const because = failure && failure.message !== 'failed' ? `: ${failure.message}` : '';
  const text = `${name} ${runStateWord(outcome.state)}${where}${because}`;
  const short = text.length > 300 ? `${text.slice(0, 299)}…` : text;
  return { message: /[.!?…]$/.test(short) ? short : `${short}.`, isFailure: true };
}
