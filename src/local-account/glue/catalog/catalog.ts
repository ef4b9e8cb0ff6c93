import { join } from 'node:path';
import type { Clock } from '../../../core/base/clock.ts';
import { AwsError } from '../../http/awsError.ts';
import type { Members } from '../../http/input.ts';
import { Collection } from '../../state/collection.ts';
import type { StateProblems } from '../../state/stateProblems.ts';
import { notFound } from '../errors.ts';
import {
  isDatabaseRecord,
  isPartitionList,
  isTableRecord,
  type DatabaseRecord,
  type PartitionRecord,
  type TableRecord,
} from './records.ts';

/** The Data Catalog: databases, their tables, and the tables' partitions. Names are lower case, as in Glue. */
export class Catalog {
  private constructor(
    private readonly databases: Collection<DatabaseRecord>,
    private readonly tables: Collection<TableRecord>,
    private readonly partitions: Collection<{ readonly partitions: readonly PartitionRecord[] }>,
    private readonly clock: Clock,
  ) {}

  static async open(folder: string, problems: StateProblems, clock: Clock): Promise<Catalog> {
    return new Catalog(
      await Collection.open({ folder: join(folder, 'databases'), check: isDatabaseRecord, problems }),
      await Collection.open({ folder: join(folder, 'tables'), check: isTableRecord, problems }),
      await Collection.open({ folder: join(folder, 'partitions'), check: isPartitionList, problems }),
      clock,
    );
  }

  /** By name. */
  listDatabases(): readonly DatabaseRecord[] {
    return [...this.databases.values()].sort((left, right) => (left.name < right.name ? -1 : 1));
  }

  findDatabase(name: string): DatabaseRecord | undefined {
    return this.databases.get(name.toLowerCase());
  }

  /** Throws EntityNotFoundException. */
  getDatabase(name: string): DatabaseRecord {
    const database = this.findDatabase(name);
    if (!database) throw notFound(`Database ${name} not found.`);
    return database;
  }

  /** Makes a database or changes it. */
  async putDatabase(name: string, definition: Members): Promise<void> {
    const key = name.toLowerCase();
    const createdMs = this.databases.get(key)?.createdMs ?? this.clock.now();
    await this.databases.put(key, { name: key, definition, createdMs });
  }

  async deleteDatabase(name: string): Promise<void> {
    const database = this.getDatabase(name);
    for (const table of this.listTables(database.name)) await this.deleteTable(table.database, table.name);
    await this.databases.delete(database.name);
  }

  /** Tables of a database by name; throws EntityNotFoundException. */
  listTables(database: string): readonly TableRecord[] {
    const { name } = this.getDatabase(database);
    return this.tables
      .values()
      .filter((table) => table.database === name)
      .sort((left, right) => (left.name < right.name ? -1 : 1));
  }

  findTable(database: string, name: string): TableRecord | undefined {
    return this.tables.get(tableKey(database, name));
  }

  /** Throws EntityNotFoundException. */
  getTable(database: string, name: string): TableRecord {
    const table = this.findTable(database, name);
    if (!table) throw notFound(`Entity Not Found: table ${database}.${name} not found.`);
    return table;
  }

  /** Makes a table or changes it; throws EntityNotFoundException for a database that is not there. */
  async putTable(database: string, name: string, definition: Members): Promise<void> {
    const key = tableKey(this.getDatabase(database).name, name);
    const now = this.clock.now();
    const createdMs = this.tables.get(key)?.createdMs ?? now;
    await this.tables.put(key, {
      database: database.toLowerCase(),
      name: name.toLowerCase(),
      definition,
      createdMs,
      updatedMs: now,
    });
  }

  async deleteTable(database: string, name: string): Promise<void> {
    const table = this.getTable(database, name);
    const key = tableKey(table.database, table.name);
    await this.partitions.delete(key);
    await this.tables.delete(key);
  }

  /** Partitions of a table by their values; throws EntityNotFoundException. */
  listPartitions(database: string, name: string): readonly PartitionRecord[] {
    const table = this.getTable(database, name);
    return this.partitions.get(tableKey(table.database, table.name))?.partitions ?? [];
  }

  /** Replaces all partitions of a table in one write. */
  async putPartitions(database: string, name: string, partitions: readonly PartitionRecord[]): Promise<void> {
    const table = this.getTable(database, name);
    const sorted = [...partitions].sort((left, right) => compareValues(left.values, right.values));
    await this.partitions.put(tableKey(table.database, table.name), { partitions: sorted });
  }

  /** Adds partitions; throws AlreadyExistsException where one is there, before anything is added. */
  async addPartitions(
    database: string,
    name: string,
    added: readonly Omit<PartitionRecord, 'createdMs'>[],
  ): Promise<void> {
    const before = this.listPartitions(database, name);
    const there = new Set(before.map(({ values }) => JSON.stringify(values)));
    const double = added.find(({ values }) => there.has(JSON.stringify(values)));
    if (double) throw new AwsError('AlreadyExistsException', `Partition already exists: ${double.values.join('/')}.`);
    const createdMs = this.clock.now();
    await this.putPartitions(database, name, [...before, ...added.map((each) => ({ ...each, createdMs }))]);
  }
}

function tableKey(database: string, name: string): string {
  return `${database.toLowerCase()}/${name.toLowerCase()}`;
}

function compareValues(left: readonly string[], right: readonly string[]): number {
  const [a, b] = [left.join('/'), right.join('/')];
  return a === b ? 0 : a < b ? -1 : 1;
}
