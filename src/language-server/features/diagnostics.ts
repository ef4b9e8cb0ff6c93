import type { Diagnostic } from 'vscode-languageserver';
import type { Finding } from '../../core/language/rules/findings.ts';

/** A finding as the Language Server Protocol shows it; `uriOf` gives the address of another file of the workspace. */
export function toDiagnostic(finding: Finding, uri: string, uriOf?: (path: string) => string): Diagnostic {
  const { code, severity, message, range, related } = finding;
  return {
    source: 'sluice',
    code,
    severity,
    message,
    range,
    ...(related && {
      relatedInformation: related.map((place) => ({
        location: { uri: place.path === undefined ? uri : (uriOf?.(place.path) ?? uri), range: place.range },
        message: place.message,
      })),
    }),
  };
}
