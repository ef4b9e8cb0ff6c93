import { setTimeout as delay } from 'node:timers/promises';
import { window } from 'vscode';
import { endProcessTree, identifyProcess, isSameProcess } from '../../processes/processTree.ts';
import type { HandingOver, ToolEnd } from '../../processes/tools/handOver.ts';
import { showWarning } from '../prompts/notify.ts';

/** Presses Ctrl+C in the terminal of a task's process; gives whether it has one. */
export async function interruptTask(pid: number): Promise<boolean> {
  for (const terminal of window.terminals) {
    if ((await terminal.processId) !== pid) continue;
    terminal.sendText('\u0003', false);
    return true;
  }
  return false;
}

/** How long a tool may be at what it has begun before the user is asked whether to end it. */
const patienceMs = 30_000;

/** Asks once whether to end what was asked to stop and still runs after half a minute, and does so. */
export async function offerToEnd(name: string, pid: number): Promise<void> {
  const identity = await identifyProcess(pid);
  if (!identity) return;
  const deadline = Date.now() + patienceMs;
  while (Date.now() < deadline) {
    if (!(await isSameProcess(identity))) return;
    await delay(1000);
  }
  const question = `${name} was asked to stop, and still finishes what it has begun. Ended now, it may leave a locked state behind.`;
  const isWanted = (await showWarning(question, ['End Now'])) === 'End Now';
  if (isWanted && (await isSameProcess(identity))) await endProcessTree(pid);
}

/** Its last word may come a moment after the news of its end. */
const lastWordMs = 1000;

/** What a launcher tells of its tool's end, after waiting for it where its process is given; undefined where it was killed. */
export async function launcherEnd(
  { reported }: Pick<HandingOver, 'reported'>,
  pid: number | undefined,
): Promise<ToolEnd | undefined> {
  const identity = pid === undefined ? undefined : await identifyProcess(pid);
  while (identity && (await isSameProcess(identity))) {
    const end = await Promise.race([reported, delay(500)]);
    if (end) return end;
  }
  return (await Promise.race([reported, delay(lastWordMs)])) ?? undefined;
}
