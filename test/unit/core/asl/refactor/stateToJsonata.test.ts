import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDocument } from '../../../../../src/core/asl/index.ts';
import type { State } from '../../../../../src/core/asl/model.ts';
import { Inexact } from '../../../../../src/core/asl/refactor/inexact.ts';
import { stateToJsonata } from '../../../../../src/core/asl/refactor/stateToJsonata.ts';
import { execute, type ExecuteOptions, type Json, type JsonObject } from '../../../../../src/core/interpreter/index.ts';
import type { FixEdit } from '../../../../../src/core/language/rules/rule.ts';
import { toTextChanges } from '../../../../../src/core/language/write.ts';

/** The definition with every state converted that can be, and how many that are. */
function converted(definition: unknown): {
  readonly definition: JsonObject;
  readonly count: number;
  readonly why: string[];
} {
  let text = JSON.stringify(definition, undefined, 2);
  const why: string[] = [];
  let count = 0;
  // Inner states stand inside outer ones, so that one is converted at a time.
  const refused = new Set<string>();
  for (;;) {
    const document = openDocument(text, { fileName: 'm.asl.json' });
    const state = document.machine?.states.find(({ isJsonata, name }) => !isJsonata && !refused.has(name));
    if (state === undefined) return { definition: JSON.parse(text) as JsonObject, count, why };
    const edits = editsFor(state);
    if (typeof edits === 'string') {
      refused.add(state.name);
      why.push(edits);
      continue;
    }
    count += 1;
    const changes = toTextChanges(edits, document.tree).toSorted((a, b) => b.offset - a.offset || b.length - a.length);
    // Insertions at one place stay in their order.
    const inserted = new Map<number, string>();
    for (const { offset, length, text: put } of changes) {
      if (length === 0) inserted.set(offset, (inserted.get(offset) ?? '') + put);
    }
    const all = [
      ...changes.filter(({ length }) => length > 0),
      ...[...inserted].map(([offset, put]) => ({ offset, length: 0, text: put })),
    ].toSorted((a, b) => b.offset - a.offset || a.length - b.length);
    for (const { offset, length, text: put } of all) text = text.slice(0, offset) + put + text.slice(offset + length);
  }
}

function editsFor(state: State): readonly FixEdit[] | string {
  try {
    return stateToJsonata(state);
  } catch (error) {
    if (error instanceof Inexact) return error.message;
    throw error;
  }
}

const lambda = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke' };
const input = {
  order: {
    id: 7,
    items: [
      { sku: 'a b', n: 1 },
      { sku: 'c', n: 2 },
    ],
    nested: [[1], [[2]]],
    none: null,
    empty: [],
  },
  text: '5',
  list: ['a', 'b', 'a', ['c'], { d: 1 }, { d: 1 }, null],
  single: ['x'],
  numbers: { half: 2.5, minus: -2.5, three: 3 },
  csv: 'a;b,,c',
  json: '{"a": [1, {"b": null}]}',
  blank: '  ',
  'odd name': { 'x-y': true },
};

