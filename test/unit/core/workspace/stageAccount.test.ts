import { describe, expect, it } from 'vitest';
import { accountOfStage, stageDifference } from '../../../../src/core/workspace/stageAccount.ts';
import { activeStage } from '../../../../src/core/workspace/stages.ts';
import { presentStage } from '../../../../src/extension/stages/presentStage.ts';
import { indexOf } from './support.ts';

const prod = '210987654321';
const dev = '123409876543';

describe('the account of a stage', () => {
  it('is told by a name such as AccountId, where there is one only', () => {
    expect(accountOfStage({ values: { 'AWS::AccountId': prod, Env: 'prod' } })).toBe(prod);
    expect(accountOfStage({ values: { account_id: prod, accountId: prod } })).toBe(prod);
    expect(accountOfStage({ values: { 'jobs.Load.AWS_ACCOUNT_ID': prod } })).toBe(prod);
    expect(accountOfStage({ values: { accountId: prod, AwsAccountId: dev } })).toBeUndefined();
    expect(accountOfStage({ values: { accountId: 'prod', AccountName: prod, Limit: '100000000000' } })).toBeUndefined();
  });

  it('comes from sluice.json, and from the account beside the stage in a file of stages', async () => {
    const files = {
      'config.yaml': `devAccount:\n  awsAccountId: ${dev}\ndev:\n  jobs:\n    Load: { a: 1 }\ntest:\n  jobs:\n    Load: { a: 1 }\n`,
      'sluice.json': JSON.stringify({ stage: 'prod', stages: { prod: { AccountId: prod } } }),
    };
    const sources = [...(await indexOf(files)).facts.values()];
    const accountOf = (chosen?: string): string | undefined => {
      const stage = activeStage(sources, { chosen });
      return stage && accountOfStage(stage);
    };
    expect([accountOf(), accountOf('dev'), accountOf('test')]).toEqual([prod, dev, undefined]);
  });

  it('is held against that of the connection, where both are known', () => {
    const stage = { name: 'prod', values: { AccountId: prod } };
    const label = 'dev · eu-west-1';
    const difference = stageDifference(stage, { label, accountId: dev });
    expect(difference).toBe(`Stage prod is account ${prod}, and dev · eu-west-1 is account ${dev}.`);
    expect(stageDifference(stage, { label, accountId: prod })).toBeUndefined();
    expect(stageDifference(stage, { label, accountId: undefined })).toBeUndefined();
    expect(stageDifference({ name: 'dev', values: {} }, { label, accountId: dev })).toBeUndefined();
  });
});

describe('the stage in the status bar', () => {
  it('stands out and says how it differs', () => {
    const names = ['dev', 'prod'];
    const choose = 'Placeholders have the values of stage prod. Click to choose another: dev, prod.';
    expect(presentStage({ name: 'prod' }, names, undefined)).toEqual({
      text: '$(layers) prod',
      tooltip: [choose],
      spoken: 'Stage prod',
      isWarning: false,
    });
    expect(presentStage({ name: 'prod' }, names, 'They differ.')).toEqual({
      text: '$(warning) prod',
      tooltip: ['They differ.', choose],
      spoken: 'Stage prod. They differ.',
      isWarning: true,
    });
    expect(presentStage(undefined, names, undefined).text).toBe('$(layers) No stage');
  });
});
