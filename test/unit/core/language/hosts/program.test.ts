import { describe, expect, it } from 'vitest';
import { readProgram } from '../../../../../src/core/language/hosts/program/program.ts';
import { callOf } from '../../../../../src/core/language/hosts/program/reader.ts';
import { plain, sourceOf, unitsOf } from './outline.ts';

const python = (text: string) => readProgram(text, { languageId: 'python' });
const typescript = (text: string) => readProgram(text, { languageId: 'typescript' });

describe('Python', () => {
  it('reads dictionaries with everything that is no literal as unknown', () => {
    const text = `
d = {"a": 1, 'b': [True, None, -2.5], "c": name, "d": f(x), "e": "A" if x else "B", **base,
     KEY: ("x" "y"), "f": {k: v for k in y}, "n": 1_000}
`;
    expect(python(text).objects.map(plain)).toEqual([
      {
        a: 1,
        b: [true, null, -2.5],
        c: '?',
        d: '?f',
        e: '?',
        '${KEY}': 'xy',
        f: '?',
        n: 1000,
        '…': true,
      },
    ]);
  });

  it('knows where each unit of a string stands: escapes, prefixes, joined pieces, what is put in', () => {
    const text = `d = {"a": "x\\n\\u00e9\\"y", "b": r"a\\d", "c": "one" 'two', "d": f"a{{{region!r}}}", "e": """l1\nl2""", "f": "a" + b}`;
    const [object] = python(text).objects;
    const value = (name: string) => object?.get(name);
    expect(plain(object)).toEqual({
      a: 'x\né"y',
      b: 'a\\d',
      c: 'onetwo',
      d: 'a{${region}}',
      e: 'l1\nl2',
      f: 'a${b}',
    });
    expect(unitsOf(text, value('a'))).toEqual(['x', '\\n', '\\u00e9', '\\"', 'y']);
    expect(unitsOf(text, value('b'))).toEqual(['a', '\\', 'd']);
    expect(unitsOf(text, value('c'))).toEqual(['o', 'n', 'e', 't', 'w', 'o']);
    expect(unitsOf(text, value('d')).slice(0, 2)).toEqual(['a', '{{']);
    expect(unitsOf(text, value('e'))).toEqual(['l', '1', '\n', 'l', '2']);
    expect(sourceOf(text, value('c'))).toBe(`"one" 'two'`);
  });

  it('finds calls with positional and keyword arguments, as values as well', () => {
    const text = `
job = aws.glue.Job("etl", glue_version="4.0",
    command=aws.glue.JobCommandArgs(script_location=f"s3://{bucket}/x.py"), default_arguments={"--a": "1"}, **more)
client.start(1)
`;
    const { calls, objects } = python(text);
    expect(calls.map(({ callee }) => callee)).toEqual(['aws.glue.Job', 'aws.glue.JobCommandArgs', 'client.start']);
    const [job] = calls;
    expect(job?.positional.map(plain)).toEqual(['etl']);
    expect(plain(job?.keywords)).toEqual({
      glue_version: '4.0',
      command: '?aws.glue.JobCommandArgs',
      default_arguments: { '--a': '1' },
      '…': true,
    });
    const command = job?.keywords.get('command');
    expect(plain(command && callOf(command)?.keywords)).toEqual({ script_location: 's3://${bucket}/x.py' });
    expect(sourceOf(text, command && callOf(command)?.keywords.get('script_location'))).toBe('f"s3://{bucket}/x.py"');
    expect(sourceOf(text, job?.keywords.property('glue_version')?.key)).toBe('glue_version');
    expect(objects.map(plain)).toEqual([{ '--a': '1' }]);
  });

  it('finds literals in arguments, branches, comprehensions and nested functions', () => {
    const text = `
def build():
    return json.dumps({"a": 1}) if x else [{"b": 2} for _ in y]
class A:
    d = {"c": lambda: {"d": 3}}
`;
    expect(python(text).objects.map(plain)).toEqual([{ a: 1 }, { b: 2 }, { d: 3 }, { c: '?' }]);
  });

  it('reads on after half-typed text', () => {
    const text = 'd = {"a": {"Type": "Pass", "Next": }, "b": , "c": 1\nx = g(y=)\n';
    expect(plain(python(text).objects[0])).toMatchObject({ a: { Type: 'Pass' } });
    expect(() => python('{'.repeat(5000))).not.toThrow();
    expect(() => python(`x = ${'f('.repeat(5000)}`)).not.toThrow();
  });

  it('tells texts of another language', () => {
    const { texts } = python('a = """{"StartAt": "A"}"""\nb = "short"\nf(c=\'{"x": 1}\')');
    expect(texts.map(({ value }) => value)).toEqual(['{"StartAt": "A"}', '{"x": 1}']);
  });
});

describe('TypeScript', () => {
  it('reads objects with everything that is no literal as unknown', () => {
    const text = `
const d = { a: 1, "b": \`t\${x.arn}u\`, ...base, [k]: 2, short, m() {}, n: null, t: true, neg: -3,
  arr: [1, ...y], q: x as string, w: { a: 1 } as const, s: 'it\\'s', sum: "a" + b } satisfies X;
`;
    expect(typescript(text).objects.map(plain)).toEqual([
      {
        a: 1,
        b: 't${x.arn}u',
        '${k}': 2,
        short: '?',
        m: '?',
        n: null,
        t: true,
        neg: -3,
        arr: [1, '?'],
        q: '?',
        w: { a: 1 },
        s: "it's",
        sum: 'a${b}',
        '…': true,
      },
    ]);
    const [object] = typescript(text).objects;
    expect(unitsOf(text, object?.get('s'))).toEqual(['i', 't', "\\'", 's']);
    expect(sourceOf(text, object?.property('a')?.key)).toBe('a');
  });

  it('finds calls and constructors', () => {
    const text = `
new glue.CfnJob(this, 'x', { command: { name: 'glueetl' } });
const s = JSON.stringify({ StartAt: 'A' });
foo<string>({ a: 1 })(() => { bar?.baz({ b: 2 }); });
`;
    const { calls, objects } = typescript(text);
    expect(calls.map(({ callee }) => callee)).toEqual(['glue.CfnJob', 'JSON.stringify', '', 'foo', 'bar.baz']);
    expect(calls[0]?.positional.map(plain)).toEqual(['?', 'x', { command: { name: 'glueetl' } }]);
    expect(objects.map(plain)).toEqual([{ command: { name: 'glueetl' } }, { StartAt: 'A' }, { a: 1 }, { b: 2 }]);
    expect(sourceOf(text, objects[1])).toBe("{ StartAt: 'A' }");
  });

  it('reads on after half-typed text', () => {
    const text = 'const d = { a: { Type: "Pass", Next:  }, b: 1';
    expect(plain(typescript(text).objects[0])).toMatchObject({ a: { Type: 'Pass' } });
    expect(() => typescript('[{a:'.repeat(4000))).not.toThrow();
  });
});
