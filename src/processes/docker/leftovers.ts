import { hostname } from 'node:os';
import { identifyProcess, isSameProcess } from '../processTree.ts';
import { askEngine, type EngineProgram } from './engineProgram.ts';

const names = { host: 'dev.sluice.host', pid: 'dev.sluice.pid', started: 'dev.sluice.started' } as const;

/** Labels that say which process of which machine a container belongs to. */
export async function ownerLabels(): Promise<Readonly<Record<string, string>>> {
  const identity = await identifyProcess(process.pid);
  return { [names.host]: hostname(), [names.pid]: String(process.pid), [names.started]: identity?.started ?? '' };
}

/** Removes the containers that Sluice started on this machine and whose process has gone. Gives their names. */
export async function removeLeftovers(program: EngineProgram, signal?: AbortSignal): Promise<readonly string[]> {
  const columns = ['.ID', '.Names', ...Object.values(names).map((name) => `.Label "${name}"`)];
  const format = columns.map((column) => `{{${column}}}`).join('\t');
  const filter = ['--filter', `label=${names.host}=${hostname()}`];
  const { exit, stdout } = await askEngine(
    program,
    ['ps', '--all', '--no-trunc', ...filter, '--format', format],
    signal,
  );
  if (exit.code !== 0) return [];
  const removed: string[] = [];
  for (const line of stdout.split('\n')) {
    const [id = '', name = '', , pid = '', started = ''] = line.split('\t');
    if (id === '' || (await isSameProcess({ pid: Number(pid), started }))) continue;
    await askEngine(program, ['rm', '--force', id], signal);
    removed.push(name);
  }
  return removed;
}
