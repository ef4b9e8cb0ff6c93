import { expect, it } from 'vitest';
import { Turns } from '../../../../src/extension/testing/turns.ts';

function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

it('runs one task after the other, the same one once while it waits, and goes on after a failure', async () => {
  const turns = new Turns();
  const said: string[] = [];
  const slow = gate();
  const first = turns.take('scan', async () => {
    said.push('scan begins');
    await slow.opened;
    said.push('scan ends');
    throw new Error('no folder');
  });
  await Promise.resolve();
  const others = ['gone a', 'scan', 'scan'].map(
    async (name) =>
      await turns.take(name, async () => {
        said.push(name);
        await Promise.resolve();
      }),
  );
  slow.open();
  await expect(first).rejects.toThrow('no folder');
  await Promise.all(others);
  expect(said).toEqual(['scan begins', 'scan ends', 'gone a', 'scan']);
});
