import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { codeToRule, validate, type Finding } from '../../../../src/core/asl/index.ts';

/** Definitions with the verdict of AWS or of the specification; kept beside the repository where there is one. */
const CORPUS = resolve(import.meta.dirname, '../../../../../shared/corpus/asl');

interface Document {
  readonly file: string;
  readonly format: string;
  readonly expected: string;
  readonly origin: string;
  readonly rule: string;
  readonly findings: readonly Finding[];
}

function readCorpus(): Document[] {
  const [head = '', ...lines] = readFileSync(join(CORPUS, 'manifest.tsv'), 'utf8').trimEnd().split('\n');
  const columns = head.split('\t');
  return lines.map((line) => {
    const values = line.split('\t');
    const row = Object.fromEntries(columns.map((name, index) => [name, values[index] ?? '']));
    const { file = '', format = '', expected = '', origin = '', rule = '' } = row;
    const isYaml = format === 'yaml';
    const options = { fileName: isYaml ? 'm.asl.yaml' : 'm.asl.json', languageId: isYaml ? 'asl-yaml' : 'asl' };
    return {
      file,
      format,
      expected,
      origin,
      rule,
      findings: validate(readFileSync(join(CORPUS, file), 'utf8'), options),
    };
  });
}

const errors = ({ findings }: Document) => findings.filter(({ severity }) => severity === 1);

describe.runIf(existsSync(CORPUS))('definitions with known verdicts', () => {
  const documents = existsSync(CORPUS) ? readCorpus() : [];
  const valid = documents.filter(({ expected }) => expected === 'valid');
  const invalid = documents.filter(({ expected }) => expected === 'invalid');

  it('finds an error in each that is invalid', () => {
    expect(invalid.filter((document) => errors(document).length === 0).map(({ file }) => file)).toEqual([]);
  });

  it('finds none in those that are valid, templates included', () => {
    const wrong = valid.filter((document) => errors(document).length > 0);
    expect(wrong.map((document) => `${document.file}: ${errors(document)[0]?.message ?? ''}`)).toEqual([]);
  });

  it('names the rule that each was made for', () => {
    const made = invalid.filter(({ rule }) => rule !== '');
    const hit = made.filter((document) =>
      errors(document).some(({ code }) => codeToRule[code]?.includes(document.rule)),
    );
    expect(hit.length / made.length).toBeGreaterThan(0.97);
  });

  it('warns of what is accepted less than once in five documents, and no rule in more than one of fifty', () => {
    const warnings = valid.map(({ findings }) => findings.filter(({ severity }) => severity === 2));
    expect(warnings.flat().length / valid.length).toBeLessThan(0.2);
    const perRule = new Map<string, number>();
    for (const list of warnings) {
      for (const code of new Set(list.map((finding) => finding.code))) perRule.set(code, (perRule.get(code) ?? 0) + 1);
    }
    const often = [...perRule].filter(([, count]) => count > valid.length / 50);
    expect(often).toEqual([]);
  });
});
