import { describe, expect, it } from 'vitest';
import { parseInventory, writeInventory, type InventorySnapshot } from '../../../src/core/existence/inventory.ts';
import { validate } from '../../../src/core/validate.ts';

const inventory = (names: readonly string[], more: Partial<InventorySnapshot> = {}): InventorySnapshot => ({
  place: 'team · eu-west-1',
  region: 'eu-west-1',
  accountId: '111122223333',
  kinds: { glueJob: { names: new Set(names), asOfMs: Date.UTC(2026, 10, 20, 9, 30) } },
  ...more,
});
const machine = (resource: string, parameters: object): string =>
  JSON.stringify({
    StartAt: 'Run',
    States: { Run: { Type: 'Task', Resource: `arn:aws:states:::${resource}`, Parameters: parameters, End: true } },
  });
const missing = (text: string, fileName: string, known: InventorySnapshot): string[] =>
  validate(text, { fileName, inventory: known })
    .filter(({ code }) => code === 'sluice/not-found')
    .map(({ message }) => message);

describe('what an account has', () => {
  it('is compared with what a definition names, with the nearest name as a fix', () => {
    const text = machine('glue:startJobRun.sync', { JobName: 'laod-orders' });
    expect(missing(text, 'a.asl.json', inventory(['load-orders', 'report']))).toEqual([
      'There is no Glue job "laod-orders" in team · eu-west-1, as listed at 2026-11-20 09:30 UTC. Did you mean "load-orders"?',
    ]);
    expect(missing(text, 'a.asl.json', inventory(['laod-orders']))).toEqual([]);
  });

  it('says nothing of kinds that were not listed, of names that are filled in, and of other accounts and regions', () => {
    const start = 'glue:startJobRun';
    const none = inventory([]);
    expect(missing(machine('glue:startWorkflowRun', { Name: 'x' }), 'a.asl.json', none)).toEqual([]);
    expect(missing(machine(start, { JobName: '${Job}' }), 'a.asl.json', none)).toEqual([]);
    expect(missing(machine(start, { 'JobName.$': '$.job' }), 'a.asl.json', none)).toEqual([]);
    const machines = inventory([], { kinds: { stateMachine: { names: new Set(['a']), asOfMs: 0 } } });
    const child = (place: string): string =>
      machine('states:startExecution', { StateMachineArn: `arn:aws:states:${place}:stateMachine:b` });
    expect(missing(child('us-east-1:111122223333'), 'a.asl.json', machines)).toEqual([]);
    expect(missing(child('eu-west-1:444455556666'), 'a.asl.json', machines)).toEqual([]);
    expect(missing(child('eu-west-1:111122223333'), 'a.asl.json', machines)).toHaveLength(1);
  });

  it('is compared with the triggers and runs of configs, apart from what the file makes itself', () => {
    const trigger = (JobName: string): object => ({ Name: 't', Type: 'ON_DEMAND', Actions: [{ JobName }] });
    const job = {
      Name: 'own',
      Role: 'R',
      GlueVersion: '5.1',
      Command: { Name: 'glueetl', ScriptLocation: 's3://b/x.py' },
    };
    expect(missing(JSON.stringify(trigger('gone')), 't.glue.json', inventory(['there']))).toHaveLength(1);
    expect(missing(JSON.stringify([job, trigger('own')]), 't.glue.json', inventory(['there']))).toEqual([]);
  });

  it('with 50,000 names is looked up at once', () => {
    const names = Array.from({ length: 50_000 }, (_, index) => `job-${index}`);
    const text = machine('glue:startJobRun', { JobName: 'job-4999x' });
    expect(missing(text, 'a.asl.json', inventory(names))[0]).toContain('Did you mean "job-4999');
  });

  it('is written and read as text, and what is no inventory is refused', () => {
    const known = inventory(['b', 'a']);
    expect(parseInventory(writeInventory(known))).toEqual(known);
    expect(writeInventory(known)).toBe(writeInventory(inventory(['a', 'b'])));
    for (const text of ['{}', '[]', '{"version": 1}', '{"version": 1, "kinds": {"glueJob": {"names": [1]}}}', 'x']) {
      expect(() => parseInventory(text)).toThrow();
    }
  });
});
