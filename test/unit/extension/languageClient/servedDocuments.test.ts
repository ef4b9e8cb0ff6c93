import { expect, test } from 'vitest';
import { isWorthServing } from '../../../../src/extension/languageClient/servedDocuments.ts';

const serves = (languageId: string, text: string, fileName = `a.${languageId}`): boolean =>
  isWorthServing({ languageId, fileName, getText: () => text });

test('every kind of Glue config is served by its content, whatever its file is called', () => {
  const configs = [
    { Name: 't', Type: 'SCHEDULED', Schedule: 'cron(0 2 * * ? *)', Actions: [{ JobName: 'load' }] },
    { Triggers: [{ Name: 't', Type: 'ON_DEMAND', Actions: [{ CrawlerName: 'raw' }] }] },
    { Name: 'night', DefaultRunProperties: {} },
    { JobName: 'load', Arguments: { '--a': 'b' } },
    { Name: 'raw', Role: 'r', Targets: { S3Targets: [{ Path: 's3://b/' }] } },
    { ConnectionInput: { Name: 'shop', ConnectionType: 'JDBC' } },
    { Name: 's', EncryptionConfiguration: { S3Encryption: [] } },
    { jobConfig: { command: 'glueetl' } },
    { name: 'load', command: { name: 'glueetl', scriptLocation: 's3://b/load.py' } },
  ];
  for (const config of configs)
    expect(serves('json', JSON.stringify(config, null, 2)), JSON.stringify(config)).toBe(true);
  expect(serves('yaml', 'Name: t\nType: ON_DEMAND\nActions:\n  - JobName: load\n')).toBe(true);
});

test('so are Python modules that start through others, or name what others start', () => {
  expect(serves('python', 'from shared.jobs import start\nstart("load")\n', 'main.py')).toBe(true);
  expect(serves('python', 'LOAD = "load-orders"\n', 'names.py')).toBe(true);
});

test('other files cost the server nothing', () => {
  expect(serves('json', '{ "name": "x", "scripts": { "test": "vitest" }, "command": "go", "Type": "A" }')).toBe(false);
  expect(serves('yaml', 'jobs:\n  test:\n    runs-on: ubuntu-latest\n    steps: []\n')).toBe(false);
  expect(serves('python', 'import json\n\nprint(json.dumps({"Type": "Pass"}))\n', 'plain.py')).toBe(false);
  expect(serves('plaintext', 'JobName: load')).toBe(false);
});
