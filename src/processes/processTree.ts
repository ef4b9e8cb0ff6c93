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

/** A process and its descendants as they are now; without those whose system does not tell what they are. */
export async function listProcessTree(pid: number): Promise<readonly ProcessIdentity[]> {
  const members = process.platform === 'win32' ? [pid] : [pid, ...(await descendantsOf(pid))];
  const found = await Promise.all(members.map(identifyProcess));
  return found.filter((each) => each !== undefined);
}

/**
 * The processes of a terminal by the one that leads it, without that; outside of Linux those that did not make a group of
 * their own. None where it leads none, or on Windows.
 */
export async function listSession(leader: number): Promise<readonly ProcessIdentity[]> {
  if (process.platform === 'win32') return [];
  const members = (await listProcesses()).filter(({ pid, session }) => session === leader && pid !== leader);
  const found = await Promise.all(members.map(async ({ pid }) => await identifyProcess(pid)));
  return found.filter((each) => each !== undefined);
}

/** Ends what is left of some processes: SIGTERM, and SIGKILL for what is still there after five seconds. */
export async function endProcesses(processes: readonly ProcessIdentity[]): Promise<void> {
  const left = async (): Promise<readonly ProcessIdentity[]> => {
    const same = await Promise.all(processes.map(isSameProcess));
    return processes.filter((_each, index) => same[index]);
  };
  const first = await left();
  if (process.platform === 'win32') {
    for (const { pid } of first) await endProcessTree(pid);
    return;
  }
  for (const { pid } of first) send(pid, 'SIGTERM');
  const deadline = Date.now() + graceMs;
  for (let pause = 10; Date.now() < deadline; pause = Math.min(pause * 2, 200)) {
    if ((await left()).length === 0) return;
    await delay(pause);
  }
  for (const { pid } of await left()) send(pid, 'SIGKILL');
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

interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
  /** On Linux its session, elsewhere its group. */
  readonly session: number;
}

async function listProcesses(): Promise<readonly ProcessRow[]> {
  if (process.platform === 'linux') {
    const names = await readdir('/proc').catch(() => []);
    const pids = names.filter((name) => /^\d+$/.test(name)).map(Number);
    const rows = await Promise.all(
      pids.map(async (pid) => {
        const fields = await statFields(pid);
        return fields ? [{ pid, parent: fields.parent, session: fields.session }] : [];
      }),
    );
    return rows.flat();
  }
  const { stdout } = await run('ps', ['-A', '-o', 'pid=,ppid=,pgid=']).catch(() => ({ stdout: '' }));
  return stdout.split('\n').flatMap((line) => {
    const [pid, parent, session] = line.trim().split(/\s+/).map(Number);
    if (pid === undefined || parent === undefined || session === undefined || pid <= 0) return [];
    return [{ pid, parent, session }];
  });
}

/** Of Linux's /proc/<pid>/stat, whose second field may hold anything, so that counting starts after its last bracket. */
async function statFields(
  pid: number,
): Promise<({ readonly state: string; readonly started: string } & Omit<ProcessRow, 'pid'>) | undefined> {
  try {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const [state = '', parent, , session] = fields;
    return { state, parent: Number(parent), session: Number(session), started: fields[19] ?? '' };
  } catch {
    return undefined;
  }
}
