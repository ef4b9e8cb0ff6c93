import { AwsError } from '../../http/awsError.ts';
import { isMembers, type Input, type Members } from '../../http/input.ts';
import type { Operation } from '../../http/jsonService.ts';
import { pageByKey } from '../../http/paging.ts';
import { seconds } from '../../http/time.ts';
import { accountId } from '../../sts.ts';
import { notFound } from '../errors.ts';
import { nameLimits, pageAsk } from '../jobOperations.ts';
import type { Catalog } from './catalog.ts';
import { parsePartitionExpression } from './partitionExpression.ts';
import type { PartitionRecord, TableRecord } from './records.ts';

/** Partitions of the Data Catalog's tables. */
export function partitionOperations(catalog: Catalog): Readonly<Record<string, Operation>> {
  const tableIn = (input: Input): TableRecord =>
    catalog.getTable(input.text('DatabaseName', nameLimits), input.text('TableName', nameLimits));
  const find = (table: TableRecord, values: readonly string[]): PartitionRecord => {
    const found = catalog.listPartitions(table.database, table.name).find((each) => areSame(each.values, values));
    if (!found) throw notFound('Cannot find partition.');
    return found;
  };
  const remove = async (table: TableRecord, values: readonly string[]): Promise<void> => {
    const gone = find(table, values);
    const rest = catalog.listPartitions(table.database, table.name).filter((each) => each !== gone);
    await catalog.putPartitions(table.database, table.name, rest);
  };
  return {
    CreatePartition: async (input) => {
      const table = tableIn(input);
      await catalog.addPartitions(table.database, table.name, [partitionIn(table, input.object('PartitionInput'))]);
      return {};
    },
    BatchCreatePartition: async (input) => {
      const table = tableIn(input);
      const given = (input.optionalObjects('PartitionInputList') ?? []).map((each) => partitionIn(table, each));
      const errors: Members[] = [];
      for (const partition of given) {
        try {
          await catalog.addPartitions(table.database, table.name, [partition]);
        } catch (error) {
          if (!(error instanceof AwsError)) throw error;
          errors.push(failure(partition.values, error));
        }
      }
      return { Errors: errors };
    },
    UpdatePartition: async (input) => {
      const table = tableIn(input);
      const before = find(table, input.texts('PartitionValueList'));
      const changed = { ...before, ...partitionIn(table, input.object('PartitionInput')) };
      const all = catalog.listPartitions(table.database, table.name);
      const next = all.map((each) => (each === before ? changed : each));
      await catalog.putPartitions(table.database, table.name, next);
      return {};
    },
    GetPartition: (input) => {
      const table = tableIn(input);
      return { Partition: presentPartition(table, find(table, input.texts('PartitionValues'))) };
    },
    GetPartitions: (input) => {
      const table = tableIn(input);
      const keys = partitionKeys(table);
      const expression = input.optionalText('Expression', { max: 2048 });
      const isAsked = expression === undefined || expression === '' ? () => true : parsePartitionExpression(expression);
      const found = catalog
        .listPartitions(table.database, table.name)
        .filter(({ values }) => isAsked((key) => values[keys.indexOf(key)]));
      const page = pageByKey(found, ({ values }) => JSON.stringify(values), pageAsk(input, 1000));
      return { Partitions: page.items.map((each) => presentPartition(table, each)), NextToken: page.nextToken };
    },
    BatchGetPartition: (input) => {
      const table = tableIn(input);
      const wanted = (input.optionalObjects('PartitionsToGet') ?? []).map((each) => each.texts('Values'));
      const all = catalog.listPartitions(table.database, table.name);
      const found = all.filter(({ values }) => wanted.some((each) => areSame(each, values)));
      return {
        Partitions: found.map((each) => presentPartition(table, each)),
        UnprocessedKeys: wanted
          .filter((each) => !all.some(({ values }) => areSame(each, values)))
          .map((Values) => ({ Values })),
      };
    },
    DeletePartition: async (input) => {
      await remove(tableIn(input), input.texts('PartitionValues'));
      return {};
    },
    BatchDeletePartition: async (input) => {
      const table = tableIn(input);
      const errors: Members[] = [];
      for (const each of input.optionalObjects('PartitionsToDelete') ?? []) {
        const values = each.texts('Values');
        try {
          await remove(table, values);
        } catch (error) {
          if (!(error instanceof AwsError)) throw error;
          errors.push(failure(values, error));
        }
      }
      return { Errors: errors };
    },
  };
}

function failure(values: readonly string[], error: AwsError): Members {
  return { PartitionValues: values, ErrorDetail: { ErrorCode: error.code, ErrorMessage: error.message } };
}

function partitionIn(table: TableRecord, input: Input): Omit<PartitionRecord, 'createdMs'> {
  const values = input.texts('Values');
  const keys = partitionKeys(table);
  if (values.length !== keys.length) {
    throw input.invalid(
      `The number of partition keys do not match the number of partition values: ${keys.length} and ${values.length}.`,
    );
  }
  return { values, definition: input.members };
}

function partitionKeys({ definition }: TableRecord): readonly string[] {
  const keys = definition['PartitionKeys'];
  if (!Array.isArray(keys)) return [];
  return keys.map((key: unknown) =>
    isMembers(key) && typeof key['Name'] === 'string' ? key['Name'].toLowerCase() : '',
  );
}

function areSame(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((value, index) => value === right[index]);
}

function presentPartition(table: TableRecord, { values, definition, createdMs }: PartitionRecord): Members {
  return {
    ...definition,
    Values: values,
    DatabaseName: table.database,
    TableName: table.name,
    CreationTime: seconds(createdMs),
    CatalogId: accountId,
  };
}
