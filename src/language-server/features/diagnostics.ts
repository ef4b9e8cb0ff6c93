import type { Diagnostic } from 'vscode-languageserver';
import type { Finding } from '../../core/language/rules/findings.ts';

/** A finding as the Language Server Protocol shows it; related places are in the same document. */
export function toDiagnostic(finding: Finding, uri: string): Diagnostic {
  const { code, severity, message, range, related } = finding;
  return {
    source: 'sluice',
    code,
    severity,
    message,
    range,
    ...(related && {
      relatedInformation: related.map((place) => ({
        location: { uri, range: place.range },
        message: place.message,
      })),
    }),
  };
}
