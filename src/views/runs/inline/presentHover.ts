import { isTerminal } from '../../../core/runs/model.ts';
import { isExpressExecution } from '../../../core/runs/runTitle.ts';
import type { RunSnapshot } from '../../../core/runs/snapshot.ts';
import type { Step } from '../../../core/runs/timelineModel.ts';
import { escapeMarkdown } from '../../pipelines/presentMarkdown.ts';
import { describeFailure, jobOfStep, type Annotation } from './presentState.ts';

/** Commands that a hover may link to; editors trust these and no other. */
export const hoverCommands = [
  'sluice.openRun',
  'sluice.openScriptLine',
  'sluice.redriveRun',
  'sluice.clearRunResults',
] as const;

const maxJson = 1_500;
const maxLines = 20;
const redriveDays = 14;

/** What a state was given and gave, its failure, the last lines of its job's log, and where to go from there. */
export function presentStepHover(annotation: Annotation, run: RunSnapshot, nowMs: number): string {
  const { step, stateName } = annotation;
  const parts = [`**${escapeMarkdown(stateName)}** ${escapeMarkdown(annotation.text)}`];
  if (step) {
    const failure = describeFailure(step);
    if (failure !== undefined) parts.push(`**Error**\n${fence(cut(failure), '')}`);
    if (step.input !== undefined) parts.push(`**Input**\n${fence(prettyJson(step.input), 'json')}`);
    if (step.output !== undefined) parts.push(`**Output**\n${fence(prettyJson(step.output), 'json')}`);
    const lines = lastLines(step, run);
    if (lines.length > 0) parts.push(`**Last log lines**\n${fence(lines.join('\n'), '')}`);
  }
  parts.push(links(step, run, nowMs).join(' | '));
  return parts.join('\n\n');
}

/** A link that runs one of the commands above. */
export function hoverLink(title: string, command: (typeof hoverCommands)[number], ...args: readonly unknown[]): string {
  return `[${escapeMarkdown(title)}](command:${command}?${encodeURIComponent(JSON.stringify(args))})`;
}

function links(step: Step | undefined, run: RunSnapshot, nowMs: number): string[] {
  const found = [hoverLink('Open Run', 'sluice.openRun', run.key)];
  const job = step && jobOfStep(step, run);
  const { connectionId } = run.key;
  if (job) {
    const { jobName } = job.detail;
    found.push(hoverLink('Open Script', 'sluice.openScriptLine', { file: '', line: 1, jobName, connectionId }));
  }
  if (canRedrive(run, nowMs)) found.push(hoverLink('Redrive from the Failure', 'sluice.redriveRun', run.key));
  found.push(hoverLink('Clear Run Results', 'sluice.clearRunResults'));
  return found;
}

/** Standard executions that did not succeed can be redriven for 14 days. */
export function canRedrive({ key, outcome, redriveStatus }: RunSnapshot, nowMs: number): boolean {
  if (key.kind !== 'execution' || isExpressExecution(key.id) || !isTerminal(outcome.state)) return false;
  if (outcome.state === 'succeeded' || (redriveStatus !== undefined && redriveStatus !== 'REDRIVABLE')) return false;
  return nowMs - (outcome.endedMs ?? nowMs) < redriveDays * 86_400_000;
}

function lastLines(step: Step, run: RunSnapshot): string[] {
  const runId = jobOfStep(step, run)?.detail.runId;
  const lines: string[] = [];
  if (runId === undefined) return lines;
  for (let index = run.entries.length - 1; index >= 0 && lines.length < maxLines; index -= 1) {
    const entry = run.entries[index];
    if (entry?.kind === 'log' && entry.jobRunId === runId) lines.push(entry.text.slice(0, 300));
  }
  return lines.reverse();
}

function prettyJson(text: string): string {
  try {
    return cut(JSON.stringify(JSON.parse(text), undefined, 2));
  } catch {
    return cut(text);
  }
}

function cut(text: string): string {
  return text.length > maxJson ? `${text.slice(0, maxJson)}\n…` : text;
}

function fence(text: string, language: string): string {
  const ticks = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return `${ticks}${language}\n${text}\n${ticks}`;
}
