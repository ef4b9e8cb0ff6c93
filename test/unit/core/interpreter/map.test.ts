import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { TaskFailure, type Json, type JsonObject } from '../../../../src/core/interpreter/index.ts';
import { MemoryObjects } from './support/memoryObjects.ts';
import { settled, start, type Run, type RunOptions } from './support/run.ts';

const TASK = {
  StartAt: 'T',
  States: { T: { Type: 'Task', Resource: 'arn:aws:lambda:eu-west-1:111111111111:function:f', End: true } },
};
const PASS = { StartAt: 'I', States: { I: { Type: 'Pass', End: true } } };
const DISTRIBUTED = { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } };

const map = (state: JsonObject, options: RunOptions = {}): Run =>
  start(
    { StartAt: 'M', States: { M: { Type: 'Map', End: true, ...state }, Caught: { Type: 'Pass', End: true } } },
    options,
  );

const reader = (config: JsonObject, key = 'in/data'): JsonObject => ({
  Resource: 'arn:aws:states:::s3:getObject',
  ReaderConfig: config,
  Parameters: { Bucket: 'b', Key: key },
});

describe('inline Map', () => {
  it('runs at most MaxConcurrency iterations side by side and keeps the order of the items', async () => {
    let running = 0;
    let most = 0;
    const run = map(
      { ItemProcessor: TASK, MaxConcurrency: 3 },
      {
        input: [9, 8, 7, 6, 5],
        task: async (request) => {
          most = Math.max(most, ++running);
          await settled();
          running--;
          return [request.parameters, request.iteration[0] ?? -1];
        },
      },
    );
    expect((await run.result).output).toEqual([
      [9, 0],
      [8, 1],
      [7, 2],
      [6, 3],
      [5, 4],
    ]);
    expect(most).toBe(3);
  });

  it('a failed iteration stops the others, and Catch sees its error', async () => {
    let stopped = 0;
    const run = map(
      { ItemProcessor: TASK, Catch: [{ ErrorEquals: ['Bad'], Next: 'Caught' }] },
      {
        input: [0, 1, 2],
        task: async (request) => {
          request.signal.addEventListener('abort', () => stopped++);
          await settled();
          if (request.parameters === 1) throw new TaskFailure('Bad', 'item 1');
          return await new Promise<Json>(() => undefined);
        },
      },
    );
    expect((await run.result).output).toEqual({ Error: 'Bad', Cause: 'item 1' });
    expect(stopped).toBe(3);
    expect(run.types().filter((type) => type === 'MapIterationAborted')).toHaveLength(2);
    expect(run.types()).toContain('MapStateFailed');
  });

  it('ItemSelector sees the state input, the item and its index', async () => {
    const run = map(
      {
        ItemsPath: '$.list',
        ItemSelector: { 'day.$': '$.day', 'at.$': '$$.Map.Item.Index', 'item.$': '$$.Map.Item.Value' },
        ItemProcessor: PASS,
      },
      { input: { day: 'mon', list: ['a', 'b'] } },
    );
    expect((await run.result).output).toEqual([
      { day: 'mon', at: 0, item: 'a' },
      { day: 'mon', at: 1, item: 'b' },
    ]);
  });

  it('items that are not there fail as States.ReferencePathConflict, a value that is no list as States.Runtime', async () => {
    const missing = await map({ ItemsPath: '$.orders', ItemProcessor: PASS }).result;
    expect(missing).toEqual({
      status: 'FAILED',
      error: 'States.ReferencePathConflict',
      cause: 'Unable to apply step "orders" to input {}',
    });
    const noList = await map({ ItemsPath: '$.orders', ItemProcessor: PASS }, { input: { orders: 1 } }).result;
    expect(noList.cause).toContain('Reference path "$.orders" must point to array.');
  });

  it('no items give an empty list', async () => {
    expect((await map({ ItemProcessor: PASS }, { input: [] }).result).output).toEqual([]);
  });
});

