import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { runProcess, type RunningProcess } from '../../../src/processes/run.ts';

async function textOf({ lines }: RunningProcess): Promise<string[]> {
  const found: string[] = [];
  for await (const { stream, text } of lines) found.push(`${stream} ${text}`);
  return found;
}

describe('lines of a process', () => {
  it('are all there although the process ended before anybody asked for them', async () => {
    const running = runProcess({
      command: process.execPath,
      args: ['-e', 'console.log("one\\ntwo"); console.error("three")'],
    });
    expect(await running.exit).toEqual({ code: 0, signal: undefined });
    await delay(100);
    expect((await textOf(running)).sort()).toEqual(['stderr three', 'stdout one', 'stdout two']);
  });

  it('end for a process that says nothing', async () => {
    const running = runProcess({ command: process.execPath, args: ['-e', ''] });
    await running.exit;
    await delay(100);
    expect(await textOf(running)).toEqual([]);
  });

  it('end for a program that is not there, and its exit says so', async () => {
    const running = runProcess({ command: 'no-such-program-of-sluice', args: [] });
    await expect(running.exit).rejects.toThrow('ENOENT');
    expect(await textOf(running)).toEqual([]);
  });
});
