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
  const filter = ['--filter', `label=${names.host}=${hostname()}`];
  const { exit, stdout } = await askEngine(program, ['ps', '--all', '--quiet', '--no-trunc', ...filter], signal);
  const ids = stdout.split('\n').filter((id) => id !== '');
  if (exit.code !== 0 || ids.length === 0) return [];
  // The table of `ps` shows labels in one way with Docker and in another with Podman; this is the same with both.
  const described = await askEngine(program, ['inspect', '--type', 'container', ...ids], signal);
  const removed: string[] = [];
  for (const { id, name, pid, started } of readContainers(described.stdout)) {
    if (await isSameProcess({ pid, started })) continue;
    await askEngine(program, ['rm', '--force', id], signal);
    removed.push(name);
  }
  return removed;
}

interface OwnedContainer {
  readonly id: string;
  readonly name: string;
  readonly pid: number;
  readonly started: string;
}

/** What `inspect` says; a container without the labels is not Sluice's and is left out. */
function readContainers(text: string): readonly OwnedContainer[] {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    return [];
  }
  return (Array.isArray(list) ? (list as readonly unknown[]) : []).flatMap((item) => {
    const labels = memberOf(memberOf(item, 'Config'), 'Labels');
    const [id, name] = [memberOf(item, 'Id'), memberOf(item, 'Name')];
    const [pid, started] = [memberOf(labels, names.pid), memberOf(labels, names.started)];
    const isOurs = typeof id === 'string' && typeof name === 'string' && typeof pid === 'string';
    if (!isOurs || typeof started !== 'string') return [];
    return [{ id, name: name.replace(/^\//, ''), pid: Number(pid), started }];
  });
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}
