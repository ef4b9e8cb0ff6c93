import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { parseInvocation } from '../../../src/cli/arguments.ts';
import { check } from '../../../src/cli/check.ts';

const root = resolve(import.meta.dirname, '../../fixtures/workspaces');

interface Expected {
  readonly code: string;
  readonly file: string;
  readonly line: number;
  readonly severity: string;
}

interface Reported {
  readonly path: string;
  readonly code: string;
  readonly severity: string;
  readonly range: { readonly start: { readonly line: number } };
}

async function findingsIn(folder: string): Promise<Expected[]> {
  const invocation = parseInvocation(['check', folder, '--format', 'json']);
  if (invocation.kind !== 'check') throw new Error('no check');
  let output = '';
  await check(invocation.options, {
    input: Readable.from(['']),
    output: (text) => (output += text),
    errors: (text) => {
      throw new Error(text);
    },
  });
  return (JSON.parse(output) as Reported[]).map(({ path, code, severity, range }) => ({
    code,
    file: relative(folder, path),
    line: range.start.line + 1,
    severity,
  }));
}

const key = ({ code, file, line, severity }: Expected): string => `${file}:${line} ${severity} ${code}`;

describe('the reference workspaces', () => {
  it.each(readdirSync(root))('%s has the findings that it is made for, and no other', async (name) => {
    const folder = join(root, name);
    const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Expected[];
    // Reports leave hints out.
    const shown = expected.filter(({ severity }) => severity !== 'hint');
    expect((await findingsIn(folder)).map(key).sort()).toEqual(shown.map(key).sort());
  });
});
