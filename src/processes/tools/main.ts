/**
 * Stands between a task's terminal and a deploy tool: VS Code keeps what a terminal was started with, so credentials reach
 * the tool through this process alone. Usage: `toolLauncher.js PROGRAM [ARGUMENT…]`, with the address of a hand-over in the
 * environment. Ends as the tool does, and takes the tool and its children along where its terminal is closed.
 */
import type { ChildProcess } from 'node:child_process';
import { endProcesses, listSession } from '../processTree.ts';
import { reportEnd, takeOver } from './handOver.ts';
import { launcherVariables, startTool } from './startTool.ts';
import { endingWay, ToolEnding } from './toolEnding.ts';

const [program, ...args] = process.argv.slice(2);
const address = process.env[launcherVariables.address];

function fail(message: string): void {
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  // The terminal may be gone before the tool.
  process.stderr.on('error', () => undefined);
  if (program === undefined || address === undefined) {
    fail('Sluice starts this program itself.');
    return;
  }
  let given;
  try {
    given = await takeOver(address);
  } catch {
    fail('The credentials for this task were used before: start it again from Sluice, not as a task.');
    return;
  }
  const child = startTool([program, ...args], given, process);
  const ending = new ToolEnding(child, endingWay(process.platform), () => interruptGroup(child));
  process.on('SIGINT', () => ending.noteInterrupt());
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => ending.stop());
  child.on('error', (error) => fail(`${program} could not be started: ${error.message}`));
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1);
    if (signal === 'SIGINT') ending.noteInterrupt();
    void settle(ending, address, code);
  });
}

async function settle(ending: ToolEnding, address: string, code: number | null): Promise<void> {
  await ending.settle();
  // Ctrl+C reaches the tool first: what it left behind cannot be told by its parents any more, but by their terminal.
  if (ending.isAsked) await endProcesses(await listSession(process.pid));
  const { isAsked, isForced } = ending;
  await reportEnd(address, { ...(code === null ? {} : { code }), isAsked, isForced });
}

/** As Ctrl+C does it: all of the terminal's foreground, this process as well. Some tools keep their children out of that. */
function interruptGroup(child: ChildProcess): void {
  try {
    process.kill(-process.pid, 'SIGINT');
  } catch {
    // This process does not lead a group.
    child.kill('SIGINT');
  }
}

void main();
