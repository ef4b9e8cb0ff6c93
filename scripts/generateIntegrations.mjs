// Writes src/core/asl/integrations/sdkServices.json from the service models of botocore.
//
//   pip download --no-deps botocore && unzip it, then
//   node scripts/generateIntegrations.mjs UNPACKED_OLDER UNPACKED_NEWER
//
// Several versions may be given, older ones first: Step Functions keeps calling services that newer ones dropped.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const TARGET = new URL('../src/core/asl/integrations/sdkServices.json', import.meta.url);

/** One letter for what a literal must be. */
const KINDS = {
  string: 's',
  blob: 's',
  integer: 'n',
  long: 'n',
  float: 'n',
  double: 'n',
  bigdecimal: 'n',
  boolean: 'b',
  list: 'l',
  structure: 'o',
  map: 'o',
  timestamp: 't',
};

/** The name in resource ARNs: that of the service's package in the AWS SDK for Java 2, which comes from the service id. */
const packageName = (serviceId) =>
  serviceId
    .replaceAll(/[^A-Za-z0-9]/g, '')
    .toLowerCase()
    .replace(/^(?:amazon|aws)/, '')
    .replace(/service$/, '');

const capitalized = (name) => name[0].toUpperCase() + name.slice(1);

function operationsOf(model) {
  return Object.entries(model.operations).map(([name, { input }]) => {
    const shape = input === undefined ? {} : model.shapes[input.shape];
    const required = new Set(shape.required ?? []);
    const members = Object.entries(shape.members ?? {}).map(
      ([member, { shape: type }]) =>
        `${capitalized(member)}${required.has(member) ? '!' : ''}${KINDS[model.shapes[type].type] ?? 's'}`,
    );
    return [name, members.join(',')];
  });
}

const folders = process.argv.slice(2);
if (folders.length === 0) throw new Error('Give the folders of unpacked botocore versions, older ones first.');
const services = new Map();
const versions = [];
for (const folder of folders) {
  const source = readFileSync(join(folder, 'botocore/__init__.py'), 'utf8');
  versions.push(`botocore ${/__version__ = '([^']+)'/.exec(source)[1]}`);
  const data = join(folder, 'botocore/data');
  for (const service of readdirSync(data).toSorted()) {
    const versionsOfService = existsSync(join(data, service, 'service-2.json.gz')) ? ['.'] : [];
    try {
      versionsOfService.push(...readdirSync(join(data, service)).toSorted());
    } catch {
      continue; // a file such as endpoints.json
    }
    for (const version of versionsOfService) {
      const file = join(data, service, version, 'service-2.json.gz');
      if (!existsSync(file)) continue;
      const model = JSON.parse(gunzipSync(readFileSync(file)).toString('utf8'));
      const { serviceId, serviceFullName } = model.metadata;
      const name = packageName(serviceId ?? serviceFullName);
      const operations = services.get(name) ?? new Map();
      for (const [operation, members] of operationsOf(model)) operations.set(operation, members);
      services.set(name, operations);
    }
  }
}

const sorted = [...services].toSorted(([a], [b]) => (a < b ? -1 : 1));
const text = sorted.map(([name, operations]) => {
  const list = [...operations].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return [name, list.map(([operation, members]) => `${operation}:${members}`).join(';')];
});
const lines = text.map(([name, list]) => `    ${JSON.stringify(name)}: ${JSON.stringify(list)}`);
writeFileSync(
  TARGET,
  `{\n  "source": ${JSON.stringify(versions.join(', '))},\n  "services": {\n${lines.join(',\n')}\n  }\n}\n`,
);
const count = text.reduce((sum, [, list]) => sum + list.split(';').length, 0);
console.log(`${services.size} services, ${count} actions from ${versions.join(', ')}`);
