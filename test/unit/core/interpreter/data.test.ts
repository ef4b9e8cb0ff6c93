import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../../src/core/interpreter/index.ts';
import { resultOf, valueOf } from './support/run.ts';

const order = {
  id: 'o-1',
  'detail-type': 'created',
  'odd.name': 1,
  items: [
    { sku: 'a', price: 5, tags: ['x'] },
    { sku: 'b', price: 12 },
    { sku: 'c', price: 30 },
  ],
  nothing: null,
};

describe('JSONPath', () => {
  it.each<[string, Json]>([
    ['$.id', 'o-1'],
    ['$.detail-type', 'created'],
    ["$['odd.name']", 1],
    ['$["odd.name"]', 1],
    ['$.items[1].sku', 'b'],
    ['$.items[-1].sku', 'c'],
    ['$.nothing', null],
    ['$.items[*].sku', ['a', 'b', 'c']],
    ['$.items[1:].sku', ['b', 'c']],
    ['$.items[0,2].sku', ['a', 'c']],
    ['$..sku', ['a', 'b', 'c']],
    ['$.items[?(@.price > 10)].sku', ['b', 'c']],
    ["$.items[?(@.sku == 'a' || @.price == 30)].price", [5, 30]],
    ['$.items[?(@.tags)].sku', ['a']],
    ['$.items[*].none', []],
    ['$.none[*]', []],
    ['$$.Execution.Name', 'run-1'],
    ['$.items.length()', 3],
    ['$.items[?(@.price > 10)].length()', [2, 2]],
    ['$..price.sum()', 47],
    ['$.items.first().sku', 'a'],
    ["$['id','nothing','none']", { id: 'o-1', nothing: null }],
    [
      "$.items[*]['sku','price']",
      [
        { sku: 'a', price: 5 },
        { sku: 'b', price: 12 },
        { sku: 'c', price: 30 },
      ],
    ],
    ['$.items[-2:].sku', ['b', 'c']],
    ["$.['id']", 'o-1'],
    ['$.items[?(@.sku =~ /[AB]/i)].sku', ['a', 'b']],
    ["$.items[?(@.sku in ['a', 'c'])].sku", ['a', 'c']],
    ["$.items[?(@.sku nin ['a', 'c'])].sku", ['b']],
    ["$.items[?(@.tags contains 'x')].sku", ['a']],
    ['$.items[?(@.tags size 1)].sku', ['a']],
    ['$.items[?(!@.tags && (@.price < 20))].sku', ['b']],
    ['$.items[?(@.price == $.items[1].price)].sku', ['b']],
    ["$.items[?(@.none != 'x')].sku", ['a', 'b', 'c']],
    ["$.items[?(@.price == '5')].sku", ['a']],
    ["$.items[?(@.price === '5')].sku", []],
    ['$..[?(@.price >= 30)].sku', ['c']],
    ["$.items[0][?(@ == 'x')]", []],
  ])('%s', async (path, expected) => {
    expect(await valueOf(path, order)).toEqual(expected);
  });

  it('a definite path that leads nowhere fails the run and says which', async () => {
    const result = await resultOf(
      { S: { Type: 'Pass', Parameters: { 'v.$': '$.items[7].sku' }, End: true } },
      { input: order },
    );
    expect(result.error).toBe('States.Runtime');
    expect(result.cause).toMatch(
      /^An error occurred while executing the state 'S' \(entered at the event id #2\)\. The JSONPath '\$\.items\[7\]\.sku' specified for the field 'v\.\$' could not be found in the input/,
    );
  });

  it.each([
    '$.',
    '$.a[',
    "$.a['b]",
    'a.b',
    '$.items[?(',
    '$.a b',
    '$.a.nope()',
    '$.a[?(@.b == )]',
    '$[?(@.a =~ /[/)]',
    '$.a[0,]',
    `$[?(${'('.repeat(5000)}`,
  ])('bad path %j fails the run, not the process', async (path) => {
    const result = await resultOf({ S: { Type: 'Pass', InputPath: path, End: true } }, { input: order });
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  });

  it('does not reach what every object inherits', async () => {
    await expect(valueOf('$.constructor', {})).rejects.toThrow('States.Runtime');
    expect(await valueOf('$.__proto__', JSON.parse('{"__proto__": 1}') as Json)).toBe(1);
  });
});

describe('the way of the data through a JSONPath state', () => {
  const pass = async (state: JsonObject, input: Json) =>
    await resultOf({ S: { Type: 'Pass', End: true, ...state } }, { input });

  it.each<[JsonObject, Json]>([
    [
      { ResultPath: '$.a.b', Result: 1 },
      { x: 0, a: { b: 1 } },
    ],
    [{ ResultPath: null, Result: 1 }, { x: 0 }],
    [{ InputPath: null }, {}],
    [{ OutputPath: null }, {}],
    [{ OutputPath: '$.x' }, 0],
    [
      { InputPath: '$.x', ResultPath: '$.copy' },
      { x: 0, copy: 0 },
    ],
    [
      { Parameters: { 'x.$': '$.x', fixed: { 'deep.$': "States.Format('<{}>', $.x)" }, list: [{ 'y.$': '$.x' }] } },
      { x: 0, fixed: { deep: '<0>' }, list: [{ y: 0 }] },
    ],
    [{ Result: { 'kept.$': '$.x' } }, { 'kept.$': '$.x' }],
  ])('%j', async (state, expected) => {
    expect((await pass(state, { x: 0 })).output).toEqual(expected);
  });

  it('a ResultPath through a value that is no object is a failure that can be caught', async () => {
    expect((await pass({ ResultPath: '$.x.y', Result: 1 }, { x: 0 })).error).toBe('States.ResultPathMatchFailure');
  });

  it('Assign sees the variables as they were before, and states after it the new ones', async () => {
    const result = await resultOf({
      A: { Type: 'Pass', Assign: { n: 1 }, Next: 'B' },
      B: { Type: 'Pass', Assign: { n: 2, 'old.$': '$n' }, Next: 'C' },
      C: { Type: 'Pass', Parameters: { 'n.$': '$n', 'old.$': '$old' }, End: true },
    });
    expect(result.output).toEqual({ n: 2, old: 1 });
  });

  it('branches read outer variables, and their own stay inside', async () => {
    const result = await resultOf({
      A: { Type: 'Pass', Assign: { n: 1 }, Next: 'P' },
      P: {
        Type: 'Parallel',
        Branches: [
          { StartAt: 'I', States: { I: { Type: 'Pass', Assign: { m: 5 }, Parameters: { 'n.$': '$n' }, End: true } } },
        ],
        Next: 'C',
      },
      C: { Type: 'Choice', Choices: [{ Variable: '$m', IsPresent: true, Next: 'Leaked' }], Default: 'Kept' },
      Leaked: { Type: 'Fail' },
      Kept: { Type: 'Succeed' },
    });
    expect(result).toEqual({ status: 'SUCCEEDED', output: [{ n: 1 }] });
  });
});

describe('intrinsic functions', () => {
  it.each<[string, Json]>([
    ["States.Format('Hello {}, {}', $.name, 3)", 'Hello Ann, 3'],
    ["States.Format('\\{{}\\} it\\'s', $.name)", "{Ann} it's"],
    ["States.Format('{}', $.obj)", '{a=1, b=[x, null]}'],
    ['States.JsonToString($.obj)', '{"a":1,"b":["x",null]}'],
    ['States.StringToJson(\'{"a": [1]}\')', { a: [1] }],
    ['States.Array(1, $.name, null, true)', [1, 'Ann', null, true]],
    ['States.ArrayPartition($.list, 2)', [[3, 1], [2]]],
    ['States.ArrayContains($.list, 2)', true],
    ['States.ArrayRange(1, 9, 2)', [1, 3, 5, 7, 9]],
    ['States.ArrayRange(3, 1, -1)', [3, 2, 1]],
    ['States.ArrayGetItem($.list, 1)', 1],
    ['States.ArrayLength($.list)', 3],
    ['States.ArrayUnique(States.Array(1, 1, $.obj, $.obj))', [1, { a: 1, b: ['x', null] }]],
    ["States.Base64Decode(States.Base64Encode('grüße'))", 'grüße'],
    ["States.Hash('input data', 'SHA-1')", 'aaff4a450a104cd177d28d18d74485e8cae074b7'],
    ["States.StringSplit('This.is+a,test=string', '.+,=')", ['This', 'is', 'a', 'test', 'string']],
    ['States.MathAdd(1.5, -1)', 1],
    ['States.JsonMerge($.obj, States.StringToJson(\'{"a": 2}\'), false)', { a: 2, b: ['x', null] }],
    ['States.UUID()', '00000000-0000-4000-8000-000000000000'],
    ['States.MathRandom(10, 20)', 15],
  ])('%s', async (call, expected) => {
    expect(await valueOf(call, { name: 'Ann', obj: { a: 1, b: ['x', null] }, list: [3, 1, 2] })).toEqual(expected);
  });

  it('MathRandom with a seed always gives the same', async () => {
    expect(await valueOf('States.MathRandom(1, 1000, 7)')).toBe(await valueOf('States.MathRandom(1, 1000, 7)'));
  });

  it.each([
    "States.Hash('x', 'CRC')",
    'States.ArrayGetItem($.list, 9)',
    "States.Format('{} {}', 1)",
    'States.ArrayRange(0, 5000, 1)',
    "States.StringToJson('{')",
  ])('%s is States.IntrinsicFailure', async (call) => {
    await expect(valueOf(call, { list: [1] })).rejects.toThrow('States.IntrinsicFailure');
  });

  it.each(['States.None()', 'States.Format(', "States.Format('a' 'b')", 'hello'])(
    '%s is no function and fails the run',
    async (call) => {
      await expect(valueOf(call)).rejects.toThrow('States.Runtime');
    },
  );
});

describe('JSONata', () => {
  const output = async (template: Json, input: Json = {}) =>
    await resultOf({ S: { Type: 'Pass', Output: template, End: true } }, { input, jsonata: true });

  it.each<[string, Json]>([
    ['{% $sum($states.input.list) %}', 6],
    ['{% $states.input.list[0] %}', 3],
    ['{% $partition($states.input.list, 2) %}', [[3, 1], [2]]],
    ['{% $range(1, 5, 2) %}', [1, 3, 5]],
    ["{% $hash('input data', 'MD5') %}", '812f20d06453a2d7d5b2d2dd7c2fbd2f'],
    ['{% $parse(\'{"a": 1}\') %}', { a: 1 }],
    ['{% $random() %}', 0.5],
    ['{% $uuid() %}', '00000000-0000-4000-8000-000000000000'],
    ['{% $states.context.Execution.Name %}', 'run-1'],
    ['no {% expression %}', 'no {% expression %}'],
  ])('%s', async (expression, expected) => {
    const result = await output(expression, { list: [3, 1, 2] });
    if (!expression.includes('hash')) expect(result.output).toEqual(expected);
    else expect(result.output).toMatch(/^[0-9a-f]{32}$/);
  });

  it('says where in the template an expression gave nothing', async () => {
    const result = await output({ rows: [1, { cost: '{% $states.input.none %}' }] });
    expect(result.error).toBe('States.QueryEvaluationError');
    expect(result.cause).toBe(
      "An error occurred while executing the state 'S' (entered at the event id #2). The JSONata expression '$states.input.none' specified for the field 'Output/rows[1]/cost' returned nothing (undefined).",
    );
  });

  it.each([
    "{% $eval('1') %}",
    '{% 1 + "a" %}',
    '{% function($x){ $x } %}',
    '{% (( %}',
    '{% ($f := function($n){ 1 + $f($n) }; $f(1)) %}',
  ])('%s is States.QueryEvaluationError', async (expression) => {
    expect((await output(expression)).error).toBe('States.QueryEvaluationError');
  });

  it('an expression does not change what others see', async () => {
    const result = await resultOf(
      {
        A: { Type: 'Pass', Assign: { v: '{% ($x := 5; $x) %}' }, Next: 'B' },
        B: { Type: 'Pass', Output: { v: '{% $v %}', x: "{% $exists($x) ? 'seen' : 'hidden' %}" }, End: true },
      },
      { jsonata: true },
    );
    expect(result.output).toEqual({ v: 5, x: 'hidden' });
  });
});

describe('Choice', () => {
  const taken = async (rule: JsonObject, input: Json) =>
    (
      await resultOf(
        {
          C: { Type: 'Choice', Choices: [{ ...rule, Next: 'Yes' }], Default: 'No' },
          Yes: { Type: 'Pass', Result: true, End: true },
          No: { Type: 'Pass', Result: false, End: true },
        },
        { input },
      )
    ).output;

  it.each<[JsonObject, Json, boolean]>([
    [{ Variable: '$.v', StringMatches: 'log-*.txt' }, { v: 'log-1.txt' }, true],
    [{ Variable: '$.v', StringMatches: 'a\\*b' }, { v: 'a*b' }, true],
    [{ Variable: '$.v', StringMatches: 'a\\*b' }, { v: 'axb' }, false],
    [{ Variable: '$.v', NumericLessThan: 3 }, { v: '2' }, false],
    [{ Variable: '$.v', TimestampEquals: '2026-01-01T00:00:00Z' }, { v: '2026-01-01T01:00:00+01:00' }, true],
    [
      { Variable: '$.v', TimestampLessThanPath: '$.w' },
      { v: '2026-01-01T00:00:00.001Z', w: '2026-01-01T00:00:00.0011Z' },
      true,
    ],
    [{ Variable: '$.v', IsTimestamp: true }, { v: '2026-02-30T00:00:00Z' }, false],
    [{ Variable: '$.v', IsPresent: false }, {}, true],
    [{ And: [{ Variable: '$.v', IsNumeric: true }, { Not: { Variable: '$.v', NumericEquals: 2 } }] }, { v: 3 }, true],
    [
      {
        Or: [
          { Variable: '$.v', IsNull: true },
          { Variable: '$.v', BooleanEquals: true },
        ],
      },
      { v: null },
      true,
    ],
  ])('%j on %j is %s', async (rule, input, expected) => {
    expect(await taken(rule, input)).toBe(expected);
  });

  it('a long wildcard pattern on a long text stays quick', async () => {
    expect(await taken({ Variable: '$.v', StringMatches: '*a*a*a*a*b' }, { v: 'a'.repeat(400) })).toBe(false);
  });

  it('a missing variable fails the run', async () => {
    const result = await resultOf({
      C: { Type: 'Choice', Choices: [{ Variable: '$.v', NumericEquals: 1, Next: 'C' }], Default: 'C' },
    });
    expect(result.cause).toContain(
      "Invalid path '$.v': The choice state's condition path references an invalid value.",
    );
  });

  it('no rule and no Default is States.NoChoiceMatched', async () => {
    const result = await resultOf(
      { C: { Type: 'Choice', Choices: [{ Variable: '$.v', NumericEquals: 1, Next: 'C' }] } },
      { input: { v: 2 } },
    );
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.NoChoiceMatched' });
  });
});
