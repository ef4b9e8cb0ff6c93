import { SEVERITIES, type SeveritySetting } from '../core/language/rules/severity.ts';
import type { DocumentSettings } from './documents.ts';

/** The section `sluice` of the editor's settings; what is of no use in it is left out. */
export function readSettings(section: unknown): DocumentSettings {
  const rules = isRecord(section) ? section['rules'] : undefined;
  const severities: Record<string, SeveritySetting> = {};
  for (const [rule, value] of Object.entries(isRecord(rules) ? rules : {})) {
    if (isSeveritySetting(value)) severities[rule] = value;
  }
  const stage = isRecord(section) ? section['stage'] : undefined;
  return { severities, ...(typeof stage === 'string' && stage !== '' && { stage }) };
}

function isSeveritySetting(value: unknown): value is SeveritySetting {
  return value === 'off' || SEVERITIES.some((severity) => severity === value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
