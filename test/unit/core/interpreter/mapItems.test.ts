import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { TaskFailure, type Json, type JsonObject } from '../../../../src/core/interpreter/index.ts';
import { MemoryObjects } from './support/memoryObjects.ts';
import { start, type RunOptions } from './support/run.ts';

// Where the items of a Map come from, and what becomes of its results, as the developer guide has it.

/** INT64 `id` and UTF8 `name`, two rows; written by pyarrow, uncompressed. */
const parquet = Buffer.from(
  'UEFSMRUAFSwVLCwVBBUAFQYVBhwAAAACAAAABAEBAAAAAAAAAAIAAAAAAAAAFQAVIBUgLBUEFQAVBhUGHAAAAAIAAAAEAQEAAABhAQAAAGIVBBk8NQAYBnNjaGVtYRUEABUEJQIYAmlkABUMJQIYBG5hbWUlAEwcAAAAFgQZHBksJgAcFQQZJQYAGRgCaWQVABYEFlIWUiYISRwVABUAFQIAPCkGGSYABAAAACYAHBUMGSUGABkYBG5hbWUVABYEFkYWRiZaSRwVABUAFQIAPBYEGQYZJgAEAAAAFpgBFgQmCBaYAQAoIHBhcnF1ZXQtY3BwLWFycm93IHZlcnNpb24gMjYuMC4xGSwcAAAcAAAAwQAAAFBBUjE=',
  'base64',
);
const rows = [
  { id: 1, name: 'a' },
  { id: 2, name: 'b' },
];

const PASS = { StartAt: 'I', States: { I: { Type: 'Pass', End: true } } };
const DISTRIBUTED = { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } };

async function mapped(state: JsonObject, options: RunOptions & { readonly language?: string } = {}): Promise<Json> {
  const definition = {
    StartAt: 'M',
    QueryLanguage: options.language ?? 'JSONPath',
    States: { M: { Type: 'Map', ItemProcessor: PASS, End: true, ...state } },
  };
  const { status, output, error, cause } = await start(definition, options).result;
  return status === 'SUCCEEDED' ? (output ?? null) : `${error ?? ''}: ${cause ?? ''}`;
}

async function read(
  config: JsonObject,
  texts: Readonly<Record<string, string | Uint8Array>>,
  state: JsonObject = {},
): Promise<Json> {
  const objects = Object.assign(new MemoryObjects(texts), {
    decompress: (codec: string, bytes: Uint8Array) =>
      codec === 'GZIP' ? gunzipSync(bytes) : brotliDecompressSync(bytes),
  });
  const reader = {
    Resource: 'arn:aws:states:::s3:getObject',
    ReaderConfig: config,
    Parameters: { Bucket: 'b', Key: Object.keys(texts)[0]?.slice(2) ?? '' },
  };
  return await mapped({ ItemReader: reader, ItemProcessor: { ...PASS, ...DISTRIBUTED }, ...state }, { objects });
}

describe('an object as the items of a distributed Map', () => {
  const input = { stock: { apples: 3, pears: { left: 1 } } };
  const pairs = [
    { Key: 'apples', Value: 3 },
    { Key: 'pears', Value: { left: 1 } },
  ];
  const selector = { 'at.$': '$$.Map.Item.Index', 'key.$': '$$.Map.Item.Key', 'value.$': '$$.Map.Item.Value' };
  const selected = [
    { at: 0, key: 'apples', value: 3 },
    { at: 1, key: 'pears', value: { left: 1 } },
  ];

  it('gives its members', async () => {
    const ItemProcessor = { ...PASS, ...DISTRIBUTED };
    expect(await mapped({ ItemProcessor, ItemsPath: '$.stock' }, { input })).toEqual(pairs);
    expect(await mapped({ ItemProcessor, ItemsPath: '$.stock', ItemSelector: selector }, { input })).toEqual(selected);
    expect(await mapped({ ItemProcessor, Items: '{% $states.input.stock %}' }, { input, language: 'JSONata' })).toEqual(
      pairs,
    );
  });

  it('an inline Map takes lists alone, a distributed one no other value', async () => {
    expect(await mapped({ ItemsPath: '$.stock' }, { input })).toContain(
      'Reference path "$.stock" must point to array.',
    );
    expect(await mapped({ ItemProcessor: { ...PASS, ...DISTRIBUTED } }, { input: 1 })).toContain(
      'must point to array.',
    );
    expect(await mapped({}, { input: 1, language: 'JSONata' })).toContain(
      'Map state input must be an array but was: 1',
    );
    expect(await mapped({ Items: '{% 1 %}' }, { language: 'JSONata' })).toContain(`Expected 'array', but was 'number'`);
  });
});

