import { describe, expect, it } from 'vitest';
import { localConnection, profileConnection } from '../../../../src/core/connections/connection.ts';
import { ConnectionList } from '../../../../src/extension/connections/connectionList.ts';
import { TypedMemento, workspaceState } from '../../../../src/extension/state.ts';

/** A workspace's memory, as VS Code keeps it. */
function memory(initial: Record<string, unknown> = {}) {
  const kept = new Map(Object.entries(initial));
  const memento = {
    get: (key: string) => kept.get(key),
    update: async (key: string, value: unknown) => void kept.set(key, value),
  };
  return new TypedMemento(memento, workspaceState);
}

const dev = profileConnection('dev', 'eu-west-1');
const prod = profileConnection('prod', 'eu-west-1');

describe('ConnectionList', () => {
  it('starts empty', () => {
    const list = new ConnectionList(memory());
    expect(list.all).toEqual([]);
    expect(list.active).toBeUndefined();
  });

  it('starts with what the workspace asks for, until the user chooses', async () => {
    const state = memory();
    const list = new ConnectionList(state);
    list.suggest([localConnection]);
    expect(list.active).toEqual(localConnection);
    await list.remove(localConnection);
    const restarted = new ConnectionList(state);
    restarted.suggest([localConnection]);
    expect(restarted.all).toEqual([]);
  });

  it('keeps several side by side over a restart, in their order, with the active one', async () => {
    const state = memory();
    const list = new ConnectionList(state);
    await list.use(dev);
    await list.use(localConnection);
    await list.use(prod);
    await list.use(dev);
    const restarted = new ConnectionList(state);
    expect(restarted.all).toEqual([dev, localConnection, prod]);
    expect(restarted.active).toEqual(dev);
  });

  it('takes another region in the place of the old one', async () => {
    const list = new ConnectionList(memory());
    await list.use(dev);
    await list.use(prod);
    const moved = profileConnection('dev', 'us-east-1');
    await list.replace(dev, moved);
    expect(list.all).toEqual([moved, prod]);
    expect(list.active).toEqual(moved);
  });

  it('does not show a connection twice when one becomes what another already is', async () => {
    const list = new ConnectionList(memory());
    const other = profileConnection('dev', 'us-east-1');
    await list.use(dev);
    await list.use(other);
    await list.replace(dev, other);
    expect(list.all).toEqual([other]);
  });

  it('makes the first one active when the active one is removed', async () => {
    const list = new ConnectionList(memory());
    await list.use(dev);
    await list.use(prod);
    await list.remove(prod);
    expect(list.active).toEqual(dev);
    await list.remove(dev);
    expect(list.active).toBeUndefined();
  });

  it('goes on after a damaged or newer memory', () => {
    const list = new ConnectionList(memory({ connections: ['local', 7, 'warp:9', dev.id], activeConnection: {} }));
    expect(list.all).toEqual([localConnection, dev]);
    expect(list.active).toEqual(localConnection);
  });
});