describe('distributed Map', () => {
  const distributed = (state: JsonObject, options: RunOptions = {}) =>
    map({ ItemProcessor: { ...PASS, ...DISTRIBUTED }, ...state }, options);

  it.each<[string, JsonObject, string, Json]>([
    ['JSON', { InputType: 'JSON' }, '[1, {"a": 2}]', [1, { a: 2 }]],
    ['JSON at a pointer', { InputType: 'JSON', ItemsPointer: '/data/rows' }, '{"data": {"rows": ["x"]}}', ['x']],
    ['JSONL', { InputType: 'JSONL' }, '{"a": "grün"}\n\n{"a": 2}', [{ a: 'grün' }, { a: 2 }]],
    [
      'CSV',
      { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' },
      'a,b\r\n1,"x, ""y""\nz"\n2',
      [
        { a: '1', b: 'x, "y"\nz' },
        { a: '2', b: '' },
      ],
    ],
    [
      'CSV with given headers',
      { InputType: 'CSV', CSVHeaderLocation: 'GIVEN', CSVHeaders: ['k'], CSVDelimiter: 'PIPE' },
      '1|2\n',
      [{ k: '1' }],
    ],
    ['MaxItems', { InputType: 'JSON', MaxItems: 1 }, '[1, 2]', [1]],
  ])('reads %s', async (_, config, text, expected) => {
    const run = distributed({ ItemReader: reader(config) }, { objects: new MemoryObjects({ 'b/in/data': text }) });
    expect(await run.result).toEqual({ status: 'SUCCEEDED', output: expected });
  });

  it('reads an S3 listing, and a manifest of zipped CSV files', async () => {
    const objects = new MemoryObjects({
      'b/in/1.json': '',
      'b/in/2.json': '',
      'b/m/manifest.json': JSON.stringify({
        fileSchema: 'Bucket, Key',
        fileFormat: 'CSV',
        files: [{ key: 'm/f.csv.gz' }],
      }),
      'b/m/f.csv.gz': gzipSync('"b","k1"\n"b","k2"\n'),
    });
    const listing = { Resource: 'arn:aws:states:::s3:listObjectsV2', Parameters: { Bucket: 'b', Prefix: 'in/' } };
    const listed = await distributed(
      { ItemReader: listing, ItemSelector: { 'key.$': '$$.Map.Item.Value.Key' } },
      { objects },
    ).result;
    expect(listed.output).toEqual([{ key: 'in/1.json' }, { key: 'in/2.json' }]);
    const inventory = await distributed(
      { ItemReader: reader({ InputType: 'MANIFEST' }, 'm/manifest.json') },
      { objects },
    ).result;
    expect(inventory.output).toEqual([
      { Bucket: 'b', Key: 'k1' },
      { Bucket: 'b', Key: 'k2' },
    ]);
  });

  it.each<[string, JsonObject, string]>([
    ['no object', { InputType: 'JSON' }, ''],
    ['no JSON', { InputType: 'JSON' }, '[1,'],
    ['a bad line', { InputType: 'JSONL' }, '{"a": 1}\n{'],
    ['no list', { InputType: 'JSON' }, '{"a": 1}'],
    ['a negative MaxItems', { InputType: 'JSON', MaxItems: -1 }, '[1]'],
    ['an unknown type', { InputType: 'PARQUET' }, 'PAR1'],
  ])('%s is States.ItemReaderFailed', async (_, config, text) => {
    const objects = new MemoryObjects(text === '' ? {} : { 'b/in/data': text });
    expect((await distributed({ ItemReader: reader(config) }, { objects }).result).error).toBe(
      'States.ItemReaderFailed',
    );
  });

  it('batches by count and by size, with the batch input in each', async () => {
    const run = distributed(
      { ItemBatcher: { MaxItemsPerBatch: 2, BatchInput: { 'day.$': '$.day' } }, ItemsPath: '$.list' },
      { input: { day: 'mon', list: [1, 2, 3] } },
    );
    expect((await run.result).output).toEqual([
      { BatchInput: { day: 'mon' }, Items: [1, 2] },
      { BatchInput: { day: 'mon' }, Items: [3] },
    ]);
    const bySize = distributed(
      { ItemBatcher: { MaxInputBytesPerBatch: 25 } },
      { input: ['12345678', '12345678', '1'] },
    );
    expect((await bySize.result).output).toEqual(
      [{ Items: ['12345678'] }, { Items: ['12345678'] }, { Items: ['1'] }].slice(0, 3),
    );
  });

  const failOn =
    (bad: readonly number[]) =>
    (request: { readonly parameters: Json }): Json => {
      if (bad.includes(request.parameters as number)) throw new TaskFailure('Bad', 'data');
      return request.parameters;
    };

  it.each<[JsonObject, readonly number[], string]>([
    [{}, [1], 'FAILED'],
    [{ ToleratedFailureCount: 1 }, [1], 'SUCCEEDED'],
    [{ ToleratedFailureCount: 1 }, [1, 2], 'FAILED'],
    [{ ToleratedFailurePercentage: 50 }, [1, 2], 'SUCCEEDED'],
    [{ ToleratedFailurePercentage: 49.9 }, [1, 2], 'FAILED'],
  ])('%j with failed items %j ends as %s', async (tolerated, bad, status) => {
    const run = distributed(
      { ...tolerated, ItemProcessor: { ...TASK, ...DISTRIBUTED } },
      { input: [1, 2, 3, 4], task: failOn(bad) },
    );
    const result = await run.result;
    expect(result.status).toBe(status);
    if (status === 'FAILED') expect(result.error).toBe('States.ExceedToleratedFailureThreshold');
    expect(run.mapRuns.at(-1)?.status).toBe(status);
    if (status === 'SUCCEEDED')
      expect(run.mapRuns.at(-1)?.itemCounts).toMatchObject({
        total: 4,
        failed: bad.length,
        succeeded: 4 - bad.length,
        running: 0,
      });
  });

  it('children have histories, ids and variables of their own', async () => {
    const run = start(
      {
        StartAt: 'V',
        States: {
          V: { Type: 'Pass', Assign: { outer: 1 }, Result: ['a'], Next: 'M' },
          M: {
            Type: 'Map',
            ItemProcessor: {
              ...DISTRIBUTED,
              StartAt: 'C',
              States: {
                C: { Type: 'Choice', Choices: [{ Variable: '$outer', IsPresent: true, Next: 'F' }], Default: 'S' },
                F: { Type: 'Fail' },
                S: { Type: 'Succeed' },
              },
            },
            End: true,
          },
        },
      },
      { withChildren: true },
    );
    expect((await run.result).status).toBe('SUCCEEDED');
    expect(run.events.filter((event) => event.type === 'ExecutionStarted').map((event) => event.id)).toEqual([1, 1]);
  });

  it('writes the results and a manifest that names the files', async () => {
    const objects = new MemoryObjects();
    const run = distributed(
      {
        ToleratedFailureCount: 1,
        ItemProcessor: { ...TASK, ...DISTRIBUTED },
        ResultWriter: { Resource: 'arn:aws:states:::s3:putObject', Parameters: { Bucket: 'out', Prefix: 'runs' } },
      },
      { input: [1, 2], task: failOn([2]), objects },
    );
    const { MapRunArn, ResultWriterDetails } = (await run.result).output as {
      MapRunArn: string;
      ResultWriterDetails: { Bucket: string; Key: string };
    };
    expect(ResultWriterDetails.Key).toBe(`runs/${MapRunArn.split(':').at(-1) ?? ''}/manifest.json`);
    const manifest = JSON.parse(objects.written.get(`out/${ResultWriterDetails.Key}`) ?? '') as {
      ResultFiles: Record<string, { Key: string; Size: number }[]>;
    };
    const [file] = manifest.ResultFiles['SUCCEEDED'] ?? [];
    const text = objects.written.get(`out/${file?.Key ?? ''}`) ?? '';
    expect(text).toHaveLength(file?.Size ?? -1);
    expect(JSON.parse(text)).toMatchObject([{ Input: '1', Output: '1', Status: 'SUCCEEDED' }]);
    expect(manifest.ResultFiles['FAILED']).toHaveLength(1);
  });

  it('goes through 10,000 items while it holds few of them', async () => {
    let read = 0;
    let done = 0;
    let ahead = 0;
    const objects = new MemoryObjects();
    objects.read = async function* () {
      for (; read < 10_000; read++) {
        ahead = Math.max(ahead, read - done);
        yield new TextEncoder().encode(`{"n": ${read}}\n`);
      }
    };
    const run = distributed(
      {
        ItemReader: reader({ InputType: 'JSONL' }),
        ItemProcessor: { ...TASK, ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' } },
        ResultWriter: { Resource: 'arn:aws:states:::s3:putObject', Parameters: { Bucket: 'out' } },
      },
      {
        objects,
        task: (request) => {
          done++;
          return request.parameters;
        },
      },
    );
    expect((await run.result).status).toBe('SUCCEEDED');
    expect(run.mapRuns.at(-1)?.executionCounts).toMatchObject({ succeeded: 10_000, running: 0 });
    expect(ahead).toBeLessThan(100);
    expect(run.events.length).toBeLessThan(12);
    expect(run.clock.sleepers).toBe(0);
  }, 60_000);

  it('stopping the run stops its children', async () => {
    const run = distributed(
      { ItemProcessor: { ...TASK, ...DISTRIBUTED } },
      { input: [1, 2, 3], task: async () => await new Promise<Json>(() => undefined), withChildren: true },
    );
    await settled();
    run.abort();
    expect((await run.result).status).toBe('ABORTED');
    expect(run.types().filter((type) => type === 'ExecutionAborted')).toHaveLength(4);
    expect(run.mapRuns.at(-1)?.status).toBe('ABORTED');
  });
});
