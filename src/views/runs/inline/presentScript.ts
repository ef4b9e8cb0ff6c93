import { estimateCost, formatDpuHours } from '../../../core/runs/cost.ts';
import { failureLine } from '../../../core/runs/eventDetails.ts';
import { findJobFailure } from '../../../core/runs/failure.ts';
import {
  formatDuration,
  formatMoney,
  formatShortClock,
  formatStart,
  type TimeFormat,
} from '../../../core/runs/format.ts';
import { isTerminal } from '../../../core/runs/model.ts';
import type { RunJob, RunSnapshot } from '../../../core/runs/snapshot.ts';
import { runStateGlyph, runStateWord } from '../presentRunState.ts';
import type { Tone } from './presentState.ts';

/** What a script shows of the last run of its job. */
export interface ScriptResult {
  /** For the first line. */
  readonly summary: string;
  readonly tone: Tone;
  /** The line at which it failed, from 0, and why. */
  readonly failure?: { readonly line: number; readonly message: string };
}

export function presentScriptResult(
  run: RunSnapshot,
  job: RunJob,
  context: TimeFormat & { readonly nowMs: number; readonly scriptName: string },
): ScriptResult {
  const { detail } = job;
  const { startedMs, endedMs, state } = detail;
  if (!isTerminal(state)) {
    const clock = startedMs === undefined ? runStateWord(state) : formatShortClock(context.nowMs - startedMs);
    const line = job.lastLog?.text.split('\n')[0]?.trim();
    return { tone: 'running', summary: [`⟳ ${clock}`, job.progress, line].filter(Boolean).join(' · ') };
  }
  const tookMs = detail.executionSeconds
    ? detail.executionSeconds * 1000
    : startedMs !== undefined && endedMs !== undefined
      ? endedMs - startedMs
      : undefined;
  const estimate = estimateCost(detail);
  const when = endedMs === undefined ? '' : `${formatStart(endedMs, context.nowMs, context)} `;
  const preposition = state === 'succeeded' ? 'in' : 'after';
  const took = tookMs === undefined ? '' : ` ${preposition} ${formatDuration(tookMs)}`;
  const used = estimate ? ` · ${formatDpuHours(estimate)} ${formatMoney(estimate.dollars)}` : '';
  const summary = `${runStateGlyph(state)} ${when}${runStateWord(state)}${took}${used}`;
  if (state !== 'failed' && state !== 'timedOut') {
    return { summary, tone: state === 'succeeded' ? 'succeeded' : 'muted' };
  }
  const at = findJobFailure(run, job, context.scriptName);
  const message = at?.message ?? failureLine(detail.error, detail.cause) ?? 'The job run failed here.';
  return { summary, tone: 'failed', ...(at && { failure: { line: at.line - 1, message } }) };
}
