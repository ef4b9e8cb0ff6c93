import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { codeToRule } from '../../../../src/core/rules.ts';
import { validate } from '../../../../src/core/validate.ts';

/** Configs with what is wrong with them; kept beside the repository where there are any. */
const CORPUS = resolve(import.meta.dirname, '../../../../../shared/corpus/glue');
/** Faults that cannot be seen: in what follows a quote that YAML never closes, and of a job without a command. */
const UNSEEN =
  /quickstart-aws-utility-meter-data-analytics-platform__templates__redshift.*: GLUE014|aws_glue_job_2\.tf: GLUE013/;

interface Row {
  readonly file: string;
  readonly expected: readonly string[];
  readonly tolerated: readonly string[];
  readonly found: ReadonlyMap<string, number>;
}

function readCorpus(part: string): Row[] {
  const [head = '', ...lines] = readFileSync(join(CORPUS, part, 'manifest.tsv'), 'utf8')
    .trimEnd()
    .split('\n');
  const columns = head.split('\t');
  const list = (text = ''): string[] => text.split(',').filter(Boolean);
  return lines
    .map((line) => Object.fromEntries(line.split('\t').map((value, index) => [columns[index] ?? '', value])))
    .map(({ file = '', ...row }) => {
      const text = readFileSync(join(CORPUS, part, file), 'utf8');
      const found = new Map<string, number>();
      for (const { code, severity } of validate(text, { fileName: `${part}/${file}` })) {
        // What the catalogue has no rule for, no verdict is about.
        for (const rule of codeToRule[code] ?? []) found.set(rule, Math.min(severity, found.get(rule) ?? 4));
      }
      const expected = [...list(row['expected_errors']), ...list(row['expected_warnings'])];
      return { file, expected, tolerated: list(row['tolerated']), found };
    });
}

describe.runIf(existsSync(CORPUS))('configs with known faults', () => {
  const rows = existsSync(CORPUS) ? [...readCorpus('real'), ...readCorpus('made')] : [];

  it('shows each of them', () => {
    const missed = rows.flatMap(({ file, expected, found }) =>
      expected.filter((rule) => !found.has(rule)).map((rule) => `${file}: ${rule}`),
    );
    expect(missed.filter((one) => !UNSEEN.test(one))).toEqual([]);
  });

  it('shows no errors or warnings besides', () => {
    const alarms = rows.flatMap(({ file, expected, tolerated, found }) =>
      [...found].flatMap(([rule, severity]) => {
        const isTolerated = tolerated.includes(rule) || (tolerated.includes(`${rule}:W`) && severity > 1);
        return severity > 2 || expected.includes(rule) || isTolerated ? [] : `${file}: ${rule}`;
      }),
    );
    expect(alarms).toEqual([]);
  });
});
