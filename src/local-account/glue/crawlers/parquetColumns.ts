import { parquetMetadataAsync, parquetSchema, type AsyncBuffer, type SchemaTree } from 'hyparquet';
import { scalar, type Column, type HiveType } from './hiveType.ts';

export interface ParquetColumns {
  readonly columns: readonly Column[];
  readonly rows: number;
}

/** The columns and the number of rows of a Parquet file, from its footer. Rejects where that is damaged. */
export async function parquetColumns(file: AsyncBuffer): Promise<ParquetColumns> {
  const metadata = await parquetMetadataAsync(file, { geoparquet: false });
  const { children } = parquetSchema(metadata);
  const columns = children.map((child) => ({ name: child.element.name.toLowerCase(), type: typeOf(child) }));
  return { columns, rows: Number(metadata.num_rows) };
}

function typeOf(node: SchemaTree): HiveType {
  const { element } = node;
  if (element.repetition_type === 'REPEATED') return { kind: 'array', of: ownType(node) };
  return ownType(node);
}

function ownType(node: SchemaTree): HiveType {
  const { element, children } = node;
  if (children.length === 0) return leafType(element);
  const kind = element.converted_type ?? element.logical_type?.type;
  const [inner] = children;
  if (kind === 'LIST' && inner) return { kind: 'array', of: itemType(inner) };
  if ((kind === 'MAP' || kind === 'MAP_KEY_VALUE') && inner) {
    const [key, value] = inner.children;
    if (key && value) return { kind: 'map', key: typeOf(key), value: typeOf(value) };
  }
  return {
    kind: 'struct',
    fields: new Map(children.map((child) => [child.element.name.toLowerCase(), typeOf(child)])),
  };
}

/** Lists have a level between, in the names that writers of all times gave it. */
function itemType(repeated: SchemaTree): HiveType {
  const { element, children } = repeated;
  const [only] = children;
  const isLevel = children.length === 1 && element.name !== 'array' && !element.name.endsWith('_tuple');
  return isLevel && only ? typeOf(only) : ownType(repeated);
}

function leafType({
  type,
  converted_type: converted,
  logical_type: logical,
  ...element
}: SchemaTree['element']): HiveType {
  if (logical?.type === 'DECIMAL') return scalar(`decimal(${logical.precision},${logical.scale})`);
  if (converted === 'DECIMAL') return scalar(`decimal(${element.precision ?? 10},${element.scale ?? 0})`);
  if (logical?.type === 'TIMESTAMP') return scalar('timestamp');
  switch (type) {
    case 'BOOLEAN':
      return scalar('boolean');
    case 'INT32':
      if (converted === 'DATE' || logical?.type === 'DATE') return scalar('date');
      if (converted === 'INT_8') return scalar('tinyint');
      return scalar(converted === 'INT_16' ? 'smallint' : 'int');
    case 'INT64':
      return scalar(converted?.startsWith('TIMESTAMP') === true ? 'timestamp' : 'bigint');
    case 'INT96':
      return scalar('timestamp');
    case 'FLOAT':
      return scalar('float');
    case 'DOUBLE':
      return scalar('double');
    default: {
      const texts: readonly (string | undefined)[] = ['UTF8', 'ENUM', 'JSON', 'STRING'];
      return scalar(texts.includes(converted) || texts.includes(logical?.type) ? 'string' : 'binary');
    }
  }
}
