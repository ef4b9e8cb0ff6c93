import { expect, it } from 'vitest';
import { ContextKeys } from '../../../src/extension/contextKeys.ts';

it('tells VS Code each key once at the start, and after that only changes', () => {
  const told: unknown[][] = [];
  const keys = new ContextKeys(async (...call) => void told.push(call));
  // An unset key equals nothing, not even 0: the welcome view waits for this.
  expect(told).toContainEqual(['setContext', 'sluice.connectionCount', 0]);
  told.length = 0;
  keys.set('sluice.connectionCount', 0);
  keys.set('sluice.connectionCount', 2);
  keys.set('sluice.connectionCount', 2);
  expect(told).toEqual([['setContext', 'sluice.connectionCount', 2]]);
});
