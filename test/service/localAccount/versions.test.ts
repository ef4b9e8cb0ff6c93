import { SFN } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestAccount, type TestAccount } from './account.ts';

let account: TestAccount;
let sfn: SFN;
const roleArn = 'arn:aws:iam::000000000000:role/sfn';
const saying = (what: string): string =>
  JSON.stringify({ StartAt: 'Say', States: { Say: { Type: 'Pass', Result: what, End: true } } });

beforeAll(async () => {
  account = await startTestAccount();
  sfn = new SFN(account.client);
});
afterAll(async () => {
  await account.dispose();
});

async function outputOf(stateMachineArn: string): Promise<unknown> {
  const { executionArn = '' } = await sfn.startExecution({ stateMachineArn });
  const describe = async () => await sfn.describeExecution({ executionArn });
  await expect.poll(async () => (await describe()).status, { interval: 20 }).toBe('SUCCEEDED');
  return JSON.parse((await describe()).output ?? '');
}

describe('versions and aliases', () => {
  it('keep what was published, and an alias moves from one to the other', async () => {
    const { stateMachineArn = '', stateMachineVersionArn: one = '' } = await sfn.createStateMachine({
      name: 'm',
      roleArn,
      definition: saying('one'),
      publish: true,
    });
    expect(one).toBe(`${stateMachineArn}:1`);
    // Nothing has changed since.
    expect((await sfn.publishStateMachineVersion({ stateMachineArn })).stateMachineVersionArn).toBe(one);
    const { revisionId } = await sfn.updateStateMachine({ stateMachineArn, definition: saying('two') });
    await expect(sfn.publishStateMachineVersion({ stateMachineArn, revisionId: 'other' })).rejects.toMatchObject({
      name: 'ConflictException',
    });
    const published = await sfn.publishStateMachineVersion({ stateMachineArn, revisionId, description: 'second' });
    const two = published.stateMachineVersionArn ?? '';
    await sfn.updateStateMachine({ stateMachineArn, definition: saying('three') });
    expect(await Promise.all([one, two, stateMachineArn].map(outputOf))).toEqual(['one', 'two', 'three']);
    expect(await sfn.describeStateMachine({ stateMachineArn: two })).toMatchObject({
      stateMachineArn: two,
      description: 'second',
      revisionId,
      definition: saying('two'),
    });

    const { stateMachineAliasArn = '' } = await sfn.createStateMachineAlias({
      name: 'PROD',
      routingConfiguration: [{ stateMachineVersionArn: one, weight: 100 }],
    });
    expect(await outputOf(stateMachineAliasArn)).toBe('one');
    await expect(sfn.deleteStateMachineVersion({ stateMachineVersionArn: one })).rejects.toThrow('[PROD]');
    const routes = (weight: number) => [
      { stateMachineVersionArn: one, weight },
      { stateMachineVersionArn: two, weight: 100 - weight },
    ];
    await expect(
      sfn.updateStateMachineAlias({
        stateMachineAliasArn,
        routingConfiguration: [{ stateMachineVersionArn: one, weight: 60 }],
      }),
    ).rejects.toMatchObject({ name: 'ValidationException' });
    await sfn.updateStateMachineAlias({ stateMachineAliasArn, routingConfiguration: routes(0) });
    expect(await outputOf(stateMachineAliasArn)).toBe('two');
    expect((await sfn.describeStateMachineAlias({ stateMachineAliasArn })).routingConfiguration).toEqual(routes(0));
    const { executions = [] } = await sfn.listExecutions({ stateMachineArn: stateMachineAliasArn });
    expect(executions.map(({ stateMachineVersionArn }) => stateMachineVersionArn)).toEqual([two, one]);
    expect((await sfn.listExecutions({ stateMachineArn: one })).executions).toHaveLength(2);

    account = await account.restart();
    sfn = new SFN(account.client);
    const { stateMachineAliases = [] } = await sfn.listStateMachineAliases({ stateMachineArn });
    expect(stateMachineAliases.map((alias) => alias.stateMachineAliasArn)).toEqual([stateMachineAliasArn]);
    await sfn.deleteStateMachineAlias({ stateMachineAliasArn });
    await sfn.deleteStateMachineVersion({ stateMachineVersionArn: two });
    const { stateMachineVersions = [] } = await sfn.listStateMachineVersions({ stateMachineArn });
    expect(stateMachineVersions.map((version) => version.stateMachineVersionArn)).toEqual([one]);
    // A number is not given twice.
    const third = await sfn.publishStateMachineVersion({ stateMachineArn });
    expect(third.stateMachineVersionArn).toBe(`${stateMachineArn}:3`);
  });

  it('that are not there cannot be started, and go with their machine', async () => {
    const { stateMachineArn = '', stateMachineVersionArn = '' } = await sfn.createStateMachine({
      name: 'gone',
      roleArn,
      definition: saying('x'),
      publish: true,
    });
    await expect(sfn.startExecution({ stateMachineArn: `${stateMachineArn}:9` })).rejects.toMatchObject({
      name: 'StateMachineDoesNotExist',
    });
    await sfn.deleteStateMachine({ stateMachineArn });
    await expect(sfn.startExecution({ stateMachineArn: stateMachineVersionArn })).rejects.toMatchObject({
      name: 'StateMachineDoesNotExist',
    });
  });
});
