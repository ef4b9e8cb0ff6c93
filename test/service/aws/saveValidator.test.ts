import { afterEach, expect, it } from 'vitest';
import { definitionsIn } from '../../../src/core/asl/index.ts';
import type { PlacedDiagnostic } from '../../../src/core/asl/awsValidation.ts';
import { SaveValidator, type SavedFile } from '../../../src/extension/validation/saveValidator.ts';
import { systemClock } from '../../../src/processes/systemClock.ts';
import { accountAt } from '../../support/awsAccount.ts';
import { scriptedAws, type ScriptedAnswer, type ScriptedAws } from '../../support/scriptedAws.ts';

let aws: ScriptedAws | undefined;
afterEach(async () => await aws?.close());

const definition = (name: string): string =>
  `{\n  "StartAt": "${name}",\n  "States": {\n    "${name}": { "Type": "Pass", "End": true }\n  }\n}\n`;

const accepted: ScriptedAnswer = { json: { result: 'OK', diagnostics: [], truncated: false } };

/** Saves files one after the other and gives what was shown of each, by name, with the times of the requests. */
async function shownAfter(files: readonly (readonly [uri: string, name: string])[], answer: () => ScriptedAnswer) {
  const times: number[] = [];
  const names: string[] = [];
  aws = await scriptedAws(({ input }) => {
    times.push(Date.now());
    names.push((JSON.parse(String(input['definition'])) as { StartAt: string }).StartAt);
    return answer();
  });
  const account = accountAt(aws.endpoint);
  const errors: unknown[] = [];
  const shown = new Map<string, readonly PlacedDiagnostic[]>();
  const validator = new SaveValidator({
    clock: systemClock,
    account: async () => await Promise.resolve(account.stepFunctions),
    onFailed: (error) => errors.push(error),
  });
  const last = files.at(-1)?.[1] ?? '';
  await new Promise<void>((resolve) => {
    for (const [uri, name] of files) {
      const file: SavedFile = {
        uri,
        definitions: definitionsIn(definition(name), { fileName: `${name}.asl.json` }),
        show: (found) => {
          shown.set(name, found);
          if (name === last) resolve();
        },
      };
      validator.saved(file);
    }
  });
  validator.dispose();
  account.dispose();
  return { times, names, shown, errors };
}

it('asks AWS once a second, and of a file that was saved again only about its newest text', async () => {
  const files = [
    ['file:///a', 'First'],
    ['file:///b', 'Old'],
    ['file:///b', 'New'],
  ] as const;
  const { times, names, shown } = await shownAfter(files, () => accepted);
  expect(names).toEqual(['First', 'New']);
  expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(950);
  expect([...shown.keys()]).toEqual(['First', 'New']);
});

it('shows what AWS says at its place', async () => {
  const said = { severity: 'ERROR', code: 'SCHEMA_VALIDATION_FAILED', message: 'No.', location: '/States/A/Type' };
  const { shown } = await shownAfter([['file:///a', 'A']], () => ({ json: { result: 'FAIL', diagnostics: [said] } }));
  expect(shown.get('A')).toEqual([
    { ...said, range: { start: { line: 3, character: 11 }, end: { line: 3, character: 17 } } },
  ]);
});

it('tells of a failure once, and goes on with the next save', async () => {
  let count = 0;
  const denied: ScriptedAnswer = { json: { __type: 'AccessDeniedException', message: 'no' }, status: 400 };
  const { errors, shown } = await shownAfter(
    [
      ['file:///a', 'A'],
      ['file:///b', 'B'],
      ['file:///c', 'C'],
    ],
    () => (count++ < 2 ? denied : accepted),
  );
  expect(errors).toHaveLength(1);
  expect(errors[0]).toMatchObject({ code: 'access-denied' });
  expect([...shown.keys()]).toEqual(['C']);
});
