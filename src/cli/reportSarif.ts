import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import { RULES } from '../core/rules.ts';
import type { CheckedDocument } from './checkedDocument.ts';

const levels = { 1: 'error', 2: 'warning', 3: 'note', 4: 'note' } as const;

/** SARIF 2.1.0 (OASIS), as code scanning services read it. */
export function toSarif(checked: readonly CheckedDocument[]): string {
  const used = new Set(checked.flatMap(({ findings }) => findings.map(({ code }) => code)));
  const rules = RULES.filter(({ id }) => used.has(id)).map(({ id, docs }) => ({
    id,
    shortDescription: { text: docs.what },
    fullDescription: { text: docs.why },
  }));
  const results = checked.flatMap(({ path, findings }) =>
    findings.map(({ code, severity, message, range: { start, end } }) => ({
      ruleId: code,
      level: levels[severity],
      message: { text: message },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: uriOf(path) },
            region: {
              startLine: start.line + 1,
              startColumn: start.character + 1,
              endLine: end.line + 1,
              endColumn: end.character + 1,
            },
          },
        },
      ],
    })),
  );
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver: { name: 'Sluice', rules } }, columnKind: 'utf16CodeUnits', results }],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

/** Relative to the folder that the check ran in, as code scanning wants it, where the path is. */
function uriOf(path: string): string {
  if (isAbsolute(path)) return pathToFileURL(path).href;
  return path.split(/[\\/]/).map(encodeURIComponent).join('/');
}
