import { expect, it } from 'vitest';
import { LoadedFacts } from '../../../../src/views/runs/inline/loadedFacts.ts';
import { ManualClock, settle } from '../../core/runs/fakes.ts';

it('asks once while it waits and when it knows, and again some time after no answer', async () => {
  const clock = new ManualClock();
  const answers: (string | Error)[] = [new Error('The sign-in has expired.'), 'extract.py'];
  const failed: unknown[] = [];
  const onFailed = (error: unknown): void => void failed.push(error);
  let asked = 0;
  let drawn = 0;
  const facts = new LoadedFacts<string>({ clock, onFailed, onReady: () => (drawn += 1) });
  const get = (): string | undefined =>
    facts.get('dev extract', async () => {
      asked += 1;
      const answer = answers.shift();
      if (answer instanceof Error) throw answer;
      return await Promise.resolve(answer);
    });
  for (let draw = 0; draw < 3; draw++) expect(get()).toBeUndefined();
  await settle();
  expect([asked, failed.length, get()]).toEqual([1, 1, undefined]);
  await clock.pass(30_000);
  expect(get()).toBeUndefined();
  await settle();
  expect([asked, drawn, get()]).toEqual([2, 1, 'extract.py']);
  await clock.pass(600_000);
  expect([get(), asked]).toEqual(['extract.py', 2]);
});
