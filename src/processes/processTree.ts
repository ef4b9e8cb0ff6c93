import { execFile } from 'node:child_process';
import { readFile, readdir } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const graceMs = 5000;

/** What tells a process from a later one with the same id: its start, in a form that only this machine understands. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly started: string;
}

/** Ends a process, its group and its descendants: SIGTERM, and SIGKILL for what is still there after five seconds. */
export async function endProcessTree(pid: number): Promise<void> {
  if (process.platform === 'win32') {
    await run('taskkill', ['/pid', String(pid), '/T', '/F']).catch(() => undefined);
    return;
  }
  const members = [pid, ...(await descendantsOf(pid))];
  for (const member of members) send(member, 'SIGTERM');
  send(-pid, 'SIGTERM');
  const deadline = Date.now() + graceMs;
  for (let pause = 10; Date.now() < deadline; pause = Math.min(pause * 2, 200)) {
    if (!isAlive(-pid) && !members.some(isAlive)) return;
    await delay(pause);
  }
  for (const member of members) send(member, 'SIGKILL');
  send(-pid, 'SIGKILL');
}

/** Undefined where there is no such process, or the system does not tell. */
export async function identifyProcess(pid: number): Promise<ProcessIdentity | undefined> {
  if (process.platform === 'win32') return isAlive(pid) ? { pid, started: '' } : undefined;
  const fields = await statFields(pid);
  if (fields) return fields.state === 'Z' ? undefined : { pid, started: fields.started };
  if (process.platform === 'linux') return undefined;
  try {
    const { stdout } = await run('ps', ['-o', 'lstart=', '-p', String(pid)]);
    return stdout.trim() === '' ? undefined : { pid, started: stdout.trim() };
  } catch {
    return undefined;
  }
}

/** Whether exactly that process is still there. */
export async function isSameProcess(identity: ProcessIdentity): Promise<boolean> {
  return (await identifyProcess(identity.pid))?.started === identity.started;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has gone already.
  }
}

async function descendantsOf(root: number): Promise<readonly number[]> {
  const children = new Map<number, number[]>();
  for (const { pid, parent } of await listProcesses()) {
    children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const found: number[] = [];
  for (let wave = children.get(root) ?? []; wave.length > 0; wave = wave.flatMap((pid) => children.get(pid) ?? [])) {
    found.push(...wave);
  }
  return found;
}

async function listProcesses(): Promise<readonly { readonly pid: number; readonly parent: number }[]> {
  if (process.platform === 'linux') {
    const names = await readdir('/proc').catch(() => []);
    const pids = names.filter((name) => /^\d+$/.test(name)).map(Number);
    const rows = await Promise.all(
      pids.map(async (pid) => {
        const fields = await statFields(pid);
        return fields ? [{ pid, parent: fields.parent }] : [];
      }),
    );
    return rows.flat();
  }
  const { stdout } = await run('ps', ['-A', '-o', 'pid=,ppid=']).catch(() => ({ stdout: '' }));
  return stdout.split('\n').flatMap((line) => {
    const [pid, parent] = line.trim().split(/\s+/).map(Number);
    return pid !== undefined && parent !== undefined && pid > 0 ? [{ pid, parent }] : [];
  });
}

/** Of Linux's /proc/<pid>/stat, whose second field may hold anything, so that counting starts after its last bracket. */
async function statFields(
  pid: number,
): Promise<{ readonly state: string; readonly parent: number; readonly started: string } | undefined> {
  try {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0] ?? '', parent: Number(fields[1]), started: fields[19] ?? '' };
  } catch {
    return undefined;
  }
}
