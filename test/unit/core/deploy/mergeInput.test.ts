import { expect, test } from 'vitest';
import { describeChanges } from '../../../../src/core/deploy/describeChanges.ts';
import { toJobInput } from '../../../../src/core/deploy/jobInput.ts';
import { mergeInput } from '../../../../src/core/deploy/mergeInput.ts';

const reply = {
  Name: 'orders',
  Role: 'arn:aws:iam::111122223333:role/service/glue',
  CreatedOn: new Date(0),
  LastModifiedOn: new Date(0),
  ExecutionProperty: { MaxConcurrentRuns: 1 },
  Command: { Name: 'glueetl', ScriptLocation: 's3://code/orders.py', PythonVersion: '3' },
  DefaultArguments: { '--date': '2026-11-20', '--TempDir': 's3://temp/' },
  Connections: { Connections: [] },
  MaxRetries: 0,
  AllocatedCapacity: 20,
  Timeout: 480,
  MaxCapacity: 20,
  WorkerType: 'G.1X',
  NumberOfWorkers: 20,
  GlueVersion: '5.0',
  ExecutionClass: 'STANDARD',
};

test('a deployed job is as CreateJob takes it, and deployed back it changes nothing', () => {
  const input = toJobInput(reply);
  expect(Object.keys(input)).toEqual([
    ...['Name', 'Role', 'Command', 'GlueVersion', 'WorkerType', 'NumberOfWorkers'],
    ...['DefaultArguments', 'ExecutionClass', 'ExecutionProperty', 'MaxRetries', 'Timeout'],
  ]);
  expect(mergeInput(input, toJobInput(reply), undefined)).toEqual({ input, changes: [] });
});

test('a field that others set stays, one that we took out goes, and null takes out what never was ours', () => {
  const last = { Timeout: 480, DefaultArguments: { '--date': '2026-11-20' } };
  const local = {
    Name: 'orders',
    Role: 'glue',
    Command: { Name: 'glueetl', ScriptLocation: 's3://code/orders.py', PythonVersion: 3 },
    DefaultArguments: { '--limit': 5, '--TempDir': null },
    MaxRetries: 2,
  };
  const { input, changes } = mergeInput(local, toJobInput(reply), last);
  expect(input).toMatchObject({ MaxRetries: 2, GlueVersion: '5.0', DefaultArguments: { '--limit': 5 } });
  expect(input).not.toHaveProperty('Timeout');
  expect(input['DefaultArguments']).toEqual({ '--limit': 5 });
  expect(describeChanges(changes)).toBe(
    '--limit 5 added, --TempDir removed (was s3://temp/), --date removed (was 2026-11-20), MaxRetries 0 → 2, ' +
      'Timeout removed (was 480), 5 fields set by others kept',
  );
});

test('workers take the place of a capacity, since Glue refuses both', () => {
  const local = { Name: 'orders', WorkerType: 'G.1X', NumberOfWorkers: 2 };
  const { input, changes } = mergeInput(local, { Name: 'orders', MaxCapacity: 10 }, undefined);
  expect(input).toEqual(local);
  expect(changes.map(({ kind, path }) => `${kind} ${path}`)).toEqual([
    'set WorkerType',
    'set NumberOfWorkers',
    'remove MaxCapacity',
  ]);
});
