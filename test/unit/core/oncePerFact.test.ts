import { describe, expect, it } from 'vitest';
import { oncePerFact } from '../../../src/core/existence/oncePerFact.ts';
import type { Finding } from '../../../src/core/language/rules/findings.ts';

function finding(code: string, line: number, from: number, to: number): Finding {
  const range = { start: { line, character: from }, end: { line, character: to } };
  return { code, severity: 2, message: code, range };
}

const codes = (...findings: readonly Finding[]): readonly string[] => oncePerFact(findings).map(({ code }) => code);

describe('findings of several sets of rules', () => {
  it('say once that an argument is misspelt, by the script before the deployed job', () => {
    const deployed = finding('sluice/deployed-arguments', 4, 10, 20);
    expect(codes(deployed, finding('glue/misspelt-option', 4, 11, 19))).toEqual(['glue/misspelt-option']);
    expect(codes(deployed, finding('glue/misspelt-option', 5, 11, 19))).toHaveLength(2);
    expect(codes(deployed, finding('glue/misspelt-option', 4, 20, 29))).toHaveLength(2);
    expect(codes(deployed, finding('glue/worker-pair', 4, 11, 19))).toHaveLength(2);
  });

  it('say once that a name is nowhere: with its slip, else by the account before the workspace', () => {
    const missing = finding('sluice/not-found', 1, 0, 9);
    expect(codes(missing, finding('glue/misspelt-name', 1, 0, 9))).toEqual(['glue/misspelt-name']);
    expect(codes(missing, finding('glue/undefined-name', 1, 0, 9))).toEqual(['sluice/not-found']);
    expect(codes(finding('glue/undefined-name', 1, 0, 9))).toEqual(['glue/undefined-name']);
  });
});
