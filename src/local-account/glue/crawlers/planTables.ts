import type { FileSchema } from './fileSchema.ts';
import { mergeColumns } from './hiveType.ts';

/** A file of data below a crawler's target. */
export interface CrawledFile {
  /** Key of the object, from the target's folder. */
  readonly path: string;
  readonly size: number;
  /** Undefined where the file was not looked at: it is taken to be like its neighbours. */
  readonly schema?: FileSchema;
}

export interface PlannedPartition {
  readonly values: readonly string[];
  /** Folder from the target's, with its slash. */
  readonly path: string;
}

export interface PlannedTable {
  /** Folder from the target's, with its slash; empty for the target itself. */
  readonly path: string;
  readonly schema: FileSchema;
  /** Names of `name=value` folders; `partition_0` and so on for others. */
  readonly partitionKeys: readonly string[];
  readonly partitions: readonly PlannedPartition[];
  readonly files: number;
  readonly bytes: number;
  readonly records: number;
}

interface Folder {
  readonly path: string;
  readonly name: string;
  readonly files: CrawledFile[];
  readonly folders: Map<string, Folder>;
}

/** Partition keys without a name yet are undefined. */
type Draft = Omit<PlannedTable, 'partitionKeys'> & { readonly partitionKeys: readonly (string | undefined)[] };

/** So much of the columns must be the same for two folders to be one table. */
const similarEnough = 0.7;

/**
 * The tables that files make, as a crawler groups them: folders named `key=value` are partitions, neighbouring folders of
 * one format with similar columns are partitions without names, others are tables of their own.
 */
export function planTables(files: Iterable<CrawledFile>): readonly PlannedTable[] {
  const root = newFolder('', '');
  for (const file of files) {
    let folder = root;
    for (const name of file.path.split('/').slice(0, -1)) {
      const inner = folder.folders.get(name) ?? newFolder(`${folder.path}${name}/`, name);
      folder.folders.set(name, inner);
      folder = inner;
    }
    folder.files.push(file);
  }
  return tablesOf(root).map((draft) => ({
    ...draft,
    partitionKeys: draft.partitionKeys.map((key, index) => key ?? `partition_${index}`),
  }));
}

function newFolder(path: string, name: string): Folder {
  return { path, name, files: [], folders: new Map() };
}

function tablesOf(folder: Folder): readonly Draft[] {
  const own = ownTable(folder);
  const inner = [...folder.folders.values()].map((each) => ({ each, tables: tablesOf(each) }));
  const filled = inner.filter(({ tables }) => tables.length > 0);
  const single = filled.flatMap(({ each, tables: [table, ...more] }) =>
    table?.path === each.path && more.length === 0 ? [{ name: each.name, table }] : [],
  );
  const areSingle = single.length === filled.length && filled.length > 0;
  const keys = new Set(single.map(({ name }) => /^([^=]+)=/.exec(name)?.[1]));
  const [key] = keys;
  const merged =
    areSingle && keys.size === 1 && key !== undefined
      ? partitioned(folder, single, key)
      : areSingle && single.length > 1 && areSimilar(single.map(({ table }) => table))
        ? partitioned(folder, single, undefined)
        : undefined;
  if (!merged) return [...(own ? [own] : []), ...filled.flatMap(({ tables }) => tables)];
  return own && areSimilar([own, merged]) ? [sumOf(merged, own)] : [...(own ? [own] : []), merged];
}

function ownTable({ path, files }: Folder): Draft | undefined {
  const [first, ...others] = files.flatMap(({ schema }) => schema ?? []);
  if (!first) return undefined;
  return {
    path,
    schema: others.reduce(mergeSchemas, first),
    partitionKeys: [],
    partitions: [],
    files: files.length,
    bytes: files.reduce((sum, { size }) => sum + size, 0),
    records: files.reduce((sum, { schema }) => sum + (schema ?? first).records, 0),
  };
}

function partitioned(
  { path }: Folder,
  inner: readonly { readonly name: string; readonly table: Draft }[],
  key: string | undefined,
): Draft | undefined {
  const depth = inner[0]?.table.partitionKeys.length ?? 0;
  if (inner.some(({ table }) => table.partitionKeys.length !== depth)) return undefined;
  const [first, ...others] = inner.map(({ table }) => table);
  if (!first || others.some(({ schema }) => schema.format !== first.schema.format)) return undefined;
  const partitions = inner.flatMap(({ name, table }) => {
    const value = decoded(key === undefined ? name : name.slice(key.length + 1));
    if (table.partitions.length === 0) return [{ values: [value], path: table.path }];
    return table.partitions.map((partition) => ({ ...partition, values: [value, ...partition.values] }));
  });
  return {
    ...others.reduce(sumOf, first),
    path,
    partitionKeys: [key?.toLowerCase(), ...first.partitionKeys],
    partitions,
  };
}

function sumOf(left: Draft, right: Draft): Draft {
  return {
    ...left,
    schema: mergeSchemas(left.schema, right.schema),
    files: left.files + right.files,
    bytes: left.bytes + right.bytes,
    records: left.records + right.records,
  };
}

function mergeSchemas(left: FileSchema, right: FileSchema): FileSchema {
  if (left.format !== right.format) return left;
  return { ...left, columns: mergeColumns(left.columns, right.columns) };
}

function areSimilar(tables: readonly Draft[]): boolean {
  const [first, ...others] = tables;
  if (!first) return false;
  const names = new Set(first.schema.columns.map(({ name }) => name));
  return others.every(({ schema }) => {
    if (schema.format !== first.schema.format) return false;
    const shared = schema.columns.filter(({ name }) => names.has(name)).length;
    return shared / Math.max(names.size, schema.columns.length) >= similarEnough;
  });
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
