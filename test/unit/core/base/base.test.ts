import { describe, expect, it } from 'vitest';
import { backoffMs } from '../../../../src/core/base/backoff.ts';
import { DisposableStore } from '../../../../src/core/base/disposable.ts';
import { FloodGauge } from '../../../../src/core/base/floodGauge.ts';
import { Emitter } from '../../../../src/core/base/emitter.ts';
import { FakeClock } from '../../../support/fakeClock.ts';
import { isAbort, toUserError, UserError } from '../../../../src/core/base/userError.ts';

describe('FloodGauge', () => {
  const gaugeOf = (clock: FakeClock) => {
    const ends: number[] = [];
    const gauge = new FloodGauge({ clock, flood: 3, pauseMs: 2000, onEnd: () => ends.push(clock.now()) });
    const { signal } = new AbortController();
    return { ends, add: () => gauge.add(signal) };
  };
  const pass = async (clock: FakeClock, ms: number) => {
    clock.advance(ms);
    await new Promise((resolve) => setImmediate(resolve));
  };

  it('says once, after a pause, that a flood is over', async () => {
    const clock = new FakeClock(0);
    const { ends, add } = gaugeOf(clock);
    for (let at = 0; at < 5; at += 1) {
      add();
      await pass(clock, 1000);
    }
    expect(ends).toEqual([]);
    await pass(clock, 1000);
    expect(ends).toEqual([6000]);
    for (let at = 0; at < 3; at += 1) add();
    await pass(clock, 2000);
    expect(ends).toEqual([6000, 8000]);
  });

  it('is silent about single events', async () => {
    const clock = new FakeClock(0);
    const { ends, add } = gaugeOf(clock);
    for (let at = 0; at < 9; at += 1) {
      add();
      await pass(clock, 2000);
    }
    expect(ends).toEqual([]);
  });
});

describe('DisposableStore', () => {
  it('disposes in reverse order, once, and disposes late additions at once', () => {
    const order: string[] = [];
    const store = new DisposableStore();
    store.add({ dispose: () => order.push('first') });
    store.add({ dispose: () => order.push('second') });
    store.dispose();
    store.dispose();
    store.add({ dispose: () => order.push('late') });
    expect(order).toEqual(['second', 'first', 'late']);
  });

  it('disposes everything although one item fails, and says so', () => {
    const order: string[] = [];
    const store = new DisposableStore();
    store.add({ dispose: () => order.push('kept') });
    store.add({
      dispose: () => {
        throw new Error('broken');
      },
    });
    expect(() => {
      store.dispose();
    }).toThrow(AggregateError);
    expect(order).toEqual(['kept']);
  });
});

describe('Emitter', () => {
  it('lets the other listeners hear although one throws', () => {
    const errors: unknown[] = [];
    const emitter = new Emitter<number>((error) => errors.push(error));
    const heard: number[] = [];
    emitter.event(() => {
      throw new Error('broken listener');
    });
    const subscription = emitter.event((value) => heard.push(value));
    emitter.fire(1);
    subscription.dispose();
    emitter.fire(2);
    expect(heard).toEqual([1]);
    expect(errors).toHaveLength(2);
  });
});

describe('UserError', () => {
  it('keeps what was foreseen and wraps what was not', () => {
    const foreseen = new UserError('not-found', 'Job "a" does not exist.');
    expect(toUserError(foreseen)).toBe(foreseen);
    expect(toUserError(new TypeError('x is not a function'))).toMatchObject({ code: 'unexpected' });
    expect(isAbort(toUserError(AbortSignal.abort().reason))).toBe(true);
  });
});

describe('backoffMs', () => {
  it('doubles up to the cap, with jitter between half and all of it', () => {
    const policy = { baseMs: 100, maxMs: 1000 };
    expect(backoffMs(1, policy, () => 0)).toBe(50);
    expect(backoffMs(3, policy, () => 0.999999)).toBe(400);
    expect(backoffMs(50, policy, () => 0.999999)).toBe(1000);
  });
});
