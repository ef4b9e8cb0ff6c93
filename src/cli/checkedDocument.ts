import type { Finding } from '../core/language/rules/findings.ts';

/** A document that was checked. */
export interface CheckedDocument {
  readonly path: string;
  readonly text: string;
  readonly findings: readonly Finding[];
}

export interface Summary {
  readonly documents: number;
  readonly errors: number;
  readonly warnings: number;
}

export const severityWords = { 1: 'error', 2: 'warning', 3: 'info', 4: 'hint' } as const;

export function summarize(checked: readonly CheckedDocument[]): Summary {
  const count = (severity: Finding['severity']): number =>
    checked.reduce((sum, { findings }) => sum + findings.filter((finding) => finding.severity === severity).length, 0);
  return { documents: checked.length, errors: count(1), warnings: count(2) };
}
