/**
 * Stands between a task's terminal and a deploy tool: VS Code keeps what a terminal was started with, so credentials reach
 * the tool through this process alone. Usage: `toolLauncher.js PROGRAM [ARGUMENT…]`, with the address of a hand-over in the
 * environment. Ends as the tool does.
 */
import { takeOver } from './handOver.ts';
import { launcherVariables, startTool } from './startTool.ts';

const [program, ...args] = process.argv.slice(2);
const address = process.env[launcherVariables.address];

function fail(message: string): void {
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
}

async function main(): Promise<void> {
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
  // The terminal sends Ctrl+C to the tool as well, which decides what it means.
  process.on('SIGINT', () => undefined);
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => fail(`${program} could not be started: ${error.message}`));
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1);
  });
}

void main();
