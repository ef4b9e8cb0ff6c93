import { expect, test } from 'vitest';
import { Emitter } from '../../../../src/core/base/emitter.ts';
import { silentLog } from '../../../../src/core/base/log.ts';
import { profileConnection } from '../../../../src/core/connections/connection.ts';
import type { Local } from '../../../../src/extension/deploy/drifts.ts';
import { TreeDrifts } from '../../../../src/extension/pipelines/treeDrifts.ts';
import type { ItemNode } from '../../../../src/views/pipelines/node.ts';

const connection = profileConnection('dev', 'eu-west-1');

function row(name: string, members: Readonly<Record<string, unknown>>): ItemNode {
  return {
    kind: 'item',
    id: name,
    connection,
    section: 'jobs',
    item: { kind: 'job', job: { name, members } },
    pinned: false,
    recent: [],
  } as unknown as ItemNode;
}

test('rows say how they differ from the workspace, once that is known and again when it changes', async () => {
  const changed = new Emitter<void>();
  const indexed = new Emitter<void>();
  const asked: Local[] = [];
  const drawn: string[] = [];
  let words: string | undefined;
  let reads = 0;
  const drifts = new TreeDrifts({
    drifts: {
      onDidChange: changed.event,
      describe: async (local) => {
        asked.push(local);
        return await Promise.resolve(words);
      },
    },
    locals: async () => {
      reads += 1;
      return await Promise.resolve(
        new Map([['job orders', { kind: 'job', name: 'orders', input: { Name: 'orders' } }]]),
      );
    },
    onDidChangeLocals: indexed.event,
    log: silentLog,
    redraw: (nodes) => drawn.push(...nodes.map(({ id }) => id)),
  });
  const [orders, other] = [row('orders', { Name: 'orders', Timeout: 5 }), row('other', {})];
  expect(drifts.of(orders)).toBeUndefined();
  expect(drifts.of(other)).toBeUndefined();
  await expect.poll(() => asked.length).toBe(1);
  // What the list said of the job is all that is needed.
  expect(asked[0]).toMatchObject({ name: 'orders', reply: { Timeout: 5 } });
  expect(drawn).toEqual([]);
  words = 'differs in 1 change from dev';
  changed.fire();
  await expect.poll(() => drifts.of(orders)).toBe(words);
  expect(drawn).toEqual(['orders']);
  expect(drifts.of(other)).toBeUndefined();
  expect(reads).toBe(1);
  words = undefined;
  indexed.fire();
  await expect.poll(() => drifts.of(orders)).toBeUndefined();
  expect(reads).toBe(2);
  expect(drawn).toEqual(['orders', 'orders']);
  // The list was read anew: the row is the same, and the job another.
  words = 'not in dev';
  Object.assign(orders, { item: { kind: 'job', job: { name: 'orders', members: { Timeout: 6 } } } });
  drifts.of(orders);
  await expect.poll(() => drifts.of(orders)).toBe('not in dev');
  expect(asked.at(-1)).toMatchObject({ reply: { Timeout: 6 } });
  const compared = asked.length;
  drifts.of(orders);
  expect(asked.length).toBe(compared);
  drifts.dispose();
});
