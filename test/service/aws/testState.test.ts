import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Account } from '../../../src/aws/account.ts';
import type { StateTest } from '../../../src/aws/stepFunctions/api.ts';
import { rejection } from '../../support/rejection.ts';
import { connectTo, startTestAccount, type TestAccount } from '../localAccount/account.ts';

let local: TestAccount;
let account: Account;
beforeAll(async () => {
  local = await startTestAccount();
  account = connectTo(local);
});
afterAll(async () => {
  account.dispose();
  await local.dispose();
});

const definition = JSON.stringify({
  StartAt: 'Each',
  States: {
    Each: {
      Type: 'Map',
      ItemProcessor: {
        StartAt: 'Load',
        States: {
          Load: {
            Type: 'Task',
            Resource: 'arn:aws:states:::lambda:invoke',
            Parameters: { FunctionName: 'load', 'Payload.$': '$.item' },
            OutputPath: '$.Payload',
            End: true,
          },
        },
      },
      End: true,
    },
  },
});
const test: StateTest = {
  definition,
  stateName: 'Load',
  input: '{"item": 4}',
  inspectionLevel: 'DEBUG',
  mock: { result: '{"StatusCode": 200, "Payload": "done"}' },
};

it('tests a state inside a Map over the API, and gives each step as a value', async () => {
  expect(await account.stepFunctions.testState(test)).toEqual({
    status: 'SUCCEEDED',
    output: 'done',
    inspection: {
      input: { item: 4 },
      afterInputPath: { item: 4 },
      afterParameters: { FunctionName: 'load', Payload: 4 },
      result: { StatusCode: 200, Payload: 'done' },
      afterResultSelector: { StatusCode: 200, Payload: 'done' },
      afterResultPath: { StatusCode: 200, Payload: 'done' },
    },
  });
});

it('says what the service refuses', async () => {
  const error = await rejection(account.stepFunctions.testState({ ...test, stateName: 'Lod' }));
  expect(error).toMatchObject({
    code: 'bad-input',
    message: "Cannot test the state: State 'Lod' not found in definition.",
  });
});