describe('an ItemReader', () => {
  it.each<[string, string, Json]>([
    ['a quote', String.raw`"say \"hi\"",1`, { a: 'say "hi"', b: '1' }],
    ['a delimiter', String.raw`x\,y,1`, { a: 'x,y', b: '1' }],
    ['itself', String.raw`C:\\data\\in,1`, { a: String.raw`C:\data\in`, b: '1' }],
    ['nothing else', String.raw`n\o,\t`, { a: 'no', b: 't' }],
  ])('of CSV: a backslash keeps %s', async (_, line, expected) => {
    expect(await read({ InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' }, { 'b/f.csv': `a,b\n${line}\n` })).toEqual([
      expected,
    ]);
  });

  it.each<[string, string]>([
    ['SEMICOLON', ';'],
    ['SPACE', ' '],
    ['TAB', '\t'],
  ])('of CSV: %s', async (CSVDelimiter, mark) => {
    const text = `a${mark}b\n1${mark}2`;
    expect(await read({ InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW', CSVDelimiter }, { 'b/f': text })).toEqual([
      { a: '1', b: '2' },
    ]);
  });

  it('reads Parquet, and unzips what ends in .gz', async () => {
    expect(await read({ InputType: 'PARQUET' }, { 'b/f.parquet': parquet })).toEqual(rows);
    expect(await read({ InputType: 'PARQUET', MaxItems: 1 }, { 'b/f.parquet': parquet })).toEqual(rows.slice(0, 1));
    expect(await read({ InputType: 'JSONL' }, { 'b/f.jsonl.gz': gzipSync('{"n":1}\n{"n":2}') })).toEqual([
      { n: 1 },
      { n: 2 },
    ]);
    expect(await read({ InputType: 'PARQUET' }, { 'b/f.parquet': 'PAR1' })).toContain('States.ItemReaderFailed');
  });

  it('reads the objects that a manifest of Athena names', async () => {
    const texts = {
      'b/manifest.csv': 's3://out/part-0\ns3://out/part-1\n',
      'out/part-0': '{"n":1}\n',
      'out/part-1': '{"n":2}\n',
    };
    expect(await read({ ManifestType: 'ATHENA_DATA', InputType: 'JSONL' }, texts)).toEqual([{ n: 1 }, { n: 2 }]);
    expect(await read({ ManifestType: 'ATHENA_DATA', InputType: 'JSONL' }, { 'b/manifest.csv': 'oops' })).toContain(
      'States.ItemReaderFailed',
    );
  });

  it('flattens a listing, and says where each item comes from', async () => {
    const objects = new MemoryObjects({ 'b/in/1.json': '[1,2]', 'b/in/2.json': '[3]' });
    const listing = { Resource: 'arn:aws:states:::s3:listObjectsV2', Parameters: { Bucket: 'b', Prefix: 'in/' } };
    const state = {
      ItemSelector: { 'n.$': '$$.Map.Item.Value', 'from.$': '$$.Map.Item.Source' },
      ItemProcessor: { ...PASS, ...DISTRIBUTED },
    };
    const flat = { ...listing, ReaderConfig: { InputType: 'JSON', Transformation: 'LOAD_AND_FLATTEN' } };
    expect(await mapped({ ...state, ItemReader: flat }, { objects })).toEqual([
      { n: 1, from: 'S3://b/in/1.json' },
      { n: 2, from: 'S3://b/in/1.json' },
      { n: 3, from: 'S3://b/in/2.json' },
    ]);
    expect(await mapped({ ...state, ItemReader: listing }, { objects })).toMatchObject([
      { n: { Key: 'in/1.json' }, from: 'S3://b' },
      { n: { Key: 'in/2.json' }, from: 'S3://b' },
    ]);
    expect(await mapped(state, { input: ['x'] })).toEqual([{ n: 'x', from: 'STATE_DATA' }]);
  });
});

describe('the results of a distributed Map', () => {
  const task = {
    ...DISTRIBUTED,
    StartAt: 'T',
    States: { T: { Type: 'Task', Resource: 'arn:aws:lambda:eu-west-1:111111111111:function:f', End: true } },
  };
  const results = async (ResultWriter?: JsonObject): Promise<Json> =>
    await mapped(
      { ItemProcessor: task, ToleratedFailureCount: 1, ...(ResultWriter && { ResultWriter }) },
      {
        input: [1, 2, 3],
        task: ({ parameters }) => {
          if (parameters === 2) throw new TaskFailure('Bad', 'two');
          return [parameters, 'ok'];
        },
      },
    );
  const failed = { Status: 'FAILED', Error: 'Bad', Cause: 'two', Input: '2', RedriveStatus: 'REDRIVABLE_BY_MAP_RUN' };

  it('are the outputs; a child that was tolerated tells what befell it', async () => {
    expect(await results()).toMatchObject([[1, 'ok'], failed, [3, 'ok']]);
  });

  it('are transformed as WriterConfig says', async () => {
    expect(await results({ WriterConfig: { OutputType: 'JSON', Transformation: 'FLATTEN' } })).toMatchObject([
      1,
      'ok',
      failed,
      3,
      'ok',
    ]);
    expect(await results({ WriterConfig: { OutputType: 'JSON', Transformation: 'NONE' } })).toMatchObject([
      { Status: 'SUCCEEDED', Input: '1', Output: '[1,"ok"]', InputDetails: { Included: true } },
      failed,
      { Status: 'SUCCEEDED', RedriveStatus: 'NOT_REDRIVABLE' },
    ]);
  });
});
