import { describe, expect, it } from 'vitest';
import { MockConfig } from '../../../../../src/core/interpreter/mocked/mockConfig.ts';
import { addMockEntry, mockEntry, mockEntryIn } from '../../../../../src/core/interpreter/mocked/mockEntry.ts';
import { sampleResult } from '../../../../../src/core/interpreter/testState/sampleResult.ts';
import { resultProblem } from '../../../../../src/core/interpreter/testState/resultShape.ts';

const configOf = (responses: unknown, states: unknown = { S: 'R' }): MockConfig =>
  MockConfig.parse(JSON.stringify({ StateMachines: { m: { TestCases: { c: states } } }, MockedResponses: responses }));

describe('a mock configuration', () => {
  it('gives the answers of a test case by call', () => {
    const config = configOf({ R: { '0-1': { Throw: { Error: 'E', Cause: 'why' } }, '2': { Return: [1] } } });
    expect(config.casesOf('m')).toEqual(['c']);
    expect(config.find('m', 'c')?.get('S')).toEqual([
      { from: 0, to: 1, kind: 'throw', error: 'E', cause: 'why' },
      { from: 2, to: 2, kind: 'return', result: [1] },
    ]);
    expect(config.find('m', 'other')).toBeUndefined();
    expect(config.find('toString', 'c')).toBeUndefined();
  });

  it.each([
    [{ R: { first: { Return: 1 } } }, 'MockedResponses.R.first: "first" is neither the number of a call nor a range'],
    [{ R: { '2-1': { Return: 1 } } }, '"2-1" is neither'],
    [{ R: { '0': {} } }, 'MockedResponses.R.0 needs either "Return" or "Throw"'],
    [{ R: { '0': { Throw: {} } } }, 'MockedResponses.R.0.Throw needs "Error"'],
    [{ R: [] }, 'MockedResponses.R is not an object'],
    [{}, 'StateMachines.m.TestCases.c.S names "R", which is not in MockedResponses'],
  ])('says where it is wrong: %j', (responses, message) => {
    expect(() => configOf(responses).find('m', 'c')).toThrow(message);
  });

  it.each(['', '[', '[]', '{"StateMachines": 1}'])('is no configuration: %s', (text) => {
    expect(() => MockConfig.parse(text)).toThrow(/is not/);
  });
});

describe('an entry of it', () => {
  const entry = mockEntry({ machine: 'm', testCase: 'Local', state: 'S', result: { ok: true } });

  it('is read back from an error message', () => {
    expect(mockEntryIn(`Not here. Add this:\n${JSON.stringify(entry)}`)).toEqual(entry);
    expect(mockEntryIn('Not here. {"StateMachines"')).toBeUndefined();
    expect(mockEntryIn('Not here.')).toBeUndefined();
  });

  it('is added to what is there, once, in its indentation, and never in its place', () => {
    const own = {
      StateMachines: { m: { TestCases: { Local: { T: 'own' } } } },
      MockedResponses: { 'm.S': { '0': {} } },
    };
    const added = addMockEntry(JSON.stringify(own, undefined, 4), entry);
    expect(JSON.parse(added)).toEqual({
      StateMachines: { m: { TestCases: { Local: { T: 'own', S: 'm.S' } } } },
      MockedResponses: { 'm.S': { '0': { Return: { ok: true } } } },
    });
    expect(added).toContain('\n    "StateMachines"');
    expect(addMockEntry(added, mockEntry({ machine: 'm', testCase: 'Local', state: 'S', result: 'new' }))).toBe(added);
    expect(() => addMockEntry('{', entry)).toThrow(SyntaxError);
  });
});

describe('a sample result', () => {
  it.each([
    ['sns', 'publish'],
    ['aws-sdk:sqs', 'sendMessage'],
    ['aws-sdk:athena', 'getQueryExecution'],
    ['aws-sdk:dynamodb', 'getItem'],
  ])('of %s:%s is one that TestState takes', (resourceType, action) => {
    const target = { kind: 'service', resourceType, action, pattern: 'request' } as const;
    expect(sampleResult(target)).not.toEqual({});
    expect(resultProblem(target, sampleResult(target), 'STRICT')).toBeUndefined();
  });

  it('of a Lambda function has the payload in its place', () => {
    const target = { kind: 'service', resourceType: 'lambda', action: 'invoke', pattern: 'request' } as const;
    expect(sampleResult(target)).toHaveProperty('Payload', {});
  });
});
