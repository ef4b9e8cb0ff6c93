import { mergeTypes, scalar, unknownType, type Column, type HiveType } from './hiveType.ts';

export interface CsvSchema {
  readonly delimiter: string;
  readonly hasHeader: boolean;
  readonly areColumnsQuoted: boolean;
  readonly columns: readonly Column[];
  /** Rows of data in the text. */
  readonly rows: number;
}

const delimiters = [',', '|', '\t', ';', '\u0001'];
const columnName = /^[\p{L}_][\p{L}\p{N}_ .\-/()#%]*$/u;

/**
 * The columns of a text that is separated by a character, as Glue's own classifier finds them; undefined for a text that is
 * not. A first row is a header when all its fields are names and a row below has something other than text.
 * https://docs.aws.amazon.com/glue/latest/dg/add-classifier.html#classifier-builtin-rules
 */
export function csvSchema(text: string): CsvSchema | undefined {
  for (const delimiter of delimiters) {
    const rows = parseRows(text, delimiter);
    const [first] = rows;
    if (!first || first.fields.length < 2) continue;
    const even = rows.filter(({ fields }) => fields.length === first.fields.length).length;
    if (even / rows.length < 0.9) continue;
    return schemaOf(rows, delimiter);
  }
  return undefined;
}

interface Row {
  readonly fields: readonly string[];
  readonly isQuoted: boolean;
}

function schemaOf(rows: readonly Row[], delimiter: string): CsvSchema {
  const [first, ...rest] = rows;
  const names = first?.fields ?? [];
  const types = names.map((_name, index) => columnType(rest, index));
  const hasHeader =
    names.every((name) => columnName.test(name.trim()) && name.length < 150 && isText(typeOf(name))) &&
    new Set(names).size === names.length &&
    types.some((type) => type.kind !== 'unknown' && !isText(type));
  const data = hasHeader ? rest : rows;
  const columns = names.map((name, index) => ({
    name: hasHeader ? toColumnName(name) : `col${index}`,
    type: hasHeader ? (types[index] ?? unknownType) : columnType(rows, index),
  }));
  return { delimiter, hasHeader, areColumnsQuoted: rows.some(({ isQuoted }) => isQuoted), columns, rows: data.length };
}

function columnType(rows: readonly Row[], index: number): HiveType {
  return rows.reduce<HiveType>((type, { fields }) => mergeTypes(type, typeOf(fields[index] ?? '')), unknownType);
}

function isText(type: HiveType): boolean {
  return type.kind === 'scalar' && type.name === 'string';
}

function typeOf(field: string): HiveType {
  const text = field.trim();
  if (text === '' || text === 'null' || text === '\\N') return unknownType;
  if (/^[+-]?\d{1,18}$/.test(text)) return scalar('bigint');
  if (/^[+-]?(\d+\.\d*|\.\d+|\d+)([eE][+-]?\d+)?$/.test(text)) return scalar('double');
  return /^(true|false)$/i.test(text) ? scalar('boolean') : scalar('string');
}

/** Column names of the catalog are lower case. */
export function toColumnName(name: string): string {
  return name.trim().toLowerCase();
}

/** Rows of the text, the last one left out where it has no end and is not the only one: it may be cut. */
function parseRows(text: string, delimiter: string): readonly Row[] {
  const rows: Row[] = [];
  let fields: string[] = [];
  let field = '';
  let isInside = false;
  let isQuoted = false;
  const endRow = (): void => {
    fields.push(field);
    if (fields.length > 1 || field.trim() !== '') rows.push({ fields, isQuoted });
    fields = [];
    field = '';
    isQuoted = false;
  };
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charAt(at);
    if (isInside) {
      if (letter !== '"') field += letter;
      else if (text.charAt(at + 1) === '"') {
        field += '"';
        at += 1;
      } else isInside = false;
    } else if (letter === '"' && field === '') {
      isInside = true;
      isQuoted = true;
    } else if (letter === delimiter) {
      fields.push(field);
      field = '';
    } else if (letter === '\n') {
      if (field.endsWith('\r')) field = field.slice(0, -1);
      endRow();
    } else field += letter;
  }
  if ((field !== '' || fields.length > 0) && rows.length < 2) endRow();
  return rows;
}
