import { createHash } from 'node:crypto';
import type { Clock } from '../../../core/base/clock.ts';
import { Input, isMembers, type Members } from '../../http/input.ts';
import type { ObjectStore } from '../../s3/objectStore.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { planTables, type PlannedTable } from './planTables.ts';
import type { CrawlRecord, CrawlerRecord } from './records.ts';
import { listTarget, s3TargetsOf, type S3Target } from './s3Target.ts';
import { storageDescriptor, tableDefinition, tableName } from './tableDefinition.ts';

export interface CrawlParts {
  readonly objects: ObjectStore;
  readonly catalog: Catalog;
  readonly clock: Clock;
  /** Writes a line to the crawl's log: its level and text. */
  readonly say: (level: 'INFO' | 'BENCHMARK' | 'WARN', text: string) => void;
}

/** What a crawl changed. */
export type CrawlSummary = Pick<CrawlRecord, 'tablesCreated' | 'tablesUpdated' | 'tablesDeleted' | 'partitionsCreated'>;

interface FoundTable {
  readonly name: string;
  /** `s3://bucket/prefix/` that the paths of table and partitions start from. */
  readonly root: string;
  readonly table: PlannedTable;
}

/**
 * Lists the S3 targets of a crawler, finds the tables that are there, and writes database, tables and partitions as its
 * SchemaChangePolicy says. Rejects with AwsError, and on abort, with what was written left in place.
 */
export async function crawl(parts: CrawlParts, crawler: CrawlerRecord, signal: AbortSignal): Promise<CrawlSummary> {
  const { catalog, say } = parts;
  const definition = new Input(crawler.definition);
  const database = definition.text('DatabaseName');
  const found: FoundTable[] = [];
  for (const target of s3TargetsOf(definition.object('Targets'))) {
    found.push(
      ...(await tablesOf(parts, target, { prefix: definition.optionalText('TablePrefix') ?? '', found }, signal)),
    );
  }
  signal.throwIfAborted();
  say('BENCHMARK', 'Classification complete, writing results to database ' + database);
  if (!catalog.findDatabase(database)) await catalog.putDatabase(database, { Name: database });
  const policy = definition.optionalObject('SchemaChangePolicy');
  const mayUpdate = policy?.optionalText('UpdateBehavior') !== 'LOG';
  const summary = { tablesCreated: 0, tablesUpdated: 0, tablesDeleted: 0, partitionsCreated: 0 };
  for (const each of found) {
    signal.throwIfAborted();
    const before = catalog.findTable(database, each.name);
    const location = each.root + each.table.path;
    const next = tableDefinition(each.table, { name: each.name, location, crawlerName: crawler.name });
    if (!before) {
      await catalog.putTable(database, each.name, next);
      summary.tablesCreated += 1;
      say('INFO', `Created table ${each.name} in database ${database}`);
    } else if (JSON.stringify(before.definition) !== JSON.stringify(next) && mayUpdate) {
      await catalog.putTable(database, each.name, next);
      summary.tablesUpdated += 1;
      say('INFO', `Updated table ${each.name} in database ${database}`);
    }
    summary.partitionsCreated += await writePartitions(parts, database, each, next);
  }
  const behavior = policy?.optionalText('DeleteBehavior') ?? 'DEPRECATE_IN_DATABASE';
  summary.tablesDeleted = await removeGone(parts, crawler, { database, found, behavior });
  say('BENCHMARK', 'Finished writing to Catalog');
  return summary;
}

async function tablesOf(
  { objects, say }: CrawlParts,
  target: S3Target,
  naming: { readonly prefix: string; readonly found: readonly FoundTable[] },
  signal: AbortSignal,
): Promise<readonly FoundTable[]> {
  const { prefix, files } = await listTarget(objects, target, signal);
  const isFile = prefix !== target.prefix && `${target.prefix}/` !== prefix;
  const root = `s3://${target.bucket}/${isFile ? target.prefix : prefix}`;
  if (files.length === 0) say('WARN', `There is nothing to be read in ${root}`);
  const taken = new Set(naming.found.map(({ name }) => name));
  return planTables(files).map((table) => {
    const folder = isFile ? target.prefix : prefix + table.path;
    const own = folder.replace(/\/$/, '').split('/').at(-1) || target.bucket;
    const name = tableName(naming.prefix, own);
    const unique = taken.has(name) ? `${name}_${hashOf(folder)}` : name;
    taken.add(unique);
    return { name: unique, root, table };
  });
}

/** Gives how many partitions are new; those that are gone stay, as a crawler leaves them. */
async function writePartitions(
  { catalog, clock, say }: CrawlParts,
  database: string,
  { name, root, table }: FoundTable,
  definition: Members,
): Promise<number> {
  if (table.partitions.length === 0) return 0;
  const before = new Map(catalog.listPartitions(database, name).map((each) => [JSON.stringify(each.values), each]));
  const known = before.size;
  const createdMs = clock.now();
  const parameters = isMembers(definition['Parameters']) ? definition['Parameters'] : {};
  for (const { values, path } of table.partitions) {
    const key = JSON.stringify(values);
    const storage = storageDescriptor(table.schema, root + path, parameters);
    before.set(key, {
      values,
      definition: { Values: values, StorageDescriptor: storage, Parameters: parameters },
      createdMs: before.get(key)?.createdMs ?? createdMs,
    });
  }
  const added = before.size - known;
  await catalog.putPartitions(database, name, [...before.values()]);
  if (added > 0) say('INFO', `Created partitions for ${added} values of table ${name} in database ${database}`);
  return added;
}

/** Tables that this crawler wrote and did not find again. */
async function removeGone(
  { catalog, clock, say }: CrawlParts,
  crawler: CrawlerRecord,
  given: { readonly database: string; readonly found: readonly FoundTable[]; readonly behavior: string },
): Promise<number> {
  const { database, found, behavior } = given;
  if (behavior === 'LOG') return 0;
  const there = new Set(found.map(({ name }) => name));
  let removed = 0;
  for (const { name, definition } of catalog.listTables(database)) {
    const parameters = definition['Parameters'];
    const isOwn = isMembers(parameters) && parameters['UPDATED_BY_CRAWLER'] === crawler.name;
    if (!isOwn || there.has(name) || 'DEPRECATED_BY_CRAWLER' in parameters) continue;
    removed += 1;
    if (behavior === 'DELETE_FROM_DATABASE') {
      await catalog.deleteTable(database, name);
      say('INFO', `Deleted table ${name} in database ${database}`);
    } else {
      const marked = { ...parameters, DEPRECATED_BY_CRAWLER: String(clock.now()) };
      await catalog.putTable(database, name, { ...definition, Parameters: marked });
      say('INFO', `Deprecated table ${name} in database ${database}`);
    }
  }
  return removed;
}

function hashOf(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