/** States with an input and an answer that they succeed with. */
const cases: readonly (readonly [name: string, state: JsonObject, result?: Json])[] = [
  ['paths', { Type: 'Pass', Parameters: { 'a.$': '$.order.items[0]', 'b.$': "$['odd name']['x-y']", c: [1, [2]] } }],
  ['InputPath and OutputPath', { Type: 'Pass', InputPath: '$.order', OutputPath: '$.nested' }],
  ['ResultPath', { Type: 'Pass', Result: [1], ResultPath: '$.order.made' }],
  ['a deep ResultPath', { Type: 'Pass', Parameters: { 'n.$': '$.order.none' }, ResultPath: '$.new.er' }],
  ['OutputPath in a ResultPath', { Type: 'Pass', Result: { a: [] }, ResultPath: '$.r', OutputPath: '$.r.a' }],
  ['no result', { Type: 'Pass', Result: 1, ResultPath: null }],
  ['nothing', { Type: 'Pass', InputPath: null }],
  ['Assign', { Type: 'Pass', Assign: { 'id.$': '$.order.id', 'all.$': '$', one: 1 } }],
  ['a task', { ...lambda, Parameters: { FunctionName: 'f', 'Payload.$': '$' }, OutputPath: '$.Payload' }, [1]],
  [
    'a selector',
    {
      ...lambda,
      InputPath: '$.order',
      Parameters: { FunctionName: 'f', 'Payload.$': '$.id' },
      ResultSelector: { 'rows.$': '$.Payload.rows', 'first.$': '$.Payload.rows[0]', constant: ['x'] },
      ResultPath: '$.loaded',
      Assign: { 'rows.$': '$.rows' },
      TimeoutSecondsPath: '$.id',
    },
    { rows: [[1]] },
  ],
  [
    'an output of a selector',
    { ...lambda, Parameters: { FunctionName: 'f' }, ResultSelector: { 'r.$': '$.Payload' }, OutputPath: '$.r.a' },
    { a: [3] },
  ],
  ['a wait', { Type: 'Wait', SecondsPath: '$.text', OutputPath: '$.order' }],
  [
    'intrinsics',
    {
      Type: 'Pass',
      Parameters: {
        'n.$': 'States.ArrayLength($.order.items)',
        'h.$': 'States.ArrayContains($.order.nested, 1)',
        't.$': "States.Format('run {} of {}!', $$.Execution.Id, 'x')",
      },
    },
  ],
  [
    'arrays',
    {
      Type: 'Pass',
      Parameters: {
        'a.$': 'States.Array($.order.items, $.text, 1, null, States.Array())',
        'first.$': 'States.ArrayGetItem($.order.items, 1)',
        'inner.$': 'States.ArrayGetItem($.order.nested, 0)',
        'p.$': 'States.ArrayPartition($.list, 2)',
        'p1.$': 'States.ArrayPartition($.single, $.numbers.half)',
        'p0.$': 'States.ArrayPartition($.order.empty, 3)',
        'u.$': 'States.ArrayUnique($.list)',
        'u1.$': 'States.ArrayUnique($.single)',
        'u0.$': 'States.ArrayUnique($.order.empty)',
        'has.$': 'States.ArrayContains($.list, $.order.items[0])',
        'hasObject.$': 'States.ArrayContains($.list, $.list[4])',
        'hasArray.$': 'States.ArrayContains($.order.nested, $.order.nested[0])',
        'hasEmpty.$': 'States.ArrayContains($.order.nested, $.order.empty)',
        'hasNull.$': 'States.ArrayContains($.list, $.order.none)',
        'n.$': 'States.ArrayLength(States.ArrayUnique($.list))',
      },
    },
  ],
  [
    'ranges',
    {
      Type: 'Pass',
      Parameters: {
        'many.$': 'States.ArrayRange(1, 9, 2)',
        'one.$': 'States.ArrayRange(1, 1, 1)',
        'none.$': 'States.ArrayRange(5, 1, 1)',
        'down.$': 'States.ArrayRange(5, 1, -2)',
        'read.$': 'States.ArrayRange($.numbers.half, 9, $.numbers.three)',
        'n.$': 'States.ArrayLength(States.ArrayRange(1, States.ArrayLength($.list), 1))',
      },
    },
  ],
  [
    'numbers',
    {
      Type: 'Pass',
      Parameters: {
        'a.$': 'States.MathAdd($.numbers.half, $.numbers.minus)',
        'b.$': 'States.MathAdd(States.MathAdd($.order.id, 1), -3)',
        'c.$': 'States.MathAdd(States.ArrayLength($.list), $.numbers.half)',
        'h.$': "States.Hash($.text, 'SHA-256')",
        'o.$': "States.Hash($.order.items, 'MD5')",
        't.$': "States.Format('{} of {}, {}', States.ArrayLength($.list), 12, States.Hash('a', 'MD5'))",
      },
    },
  ],
  [
    'texts and objects',
    {
      Type: 'Pass',
      Parameters: {
        'parts.$': "States.StringSplit($.csv, ',')",
        'more.$': "States.StringSplit($.csv, ',;')",
        'odd.$': "States.StringSplit('a]b^c-d', ']^-')",
        'whole.$': "States.StringSplit($.text, ',')",
        'nothing.$': "States.StringSplit(',,', ',')",
        'last.$': "States.ArrayGetItem(States.StringSplit($.csv, ','), 1)",
        'json.$': 'States.StringToJson($.json)',
        'blank.$': 'States.StringToJson($.blank)',
        'merged.$': 'States.JsonMerge($.numbers, $.order, false)',
        'both.$': 'States.JsonMerge(States.StringToJson($.json), $.list[4], false)',
      },
    },
  ],
  [
    'a branch',
    {
      Type: 'Parallel',
      Branches: [{ StartAt: 'In', States: { In: { Type: 'Succeed' } } }],
      ResultSelector: { 'a.$': '$[0]' },
    },
  ],
  [
    'a map',
    {
      Type: 'Map',
      ItemsPath: '$.order.items',
      ItemSelector: { 'v.$': '$$.Map.Item.Value', 'id.$': '$.order.id' },
      MaxConcurrencyPath: '$.order.id',
      ItemProcessor: { StartAt: 'In', States: { In: { Type: 'Pass', OutputPath: '$.v.n', End: true } } },
    },
  ],
];

