import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TestContainers, type TestPlace } from '../../../../src/extension/testing/testContainers.ts';

/** A container whose start the test ends, as it ended. */
class FakeStart {
  readonly stopped = vi.fn(async () => {
    this.#end();
    await Promise.resolve();
  });
  signal: AbortSignal | undefined;
  starts = 0;
  #end: () => void = () => undefined;
  #give: (place: TestPlace) => void = () => undefined;

  readonly start = async (signal: AbortSignal): Promise<TestPlace> => {
    this.starts += 1;
    this.signal = signal;
    return await new Promise((resolve, reject) => {
      this.#give = resolve;
      signal.addEventListener('abort', () => reject(signal.reason as Error));
    });
  };

  ready(): void {
    const ended = new Promise<void>((resolve) => (this.#end = resolve));
    const exec = async (): Promise<number> => await Promise.resolve(0);
    this.#give({ container: { exec, ended, stop: this.stopped }, debugPort: 1 });
  }

  /** The container ends without being told to. */
  end(): void {
    this.#end();
  }
}

const never = new AbortController().signal;
const idleMs = 10 * 60_000;
const done = async (): Promise<string> => await Promise.resolve('done');

describe('the warm containers of tests', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('are started once for a key, and stopped when none was used for ten minutes', async () => {
    const containers = new TestContainers();
    const fake = new FakeStart();
    const both = [containers.use('a', fake.start, done, never), containers.use('a', fake.start, done, never)];
    fake.ready();
    expect(await Promise.all(both)).toEqual(['done', 'done']);
    await vi.advanceTimersByTimeAsync(idleMs - 1);
    expect(await containers.use('a', fake.start, done, never)).toBe('done');
    await vi.advanceTimersByTimeAsync(idleMs - 1);
    expect(fake.stopped).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(fake.stopped).toHaveBeenCalledTimes(1);
    expect(fake.starts).toBe(1);
  });

  it('are not stopped under a test that runs long', async () => {
    const containers = new TestContainers();
    const fake = new FakeStart();
    let end: () => void = () => undefined;
    const long = new Promise<void>((resolve) => (end = resolve));
    const using = containers.use('a', fake.start, async () => await long, never);
    fake.ready();
    await vi.advanceTimersByTimeAsync(3 * idleMs);
    expect(fake.stopped).not.toHaveBeenCalled();
    end();
    await using;
    await vi.advanceTimersByTimeAsync(idleMs);
    expect(fake.stopped).toHaveBeenCalledTimes(1);
  });

  it('are started anew after a start that was cancelled, also while that one is still ending', async () => {
    const containers = new TestContainers();
    const first = new FakeStart();
    const cancel = new AbortController();
    const cancelled = containers.use('a', first.start, done, cancel.signal);
    cancel.abort();
    const second = new FakeStart();
    const again = containers.use('a', second.start, done, never);
    second.ready();
    await expect(cancelled).rejects.toThrow(/abort/i);
    expect(first.signal?.aborted).toBe(true);
    expect(await again).toBe('done');
    expect(second.starts).toBe(1);
  });

  it('go on starting for whoever waits as well when one cancels, who waits no longer', async () => {
    const containers = new TestContainers();
    const fake = new FakeStart();
    const [one, other] = [new AbortController(), new AbortController()];
    const uses = [one, other].map(async ({ signal }) => await containers.use('a', fake.start, done, signal));
    one.abort();
    await expect(uses[0]).rejects.toThrow(/abort/i);
    expect(fake.signal?.aborted).toBe(false);
    fake.ready();
    expect(await uses[1]).toBe('done');
  });

  it('are forgotten when they end by themselves, and all stopped with the window', async () => {
    const containers = new TestContainers();
    const [first, second] = [new FakeStart(), new FakeStart()];
    const using = containers.use('a', first.start, done, never);
    first.ready();
    await using;
    first.end();
    await vi.advanceTimersByTimeAsync(0);
    const again = containers.use('a', second.start, done, never);
    second.ready();
    await again;
    containers.dispose();
    await vi.advanceTimersByTimeAsync(0);
    expect(first.stopped).not.toHaveBeenCalled();
    expect(second.stopped).toHaveBeenCalledTimes(1);
  });
});
