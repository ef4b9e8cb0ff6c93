import type { Finding } from '../language/rules/findings.ts';

/** Rules that are silent where one of others speaks of the same place: what the files say counts before what the account has. */
const SILENT_BESIDE: Readonly<Record<string, readonly string[]>> = {
  'sluice/deployed-arguments': [
    'glue/misspelt-option',
    'glue/abbreviated-argument',
    'glue/misspelt-argument',
    'glue/argument-name',
    'glue/reserved-argument',
  ],
  'sluice/role-trust': ['glue/role-trust'],
  'sluice/not-found': ['glue/misspelt-name'],
  'glue/undefined-name': ['sluice/not-found'],
};

/** Findings of all rules over one document, each fact once, in the same order. */
export function oncePerFact(findings: readonly Finding[]): readonly Finding[] {
  const isSilent = ({ code, range }: Finding): boolean => {
    const louder = SILENT_BESIDE[code];
    return louder !== undefined && findings.some((one) => louder.includes(one.code) && overlap(one.range, range));
  };
  return findings.some(({ code }) => Object.hasOwn(SILENT_BESIDE, code))
    ? findings.filter((finding) => !isSilent(finding))
    : findings;
}

type Range = Finding['range'];

function overlap(a: Range, b: Range): boolean {
  return isBefore(a.start, b.end) && isBefore(b.start, a.end);
}

function isBefore(a: Range['start'], b: Range['start']): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
