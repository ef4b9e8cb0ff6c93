import { describe, expect, it } from 'vitest';
import { parsePartitionExpression } from '../../../../src/local-account/glue/catalog/partitionExpression.ts';
import { csvSchema } from '../../../../src/local-account/glue/crawlers/csvSchema.ts';
import type { FileSchema } from '../../../../src/local-account/glue/crawlers/fileSchema.ts';
import { hiveText, scalar, type Column } from '../../../../src/local-account/glue/crawlers/hiveType.ts';
import { jsonSchema } from '../../../../src/local-account/glue/crawlers/jsonSchema.ts';
import { planTables } from '../../../../src/local-account/glue/crawlers/planTables.ts';

const columnsOf = (columns: readonly Column[] | undefined): string =>
  (columns ?? []).map(({ name, type }) => `${name} ${hiveText(type)}`).join(', ');

describe('the columns of a CSV text', () => {
  it.each([
    ['id,Name,price\n1,a,2.5\n2,"b, c",3\n', true, 'id bigint, name string, price double'],
    ['1|x\n2|y\n', false, 'col0 bigint, col1 string'],
    // All text: nothing says that the first row is a header.
    ['name,city\nada,london\n', false, 'col0 string, col1 string'],
    ['a\tb\n1\t\n2\t\n', true, 'a bigint, b string'],
    ['id,ok\n1,true\n99999999999,false\n', true, 'id bigint, ok boolean'],
    ['id,big\n1,2\n2,99999999999999999999999\n', true, 'id bigint, big double'],
  ])('of %j', (text, hasHeader, columns) => {
    const schema = csvSchema(text);
    expect(schema?.hasHeader).toBe(hasHeader);
    expect(columnsOf(schema?.columns)).toBe(columns);
  });

  it('are none where there is one column, or lines of all lengths', () => {
    expect(csvSchema('one\ntwo\nthree\n')).toBeUndefined();
    expect(csvSchema('a, b\nsome, more, text\nand\nthe, end, of, it\n')).toBeUndefined();
  });
});

describe('the columns of a JSON text', () => {
  it.each([
    [
      '{"id":1,"at":{"x":1.5}}\n{"id":3000000000,"tags":["a"]}\n{"cut',
      'id bigint, at struct<x:double>, tags array<string>',
    ],
    ['[{"a":null},{"a":true}]', 'a boolean'],
    ['[1,2]', 'array array<int>'],
    ['{"a":1}\n{"a":"x"}', 'a string'],
    ['{\n  "whole": {"b": []}\n}', 'whole struct<b:array<string>>'],
  ])('of %j', (text, columns) => expect(columnsOf(jsonSchema(text)?.columns)).toBe(columns));

  it('are none in another text', () => {
    expect(jsonSchema('a,b\n1,2')).toBeUndefined();
    expect(jsonSchema('{not json')).toBeUndefined();
  });
});

const schema = (...names: readonly string[]): FileSchema => ({
  format: 'csv',
  compression: 'none',
  records: 10,
  columns: names.map((name) => ({ name, type: scalar('bigint') })),
});

function plan(files: Readonly<Record<string, FileSchema>>) {
  const found = Object.entries(files).map(([path, each]) => ({ path, size: 100, schema: each }));
  return planTables(found).map(({ path, partitionKeys, partitions, files: count }) => ({
    path,
    keys: partitionKeys,
    values: partitions.map(({ values }) => values.join('/')),
    count,
  }));
}

describe('the tables of a target', () => {
  it('are one for its own files', () => {
    expect(plan({ 'a.csv': schema('x'), 'b.csv': schema('x') })).toEqual([
      { path: '', keys: [], values: [], count: 2 },
    ]);
  });

  it('are one for each folder with columns of its own', () => {
    const tables = plan({ 'orders/a.csv': schema('id', 'price'), 'customers/a.csv': schema('name', 'city') });
    expect(tables.map(({ path }) => path)).toEqual(['orders/', 'customers/']);
  });

  it('are partitioned by folders with a key, however deep', () => {
    const found = plan({
      'orders/year=2024/month=1/a.csv': schema('id'),
      'orders/year=2024/month=2/a.csv': schema('id'),
      'orders/year=2025/month=1/a.csv': schema('id', 'extra'),
      'other/x.csv': schema('quite', 'different'),
    });
    expect(found).toEqual([
      { path: 'orders/', keys: ['year', 'month'], values: ['2024/1', '2024/2', '2025/1'], count: 3 },
      { path: 'other/', keys: [], values: [], count: 1 },
    ]);
  });

  it('are partitioned without a name by folders that are alike', () => {
    const found = plan({ 'a/1/x.csv': schema('p', 'q'), 'a/2/x.csv': schema('p', 'q') });
    expect(found).toEqual([{ path: 'a/', keys: ['partition_0'], values: ['1', '2'], count: 2 }]);
  });

  it('are not brought together over formats', () => {
    const found = plan({ 'a/x.csv': schema('p'), 'b/x.json': { ...schema('p'), format: 'json' } });
    expect(found.map(({ path }) => path)).toEqual(['a/', 'b/']);
  });
});

describe('an expression over partitions', () => {
  const values: Readonly<Record<string, string>> = { year: '2024', month: '10', city: "O'Hare" };
  it.each([
    ["year = '2024'", true],
    ["year='2024' AND month > '9'", true],
    ["year = 2023 or (month between 9 and 11 and not city = 'x')", true],
    ["year in ('2023','2025')", false],
    ["year NOT IN ('2023')", true],
    ["city like 'O''H%'", true],
    ["city like 'Ha%'", false],
    ['month <> 10', false],
    ["missing = '1'", false],
  ])('%s is %s', (text, isMet) => expect(parsePartitionExpression(text)((key) => values[key])).toBe(isMet));

  it.each(['year =', 'year ~ 1', '(year = 1', 'year = 1 1', "year = '1"])('cannot be read: %s', (text) => {
    expect(() => parsePartitionExpression(text)).toThrow(/expression|operator/);
  });
});
