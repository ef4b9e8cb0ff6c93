import type { Members } from '../../http/input.ts';
import { hiveText } from './hiveType.ts';
import type { FileSchema } from './fileSchema.ts';
import type { PlannedTable } from './planTables.ts';

const hadoop = 'org.apache.hadoop';
const textFormats = {
  InputFormat: `${hadoop}.mapred.TextInputFormat`,
  OutputFormat: `${hadoop}.hive.ql.io.HiveIgnoreKeyTextOutputFormat`,
};

function formatsOf(schema: FileSchema): Members {
  switch (schema.format) {
    case 'parquet':
      return {
        InputFormat: `${hadoop}.hive.ql.io.parquet.MapredParquetInputFormat`,
        OutputFormat: `${hadoop}.hive.ql.io.parquet.MapredParquetOutputFormat`,
        SerdeInfo: {
          SerializationLibrary: `${hadoop}.hive.ql.io.parquet.serde.ParquetHiveSerDe`,
          Parameters: { 'serialization.format': '1' },
        },
      };
    case 'json':
      return {
        ...textFormats,
        SerdeInfo: {
          SerializationLibrary: 'org.openx.data.jsonserde.JsonSerDe',
          Parameters: {
            paths: schema.columns
              .map(({ name }) => name)
              .sort()
              .join(','),
          },
        },
      };
    case 'csv':
      return {
        ...textFormats,
        SerdeInfo: {
          SerializationLibrary: `${hadoop}.hive.serde2.lazy.LazySimpleSerDe`,
          Parameters: { 'field.delim': schema.delimiter ?? ',' },
        },
      };
  }
}

/** What a crawler says of a table, as TableInput. `location` is the table's folder: `s3://bucket/folder/`. */
export function tableDefinition(
  table: PlannedTable,
  given: { readonly name: string; readonly location: string; readonly crawlerName: string },
): Members {
  const { schema } = table;
  const parameters = {
    CrawlerSchemaDeserializerVersion: '1.0',
    CrawlerSchemaSerializerVersion: '1.0',
    UPDATED_BY_CRAWLER: given.crawlerName,
    averageRecordSize: String(table.records === 0 ? 0 : Math.max(1, Math.round(table.bytes / table.records))),
    classification: schema.format,
    compressionType: schema.compression,
    objectCount: String(table.files),
    recordCount: String(table.records),
    sizeKey: String(table.bytes),
    typeOfData: 'file',
    ...(schema.format === 'csv' && {
      areColumnsQuoted: String(schema.areColumnsQuoted === true),
      columnsOrdered: 'true',
      delimiter: schema.delimiter ?? ',',
      ...(schema.hasHeader === true && { 'skip.header.line.count': '1' }),
    }),
  };
  return {
    Name: given.name,
    Owner: 'owner',
    Retention: 0,
    TableType: 'EXTERNAL_TABLE',
    Parameters: parameters,
    PartitionKeys: table.partitionKeys.map((name) => ({ Name: name, Type: 'string' })),
    StorageDescriptor: storageDescriptor(schema, given.location, parameters),
  };
}

/** Where and how a table or a partition of it is kept. */
export function storageDescriptor(schema: FileSchema, location: string, parameters: Members): Members {
  return {
    Columns: schema.columns.map(({ name, type }) => ({ Name: name, Type: hiveText(type) })),
    Location: location,
    ...formatsOf(schema),
    Compressed: schema.compression !== 'none',
    NumberOfBuckets: -1,
    BucketColumns: [],
    SortColumns: [],
    Parameters: parameters,
    StoredAsSubDirectories: false,
  };
}

/** A table's name from its folder, as crawlers make it. */
export function tableName(prefix: string, folder: string): string {
  return `${prefix}${folder}`.toLowerCase().replace(/[^\p{L}\p{N}_]/gu, '_');
}
