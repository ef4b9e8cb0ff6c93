import { describe, expect, it } from 'vitest';
import type { StateTest } from '../../../../src/aws/stepFunctions/api.ts';
import { UserError } from '../../../../src/core/base/userError.ts';
import { TEST_OPTIONS, withOptions, type OptionSubject } from '../../../../src/extension/stateTests/testOptions.ts';
import { testOnThisMachine } from '../../../../src/extension/stateTests/testOnThisMachine.ts';
import { presentStateTest } from '../../../../src/views/stateTest/presentStateTest.ts';

const load = {
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  InputPath: '$.order',
  Parameters: { FunctionName: 'load', 'Payload.$': '$' },
  ResultSelector: { 'rows.$': '$.Payload.rows' },
  ResultPath: '$.loaded',
  Retry: [{ ErrorEquals: ['Lambda.TooManyRequestsException'], IntervalSeconds: 3, MaxAttempts: 2 }],
  Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Tell' }],
  Next: 'Done',
};
const definition = JSON.stringify({
  StartAt: 'Load',
  States: { Load: load, Tell: { Type: 'Pass', End: true }, Done: { Type: 'Succeed' } },
});
const test: StateTest = {
  definition,
  stateName: 'Load',
  input: '{"order": {"id": 7}}',
  inspectionLevel: 'DEBUG',
  mock: { result: '{"StatusCode": 200, "Payload": {"rows": 3}}' },
};

async function shown(changes: Partial<StateTest> = {}): Promise<string> {
  const result = await testOnThisMachine({ ...test, ...changes });
  const { inspectionLevel: level } = { ...test, ...changes };
  return presentStateTest({
    stateName: 'Load',
    stateType: 'Task',
    where: 'on this machine',
    answer: undefined,
    level,
    result,
  });
}

describe('a test of a state on this machine', () => {
  it('shows each step of the data flow, in its order', async () => {
    const text = await shown();
    expect(text).toMatch(/^# Load: succeeded, goes to Done\n/);
    expect([...text.matchAll(/^## (.*)$/gm)].map(([, title]) => title)).toEqual([
      '1. State input',
      '2. After InputPath',
      '3. After Parameters',
      '4. Result',
      '5. After ResultSelector',
      '6. After ResultPath',
      '7. Output',
    ]);
    expect(text).toContain('## 5. After ResultSelector\n\n```json\n{\n  "rows": 3\n}\n```');
    expect(text).toContain('## 7. Output\n\nAs above.');
  });

  it('says which retrier or catcher takes an error', async () => {
    const retried = { errorOutput: { error: 'Lambda.TooManyRequestsException', cause: 'busy' } };
    expect(await shown({ mock: retried })).toMatch(/^# Load: would be retried after 3 s by Retry\[0\]\n/);
    const text = await shown({ mock: { errorOutput: { error: 'Boom', cause: 'no ``` here' } } });
    expect(text).toMatch(/^# Load: error caught by Catch\[0\], goes to Tell\n/);
    expect(text).toContain('## Error\n\n`Boom`\n\n````text\nno ``` here\n````');
  });

  it('shows the output alone at level INFO', async () => {
    expect([...(await shown({ inspectionLevel: 'INFO' })).matchAll(/^## (.*)$/gm)].map(([, title]) => title)).toEqual([
      '1. Output',
    ]);
  });

  it('gives variables to a JSONata state', async () => {
    const State = { Type: 'Pass', QueryLanguage: 'JSONata', Output: '{% $rows + 1 %}', End: true };
    const jsonata = JSON.stringify({ StartAt: 'Load', States: { Load: State } });
    const { mock, ...others } = test;
    expect(mock).toBeDefined();
    const { output } = await testOnThisMachine({ ...others, definition: jsonata, variables: '{"rows": 2}' });
    expect(output).toBe(3);
  });

  it('says what to do about a mock that the service would not answer', async () => {
    const failed = testOnThisMachine({ ...test, mock: { result: '{"StatusCode": "yes"}' } });
    await expect(failed).rejects.toBeInstanceOf(UserError);
    await expect(failed).rejects.toMatchObject({
      code: 'bad-input',
      help: expect.stringMatching(/^Give a mock as the API/) as unknown,
    });
  });
});

describe('what else a test is told', () => {
  const retried = { error: 'Lambda.TooManyRequestsException', cause: 'busy' };
  const subject: OptionSubject = {
    name: 'Load',
    type: 'Task',
    hasRetry: true,
    hasItemReader: false,
    mock: { errorOutput: retried },
  };

  it('takes the retries so far, so that the last one is caught', async () => {
    expect(await shown(withOptions({ retries: '1' }, subject))).toMatch(/retr/i);
    expect(await shown(withOptions({ retries: '2' }, subject))).toMatch(/^# Load: .*Tell/);
  });

  it('takes a context object in place of its own', async () => {
    const reading = {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Parameters: { FunctionName: 'load', 'Payload.$': '$$.Execution.Input.who' },
      End: true,
    };
    const given = withOptions({ context: '{"Execution": {"Input": {"who": "night shift"}}}' }, subject);
    const definition = JSON.stringify({ StartAt: 'Load', States: { Load: reading } });
    expect(await shown({ definition, ...given })).toContain('night shift');
  });

  it('holds a result against the API as closely as is asked', async () => {
    const withResult: OptionSubject = { ...subject, mock: { result: '{"Payload": 1}' } };
    const wrong: OptionSubject = { ...subject, mock: { result: '{"StatusCode": "two"}' } };
    expect(await shown(withOptions({ validation: 'PRESENT' }, withResult))).toContain('"Payload": 1');
    await expect(shown(withOptions({ validation: 'STRICT' }, wrong))).rejects.toThrow(/StatusCode/);
  });

  it('has only the options that the answers before allow', () => {
    const offered = (changes: Partial<OptionSubject>): string[] =>
      TEST_OPTIONS.filter(({ isFor }) => isFor({ ...subject, ...changes })).map(({ id }) => id);
    expect(offered({})).toEqual(['context', 'retries']);
    expect(offered({ mock: undefined, hasRetry: false })).toEqual(['context']);
    expect(offered({ type: 'Map', hasItemReader: true, mock: { result: '[]' } })).toEqual([
      'context',
      'retries',
      'failedIterations',
      'readItems',
    ]);
    expect(withOptions({ readItems: '[1]', retries: '1' }, subject)).toEqual({
      stateConfiguration: { retrierRetryCount: 1 },
      mock: { errorOutput: retried },
    });
  });

  it('begins with a context object that says what the test would have said', () => {
    const [context] = TEST_OPTIONS;
    const sample = JSON.parse(context?.sample(subject, '{"id": 7}') ?? '') as Record<string, unknown>;
    expect(sample).toMatchObject({ Execution: { Input: { id: 7 } }, State: { Name: 'Load' }, Task: {} });
    expect(context?.problemOf('[1]')).toMatch(/object/);
  });
});
