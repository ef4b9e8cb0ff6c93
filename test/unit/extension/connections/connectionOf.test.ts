import { describe, expect, it } from 'vitest';
import { localConnection, profileConnection } from '../../../../src/core/connections/connection.ts';
import { connectionOf } from '../../../../src/extension/connections/connectionOf.ts';

const dev = profileConnection('dev', 'eu-west-1');

describe('connectionOf', () => {
  it('takes a tree row and an id', () => {
    expect(connectionOf({ kind: 'connection', connection: dev })).toEqual(dev);
    expect(connectionOf('local')).toBe(localConnection);
    expect(connectionOf(dev.id)).toEqual(dev);
  });

  it('takes nothing that is not a connection, from wherever it comes', () => {
    for (const value of [
      undefined,
      null,
      7,
      '',
      'profile:dev@nowhere',
      {},
      { connection: null },
      { connection: { id: 3 } },
    ]) {
      expect(connectionOf(value)).toBeUndefined();
    }
  });

  it('does not believe the rest of what claims to be a connection', () => {
    expect(connectionOf({ connection: { ...dev, profile: 'other' } })).toEqual(dev);
  });
});
