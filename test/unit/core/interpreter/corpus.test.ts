import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { execute, testState, type ExecuteOptions, type TestStateCall } from '../../../../src/core/index.ts';

/** Recorded runs beside the repository; the test says so when they are not there. */
const CORPUS = path.resolve(import.meta.dirname, '../../../../../shared/corpus/executions');

interface Recorded {
  readonly id: string;
  readonly nondeterministic: readonly string[];
  readonly expected: {
    readonly status?: string;
    readonly output?: unknown;
    readonly error?: string | null;
    readonly nextState?: string;
    readonly events?: readonly Readonly<Record<string, unknown>>[] | null;
    readonly events_order?: string;
    readonly exception?: { readonly code: string };
  };
}

function load<T>(folder: string): (T & Recorded)[] {
  return readdirSync(path.join(CORPUS, folder))
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(path.join(CORPUS, folder, name), 'utf8')) as T & Recorded);
}

/** Whether two values agree, apart from the JSON pointers that were not the same on AWS either. */
function agree(expected: unknown, ours: unknown, ignored: ReadonlySet<string>, at: string): boolean {
  if (ignored.has(at)) return true;
  if (typeof expected === 'object' && expected !== null && typeof ours === 'object' && ours !== null) {
    if (Array.isArray(expected) !== Array.isArray(ours)) return false;
    const keys = new Set([...Object.keys(expected), ...Object.keys(ours)]);
    return [...keys].every((key) => {
      const here = `${at}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      if (ignored.has(here)) return true;
      if (!(key in expected) || !(key in ours)) return false;
      return agree((expected as Record<string, unknown>)[key], (ours as Record<string, unknown>)[key], ignored, here);
    });
  }
  return expected === ours;
}

const visited = (events: readonly Readonly<Record<string, unknown>>[]) =>
  events
    .filter((event) => !event['child'] && /State(Entered|Exited)$/.test(String(event['type'])))
    .map((event) => `${String(event['type'])} ${String(event['stateName'])}`);

describe.skipIf(!existsSync(CORPUS))('runs that AWS recorded (in ../shared, not in the repository)', () => {
  it(
    'end as they did on AWS: 95 % of the results, 90 % of the ways through the states',
    { timeout: 60_000 },
    async () => {
      const wrong: string[] = [];
      const astray: string[] = [];
      const cases = load<ExecuteOptions>('cases');
      for (const recorded of cases) {
        const { expected } = recorded;
        const ignored = new Set(recorded.nondeterministic);
        const ours = await execute(recorded);
        const isRight =
          ours.status === expected.status &&
          (expected.status === 'SUCCEEDED'
            ? agree(expected.output ?? null, ours.output ?? null, ignored, '/expected/output')
            : (expected.error ?? undefined) === ours.error);
        if (!isRight) wrong.push(recorded.id);
        if (!expected.events || expected.events_order === 'partial') continue;
        if (visited(expected.events).join('\n') !== visited(ours.events).join('\n')) astray.push(recorded.id);
      }
      expect(cases.length).toBeGreaterThan(500);
      expect(wrong.length / cases.length, wrong.join(', ')).toBeLessThanOrEqual(0.05);
      expect(astray.length / cases.length, astray.join(', ')).toBeLessThanOrEqual(0.1);
    },
  );

  it('TestState answers as it did on AWS in 90 % of the calls', async () => {
    const wrong: string[] = [];
    const calls = load<TestStateCall>('teststate');
    for (const recorded of calls) {
      const { expected } = recorded;
      const ignored = new Set(recorded.nondeterministic);
      try {
        const ours = await testState(recorded);
        const isRight =
          !expected.exception &&
          ours.status === expected.status &&
          ours.error === (expected.error ?? undefined) &&
          ours.nextState === expected.nextState &&
          agree(expected.output ?? null, ours.output ?? null, ignored, '/expected/output');
        if (!isRight) wrong.push(recorded.id);
      } catch (error) {
        if (!(error instanceof Error) || error.name !== expected.exception?.code) wrong.push(recorded.id);
      }
    }
    expect(calls.length).toBeGreaterThan(90);
    expect(wrong.length / calls.length, wrong.join(', ')).toBeLessThanOrEqual(0.1);
  });
});