/** Distributed Maps, whose items come from S3 and go there. */
const distributed: readonly (readonly [name: string, state: JsonObject])[] = [
  [
    'a reader with paths',
    {
      ItemReader: {
        Resource: 'arn:aws:states:::s3:getObject',
        ReaderConfig: { InputType: 'JSON', MaxItemsPath: '$.max' },
        Parameters: { 'Bucket.$': '$.bucket', 'Key.$': "States.Format('{}.json', $$.StateMachine.Name)" },
      },
    },
  ],
  [
    'a reader below InputPath',
    {
      InputPath: '$.from',
      ItemReader: {
        Resource: 'arn:aws:states:::s3:getObject',
        ReaderConfig: { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' },
        Parameters: { 'Bucket.$': '$.bucket', 'Key.$': '$.key' },
      },
      ItemSelector: { 'row.$': '$$.Map.Item.Value', 'key.$': '$.key' },
    },
  ],
  [
    'batches',
    {
      ItemsPath: '$.ids',
      ItemBatcher: { MaxItemsPerBatchPath: '$.max', BatchInput: { 'bucket.$': '$.bucket', fixed: [1] } },
    },
  ],
  ['the old name of ItemSelector', { ItemsPath: '$.ids', Parameters: { 'id.$': '$$.Map.Item.Value' }, Label: 'old' }],
];

const rules: readonly JsonObject[] = [
  { Variable: '$.order.id', NumericEquals: 7 },
  { Variable: '$.text', NumericLessThan: 9 },
  { Variable: '$.order.id', NumericGreaterThanEquals: 7 },
  { Variable: '$.text', StringMatches: '*5' },
  { Variable: '$.text', StringMatches: '.' },
  { Variable: '$.order.none', IsNull: true },
  { Variable: '$.order.items', IsString: false },
  { Variable: '$.order.absent', IsPresent: false },
  { Variable: '$.order.items.sku', IsPresent: true },
  { Variable: '$.order.items', IsPresent: true },
  { Not: { Variable: '$.order.id', NumericEqualsPath: '$.order.id' } },
  {
    And: [
      { Variable: '$.order.x', IsPresent: true },
      { Variable: '$.order.x', StringEquals: 'a' },
    ],
  },
  {
    Or: [
      { Variable: '$.text', StringEqualsPath: '$.order.id' },
      { Variable: '$.text', StringEquals: '5' },
    ],
  },
];

describe('a state from JSONPath to JSONata', () => {
  it.each(cases.map(([name, state, result]) => ({ name, state, result })))(
    'gives the same: $name',
    async ({ state, result }) => {
      const States = {
        S: { ...state, Next: 'Next' },
        Next: { Type: 'Pass', End: true },
      };
      const before = { StartAt: 'S', States } as unknown as JsonObject;
      const { definition, count, why } = converted(before);
      expect(why).toEqual([]);
      expect(count).toBeGreaterThan(1);
      const mocks = { S: [{ output: { StatusCode: 200, Payload: result ?? null } }] };
      const [was, is] = [
        await execute({ definition: before, input, mocks }),
        await execute({ definition, input, mocks }),
      ];
      expect(was.status).toBe('SUCCEEDED');
      expect({ status: is.status, output: is.output, cause: is.cause }).toEqual({
        status: was.status,
        output: was.output,
        cause: was.cause,
      });
      const assigned = (events: typeof was.events) => events.map((event) => event['assignedVariables']).filter(Boolean);
      expect(assigned(is.events)).toEqual(assigned(was.events));
    },
  );

  it.each(distributed.map(([name, state]) => ({ name, state })))(
    'reads and batches the same: $name',
    async ({ state }) => {
      const before = {
        StartAt: 'S',
        States: {
          S: {
            Type: 'Map',
            ...state,
            ItemProcessor: {
              ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
              StartAt: 'In',
              States: { In: { Type: 'Succeed' } },
            },
            End: true,
          },
        },
      } as unknown as JsonObject;
      const { definition, why } = converted(before);
      expect(why).toEqual([]);
      const given = {
        input: { bucket: 'b', max: '2', ids: [1, 2, 3], from: { bucket: 'b', key: 'rows.csv' } },
        s3: { 'b/StateMachine.json': '[{"n": 1}, {"n": 2}, {"n": 3}]', 'b/rows.csv': 'a,b\n1,2\n3,4\n' },
      };
      const [was, is] = [await execute({ definition: before, ...given }), await execute({ definition, ...given })];
      expect({ status: was.status, cause: was.cause }).toEqual({ status: 'SUCCEEDED', cause: undefined });
      expect(is.output).toEqual(was.output);
    },
  );

  it('makes the Parameters of a ResultWriter Arguments', () => {
    const { definition, why } = converted({
      StartAt: 'S',
      States: {
        S: {
          Type: 'Map',
          ItemProcessor: { StartAt: 'In', States: { In: { Type: 'Succeed' } } },
          ResultWriter: {
            Resource: 'arn:aws:states:::s3:putObject',
            Parameters: { 'Bucket.$': '$.bucket', Prefix: 'runs' },
            WriterConfig: { OutputType: 'JSONL', Transformation: 'COMPACT' },
          },
          End: true,
        },
      },
    });
    expect(why).toEqual([]);
    expect(definition).toMatchObject({
      States: {
        S: {
          ResultWriter: {
            Resource: 'arn:aws:states:::s3:putObject',
            Arguments: { Bucket: '{% $states.input.bucket %}', Prefix: 'runs' },
            WriterConfig: { OutputType: 'JSONL', Transformation: 'COMPACT' },
          },
        },
      },
    });
  });

  it.each(rules)('decides the same: %j', async (rule) => {
    const before = {
      StartAt: 'S',
      States: {
        S: { Type: 'Choice', Choices: [{ ...rule, Next: 'Yes' }], Default: 'No', OutputPath: '$.text' },
        Yes: { Type: 'Pass', Result: 'yes', End: true },
        No: { Type: 'Pass', Result: 'no', End: true },
      },
    } as unknown as JsonObject;
    const { definition, why } = converted(before);
    expect(why).toEqual([]);
    const was = await execute({ definition: before, input });
    expect(was.status).toBe('SUCCEEDED');
    expect((await execute({ definition, input })).output).toEqual(was.output);
  });

  it('refuses, with the reason, what JSONata does in another way', () => {
    const reason = (state: object): string | undefined =>
      converted({ StartAt: 'S', States: { S: { ...state, End: true } } }).why[0];
    expect(reason({ Type: 'Pass', InputPath: '$..x' })).toMatch(/wildcard, a slice or a filter/);
    expect(reason({ Type: 'Pass', Parameters: { 'a.$': "States.Format('{}', $.x)" } })).toMatch(
      /prints numbers, objects/,
    );
    expect(reason({ Type: 'Pass', Parameters: { 'a.$': 'States.JsonToString($.x)' } })).toMatch(/no counterpart/);
    expect(reason({ Type: 'Pass', Result: '{% x %}' })).toMatch(/taken for JSONata/);
    expect(reason({ ...lambda, Parameters: { 'a.$': '$.${Name}' } })).toMatch(/placeholder/);
    expect(reason({ Type: 'Map', ItemReader: {}, ItemsPath: '$.items', ItemProcessor: {} })).toMatch(
      /both an ItemReader and an ItemsPath/,
    );
    expect(reason({ Type: 'Pass', Parameters: { 'a.$': 'States.ArrayLength(States.Array($.a, $.b))' } })).toMatch(
      /joined with it/,
    );
    expect(reason({ Type: 'Pass', Parameters: { 'a.$': "States.Base64Encode('é')" } })).toMatch(/no counterpart/);
  });
});

const CORPUS = resolve(import.meta.dirname, '../../../../../../shared/corpus/executions');

describe.skipIf(!existsSync(CORPUS))('states of recorded runs (in ../shared, not in the repository)', () => {
  const load = (folder: string): { readonly id: string }[] =>
    readdirSync(join(CORPUS, folder))
      .filter((name) => name.endsWith('.json'))
      .map((name) => JSON.parse(readFileSync(join(CORPUS, folder, name), 'utf8')) as { id: string });

  it('run as before once they are converted', { timeout: 120_000 }, async () => {
    const wrong: string[] = [];
    let compared = 0;
    for (const recorded of load('cases') as (ExecuteOptions & { id: string; nondeterministic?: readonly string[] })[]) {
      const { definition, count } = converted(recorded.definition);
      if (count === 0 || (recorded.nondeterministic ?? []).length > 0) continue;
      const [was, is] = [await execute(recorded), await execute({ ...recorded, definition })];
      if (was.status !== 'SUCCEEDED') continue;
      compared += 1;
      const same = JSON.stringify(sorted(was.output)) === JSON.stringify(sorted(is.output)) && is.status === was.status;
      if (!same)
        wrong.push(`${recorded.id}: ${JSON.stringify(was.output)} ≠ ${JSON.stringify(is.output)} ${is.cause ?? ''}`);
    }
    expect(wrong).toEqual([]);
    expect(compared).toBeGreaterThan(50);
  });
});

/** Names of objects in one order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, one]) => [name, sorted(one)]),
  );
}
