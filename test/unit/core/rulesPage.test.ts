import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RULES } from '../../../src/core/rules.ts';
import { rulesPage } from '../../../src/core/rulesPage.ts';

describe('the table of rules', () => {
  it('is what docs/rules.md says (node scripts/generateRulesDocs.mjs writes it)', () => {
    const page = readFileSync(resolve(import.meta.dirname, '../../../docs/rules.md'), 'utf8');
    expect(page).toBe(rulesPage());
  });

  it('has each id once, readable, with all of its documentation', () => {
    expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
    for (const { id, docs, sources } of RULES) {
      expect(id).toMatch(/^(?:asl|glue|sluice)\/[a-z][a-z-]+$/);
      if (id.startsWith('asl/')) expect(sources.length, id).toBeGreaterThan(0);
      for (const [name, text] of Object.entries(docs)) expect(text, `${id} ${name}`).not.toBe('');
    }
  });
});
