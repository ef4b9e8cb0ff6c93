import type { SyntaxNode } from '@lezer/common';
import { parser } from '@lezer/python';

/** A test function, or a class with tests, as it stands in a file. */
export interface FoundTest {
  readonly name: string;
  /** From its `def` or `class` to its end; both count from 1. */
  readonly firstLine: number;
  readonly lastLine: number;
  /** Of a class. */
  readonly tests: readonly FoundTest[];
}

/**
 * The tests of a file by pytest's own rules: functions `test…`, those of classes `Test…`, and those of unittest's classes.
 * What a program makes up only as it runs (parameters, inherited tests) is not among them. Never throws.
 * https://docs.pytest.org/en/stable/explanation/goodpractices.html#test-discovery
 */
export function findTests(text: string): readonly FoundTest[] {
  const lines = lineStarts(text);
  const lineAt = (offset: number): number => {
    let [low, high] = [0, lines.length];
    while (low + 1 < high) {
      const middle = (low + high) >> 1;
      if ((lines[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
  try {
    return testsOf(parser.parse(text).topNode, { text, lineAt });
  } catch (error) {
    // Thousands of nested brackets end the stack of the parser's reader.
    if (error instanceof RangeError) return [];
    throw error;
  }
}

interface Scope {
  readonly text: string;
  readonly lineAt: (offset: number) => number;
}

function testsOf(body: SyntaxNode, scope: Scope): readonly FoundTest[] {
  const found = new Map<string, FoundTest>();
  for (let child = body.firstChild; child; child = child.nextSibling) {
    const node = child.name === 'DecoratedStatement' ? (child.lastChild ?? child) : child;
    const test = toTest(node, scope);
    // Of two with one name Python keeps the later.
    if (test) found.set(test.name, test);
  }
  return [...found.values()];
}

function toTest(node: SyntaxNode, scope: Scope): FoundTest | undefined {
  const { text, lineAt } = scope;
  const named = node.getChild('VariableName');
  if (!named) return undefined;
  const name = text.slice(named.from, named.to);
  const end = node.from + text.slice(node.from, node.to).trimEnd().length;
  const lines = { firstLine: lineAt(named.from), lastLine: lineAt(Math.max(node.from, end - 1)) };
  if (node.name === 'FunctionDefinition') return name.startsWith('test') ? { name, ...lines, tests: [] } : undefined;
  if (node.name !== 'ClassDefinition') return undefined;
  const bases = node.getChild('ArgList');
  const isUnittest = bases !== null && /TestCase\b/.test(text.slice(bases.from, bases.to));
  const body = node.getChild('Body');
  if (!body || !(isUnittest || name.startsWith('Test'))) return undefined;
  const tests = testsOf(body, scope);
  return tests.length === 0 ? undefined : { name, ...lines, tests };
}

function lineStarts(text: string): readonly number[] {
  return [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
}

/**
 * Modules that a file imports, as paths that may follow any folder: `from jobs.orders import clean` gives `jobs/orders.py`
 * and `jobs/orders/clean.py`.
 */
export function importedFiles(text: string): readonly string[] {
  const files = new Set<string>();
  for (const [, from, names = '', plain] of text.matchAll(
    /^\s*(?:from\s+([\w.]+)\s+import\s+(\([^)]*\)|[^\n#]*)|import\s+([^\n#]+))/gm,
  )) {
    for (const module of (plain ?? from ?? '').split(',')) {
      const path = module.trim().split(/\s/, 1)[0]?.replace(/^\.+/, '').replaceAll('.', '/') ?? '';
      if (path !== '') files.add(`${path}.py`);
      for (const name of names.replace(/[()\\]/g, ' ').split(',')) {
        const [word = ''] = name.trim().split(/\s/, 1);
        if (/^\w+$/.test(word)) files.add(`${path === '' ? '' : `${path}/`}${word}.py`);
      }
    }
  }
  return [...files];
}
