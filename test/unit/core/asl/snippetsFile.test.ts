import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { snippetsFile } from '../../../../src/core/asl/snippetsFile.ts';

const folder = resolve(import.meta.dirname, '../../../../snippets');

describe('the contributed snippets', () => {
  it('are what the table of whole states says (node scripts/generateSnippets.mjs writes them)', () => {
    expect(readFileSync(resolve(folder, 'asl.json'), 'utf8')).toBe(snippetsFile('json'));
    expect(readFileSync(resolve(folder, 'asl-yaml.json'), 'utf8')).toBe(snippetsFile('yaml'));
  });

  it('have a prefix each', () => {
    const entries = Object.values(JSON.parse(snippetsFile('json')) as Record<string, { readonly prefix: string }>);
    expect(new Set(entries.map(({ prefix }) => prefix)).size).toBe(entries.length);
  });
});
