import { describe, expect, it } from 'vitest';
import { silentLog } from '../../../../src/core/base/log.ts';
import type { RunKey, RunOutcome } from '../../../../src/core/runs/model.ts';
import { parseRecords } from '../../../../src/core/runs/records.ts';
import { RunStore } from '../../../../src/core/runs/store.ts';
import { watch } from '../../../../src/core/runs/watch.ts';
import { ManualClock, ScriptedAccount, settle } from './fakes.ts';

const keyOf = (id: string): RunKey => ({ connectionId: 'c', kind: 'jobRun', resource: 'orders', id });
const over = (state: 'succeeded' | 'failed' = 'succeeded'): RunOutcome => ({ state, awsState: state.toUpperCase() });

/** The file that all windows of a user share; a look at it takes as long as `held` says. */
function sharedFile(clock = new ManualClock()) {
  const file = { content: undefined as unknown, held: Promise.resolve() };
  const open = (): RunStore =>
    new RunStore({
      portsOf: async () => new ScriptedAccount(clock),
      loadWatch: async () => watch,
      clock,
      log: silentLog,
      file: {
        load: async () => {
          const { content } = file;
          await file.held;
          return structuredClone(content);
        },
        update: async (change) => {
          await new Promise((resolve) => setImmediate(resolve));
          file.content = structuredClone(change(structuredClone(file.content)));
        },
      },
      retention: () => ({ days: 7, runs: 200 }),
      random: () => 0.5,
    });
  const kept = (): string[] =>
    parseRecords(file.content)
      .map(({ key, state }) => `${key.id} ${state}`)
      .sort();
  return { file, open, kept };
}

describe('the list of runs that several windows keep', () => {
  it('has what was started in each of them', async () => {
    const { open, kept } = sharedFile();
    const [one, other] = [open(), open()];
    await Promise.all([one.restore(), other.restore()]);
    one.track(keyOf('a'), { startedByUser: true, outcome: over() });
    await settle();
    other.track(keyOf('b'), { startedByUser: true, outcome: over() });
    await settle();
    one.track(keyOf('c'), { startedByUser: true, outcome: over() });
    await settle();
    expect(kept()).toEqual(['a succeeded', 'b succeeded', 'c succeeded']);
  });

  it('keeps the earlier runs when one is started before they were read', async () => {
    const { file, open, kept } = sharedFile();
    const earlier = open();
    earlier.track(keyOf('a'), { startedByUser: true, outcome: over() });
    await settle();
    let release = (): void => undefined;
    file.held = new Promise((resolve) => (release = resolve));
    const store = open();
    const restored = store.restore();
    store.track(keyOf('b'), { startedByUser: true, outcome: over() });
    await settle();
    expect(kept()).toEqual(['a succeeded', 'b succeeded']);
    release();
    await restored;
    expect(store.list().map(({ key }) => key.id)).toContain('a');
  });

  it('believes the window that follows a run, not one that only read of it', async () => {
    const { open, kept } = sharedFile();
    const one = open();
    const local: RunKey = { ...keyOf('a'), kind: 'localRun' };
    one.track(local, { startedByUser: true, outcome: { state: 'running', awsState: 'RUNNING' } });
    await settle();
    // This window does not run the script: it shows it as ended, and knows no better.
    const other = open();
    await other.restore();
    one.track(local, { startedByUser: true, outcome: over('failed') });
    await settle();
    other.track(keyOf('b'), { startedByUser: true, outcome: over() });
    await settle();
    expect(kept()).toEqual(['a failed', 'b succeeded']);
  });

  it('does not bring back what another window removed or cleared', async () => {
    const { open, kept } = sharedFile();
    const one = open();
    for (const id of ['a', 'b']) one.track(keyOf(id), { startedByUser: true, outcome: over() });
    await settle();
    const other = open();
    await other.restore();
    one.remove(keyOf('a'));
    await settle();
    other.track(keyOf('c'), { startedByUser: true, outcome: over() });
    await settle();
    expect(kept()).toEqual(['b succeeded', 'c succeeded']);
    await one.clear();
    expect(kept()).toEqual([]);
    other.track(keyOf('d'), { startedByUser: true, outcome: over() });
    await settle();
    expect(kept()).toEqual(['d succeeded']);
  });
});
