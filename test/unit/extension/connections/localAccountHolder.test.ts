import { describe, expect, it } from 'vitest';
import type { Clock } from '../../../../src/core/base/clock.ts';
import { UserError } from '../../../../src/core/base/userError.ts';
import { LocalAccountHolder } from '../../../../src/extension/connections/localAccountHolder.ts';
import { systemClock } from '../../../../src/processes/systemClock.ts';
import type { LocalAccount } from '../../../../src/processes/localAccount/ensureLocalAccount.ts';

interface Process {
  kill: () => void;
  released: boolean;
}

/** Processes that are started, and can be killed by hand. */
function machine() {
  const processes: Process[] = [];
  const slept: number[] = [];
  const clock: Clock = { now: () => 0, sleep: async (ms) => void slept.push(ms) };
  const start = async (): Promise<LocalAccount> => {
    const process: Process = { kill: () => undefined, released: false };
    const ended = new Promise<void>((resolve) => (process.kill = resolve));
    processes.push(process);
    const port = 4000 + processes.length;
    const account: LocalAccount = {
      endpoint: `http://127.0.0.1:${port}`,
      credentials: { accessKeyId: 'a', secretAccessKey: 's' },
      stateFolder: '/state',
      problems: [],
      ended,
      update: async () => undefined,
      reset: async () => undefined,
      dispose: () => {
        process.released = true;
        process.kill();
      },
    };
    return account;
  };
  return { holder: new LocalAccountHolder(start, clock), processes, slept };
}

const settled = async (): Promise<void> => await new Promise((resolve) => setImmediate(resolve));

describe('LocalAccountHolder', () => {
  it('starts one process for all who ask', async () => {
    const { holder, processes } = machine();
    await Promise.all([holder.get(), holder.get()]);
    expect(processes).toHaveLength(1);
  });

  it('says when the process was killed, and starts another for the next who asks', async () => {
    const { holder, processes } = machine();
    let ends = 0;
    holder.onDidEnd(() => (ends += 1));
    expect((await holder.get()).endpoint).toBe('http://127.0.0.1:4001');
    processes[0]!.kill();
    await settled();
    expect(ends).toBe(1);
    expect((await holder.get()).endpoint).toBe('http://127.0.0.1:4002');
  });

  it('does not start a broken process without pause', async () => {
    const { holder, processes, slept } = machine();
    for (let round = 0; round < 4; round += 1) {
      await holder.get();
      processes.at(-1)!.kill();
      await settled();
    }
    expect(slept).toEqual([150, 300, 600, 1200]);
  });

  it('tries again after a start that failed', async () => {
    let starts = 0;
    const holder = new LocalAccountHolder(async () => {
      starts += 1;
      throw new UserError('process-failed', 'The local account could not be started.');
    }, systemClock);
    await expect(holder.get()).rejects.toThrow('could not be started');
    await expect(holder.get()).rejects.toThrow('could not be started');
    expect(starts).toBe(2);
  });

  it('starts another when the one that is held is not the wanted one any more, and says so once', async () => {
    const { holder, processes } = machine();
    let ends = 0;
    holder.onDidEnd(() => (ends += 1));
    await holder.get();
    holder.renew();
    expect((await holder.get()).endpoint).toBe('http://127.0.0.1:4002');
    await settled();
    expect([processes[0]!.released, processes[1]!.released, ends]).toEqual([true, false, 1]);
    expect((await holder.get()).endpoint).toBe('http://127.0.0.1:4002');
  });

  it('lets go of the process when the window closes, and calls that no end', async () => {
    const { holder, processes } = machine();
    let ends = 0;
    holder.onDidEnd(() => (ends += 1));
    await holder.get();
    holder.dispose();
    await settled();
    expect(processes[0]!.released).toBe(true);
    expect(ends).toBe(0);
  });
});
