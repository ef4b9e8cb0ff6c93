import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handOver } from '../../../../src/processes/tools/handOver.ts';
import { endingWay, ToolEnding } from '../../../../src/processes/tools/toolEnding.ts';

/** A tool that locks its state, has a child that no interrupt ends, and finishes what it has begun when it is interrupted. */
const TOOL = `
const { spawn } = require('node:child_process');
const { appendFileSync, rmSync, writeFileSync } = require('node:fs');
const child = spawn(process.execPath, ['-e', 'process.on("SIGINT", () => {}); console.log("up"); setTimeout(() => {}, 90000)'], {
  stdio: ['ignore', 'pipe', 'ignore'],
});
process.on('SIGINT', () => {
  appendFileSync('interrupts', 'one ');
  if (process.argv[2] === 'stubborn') return;
  setTimeout(() => { rmSync('lock'); process.exit(1); }, 300);
});
child.stdout.once('data', () => {
  writeFileSync('lock', '');
  writeFileSync('child', String(child.pid));
  console.log('ready');
});
setTimeout(() => {}, 90000);
`;

let folder: string;
let launcher: string;
let tool: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-ending-'));
  launcher = join(folder, 'launcher.cjs');
  tool = join(folder, 'tool.cjs');
  writeFileSync(tool, TOOL);
  const entryPoints = [join(import.meta.dirname, '../../../../src/processes/tools/main.ts')];
  await build({ entryPoints, outfile: launcher, bundle: true, platform: 'node', format: 'cjs', logLevel: 'silent' });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function whenReady(child: ChildProcess): Promise<void> {
  if (!child.stdout) throw new Error('no output');
  for await (const chunk of child.stdout) if (String(chunk).includes('ready')) break;
}

async function isGone(pid: number): Promise<boolean> {
  for (let wait = 0; wait < 100; wait += 1) {
    try {
      process.kill(pid, 0);
    } catch {
      return true;
    }
    await delay(100);
  }
  return false;
}

const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'not-in-argv', region: 'eu-west-1' };
const posix = process.platform === 'win32' ? it.skip : it;

describe('a tool whose terminal is closed', () => {
  posix.each(['SIGHUP', 'SIGTERM'] as const)(
    'is interrupted once, may finish and unlock its state, and leaves no child behind (%s)',
    { timeout: 60_000 },
    async (signal) => {
      const cwd = mkdtempSync(join(folder, 'project-'));
      const handing = await handOver({ credentials });
      const env = { PATH: process.env['PATH'] ?? '', SLUICE_HAND_OVER: handing.address };
      // A terminal makes its process the leader of a group as well.
      const running = spawn(process.execPath, [launcher, process.execPath, tool], {
        cwd,
        env,
        detached: true,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const exit = once(running, 'exit');
      await whenReady(running);
      running.kill(signal);
      // VS Code sends one, the system another where the editor goes.
      running.kill('SIGHUP');
      expect(await handing.reported).toEqual({ code: 1, isAsked: true, isForced: false });
      expect((await exit)[0]).toBe(1);
      expect(readFileSync(join(cwd, 'interrupts'), 'utf8')).toBe('one ');
      expect(existsSync(join(cwd, 'lock'))).toBe(false);
      expect(await isGone(Number(readFileSync(join(cwd, 'child'), 'utf8')))).toBe(true);
      handing.dispose();
    },
  );

  posix('is not asked again where Ctrl+C was pressed before', { timeout: 60_000 }, async () => {
    const cwd = mkdtempSync(join(folder, 'project-'));
    const handing = await handOver({ credentials });
    const env = { PATH: process.env['PATH'] ?? '', SLUICE_HAND_OVER: handing.address };
    const running = spawn(process.execPath, [launcher, process.execPath, tool], {
      cwd,
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await whenReady(running);
    process.kill(-(running.pid ?? 0), 'SIGINT');
    while (!existsSync(join(cwd, 'interrupts'))) await delay(10);
    running.kill('SIGHUP');
    expect(await handing.reported).toMatchObject({ isAsked: true, isForced: false });
    expect(readFileSync(join(cwd, 'interrupts'), 'utf8')).toBe('one ');
    expect(await isGone(Number(readFileSync(join(cwd, 'child'), 'utf8')))).toBe(true);
    handing.dispose();
  });

  posix('leaves no child behind where it ends at once', { timeout: 60_000 }, async () => {
    const cwd = mkdtempSync(join(folder, 'project-'));
    const handing = await handOver({ credentials });
    const env = { PATH: process.env['PATH'] ?? '', SLUICE_HAND_OVER: handing.address };
    const script = '(trap "" INT HUP; exec sleep 90) & echo $! > child; echo ready; exec sleep 90';
    const running = spawn(process.execPath, [launcher, '/bin/sh', '-c', script], {
      cwd,
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await whenReady(running);
    process.kill(-(running.pid ?? 0), 'SIGINT');
    expect(await handing.reported).toMatchObject({ isAsked: true, isForced: false });
    expect(await isGone(Number(readFileSync(join(cwd, 'child'), 'utf8')))).toBe(true);
    handing.dispose();
  });

  posix('is ended with its children where it does not stop in time', { timeout: 60_000 }, async () => {
    const cwd = mkdtempSync(join(folder, 'project-'));
    const child = spawn(process.execPath, [tool, 'stubborn'], { cwd, stdio: ['ignore', 'pipe', 'inherit'] });
    const exit = once(child, 'exit');
    await whenReady(child);
    const ending = new ToolEnding(child, { sendsInterrupt: true, finishMs: 500 }, () => child.kill('SIGINT'));
    ending.stop();
    await exit;
    await ending.settle();
    expect(ending.isForced).toBe(true);
    expect(existsSync(join(cwd, 'interrupts'))).toBe(true);
    expect(await isGone(Number(readFileSync(join(cwd, 'child'), 'utf8')))).toBe(true);
  });

  it('is told by Windows itself, which leaves little time', () => {
    expect(endingWay('win32')).toEqual({ sendsInterrupt: false, finishMs: 3000 });
    expect(endingWay('linux').sendsInterrupt).toBe(true);
    expect(endingWay('darwin').finishMs).toBeGreaterThanOrEqual(60_000);
  });
});

describe('a tool that ends by itself', () => {
  it('tells so', { timeout: 60_000 }, async () => {
    const handing = await handOver({ credentials });
    const env = { PATH: process.env['PATH'] ?? '', SLUICE_HAND_OVER: handing.address };
    spawn(process.execPath, [launcher, process.execPath, '-e', 'process.exit(7)'], {
      cwd: folder,
      env,
      stdio: 'ignore',
    });
    expect(await handing.reported).toEqual({ code: 7, isAsked: false, isForced: false });
    handing.dispose();
  });
});
