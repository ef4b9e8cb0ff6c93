import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { basename, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const fixtures = 'test/architecture/fixtures/src';

interface Cruise {
  readonly summary: {
    readonly violations: readonly { readonly from: string; readonly rule: { readonly name: string } }[];
  };
}

/** `rule: file` of everything that the fixture tree breaks. */
function cruiseFixtures(): ReadonlySet<string> {
  const program = resolve(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [program, fixtures, '--config', '.dependency-cruiser.cjs', '--output-type', 'json'];
  const env = { ...process.env, SLUICE_ARCHITECTURE_ROOT: `^${fixtures}` };
  const json = execFileSync(process.execPath, args, { cwd: root, env, encoding: 'utf8', maxBuffer: 1 << 26 });
  const { violations } = (JSON.parse(json) as Cruise).summary;
  return new Set(violations.map(({ from, rule }) => `${rule.name}: ${basename(from)}`));
}

const config = createRequire(import.meta.url)(resolve(root, '.dependency-cruiser.cjs')) as {
  readonly forbidden: readonly { readonly name: string }[];
};

describe('every import rule fires on the fixture named after it', () => {
  const broken = cruiseFixtures();
  test.each(config.forbidden.map((rule) => rule.name))('%s', (name) => {
    const files = [...broken].filter((entry) => entry.startsWith(`${name}: `) && entry.endsWith(`${name}.ts`));
    expect(files).toHaveLength(1);
  });

  test('a file that breaks nothing is not reported', () => {
    expect([...broken].filter((entry) => entry.endsWith(': fine.ts'))).toEqual([]);
  });
});
