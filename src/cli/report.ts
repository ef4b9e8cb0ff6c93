import type { Format } from './arguments.ts';
import { severityWords, summarize, type CheckedDocument } from './checkedDocument.ts';
import { toGitHub } from './reportGitHub.ts';
import { toSarif } from './reportSarif.ts';
import { toText } from './reportText.ts';

/** The whole report, ending in a newline where it is not empty. Hints are for editors: reports leave them out. */
export function report(checked: readonly CheckedDocument[], format: Format): string {
  const shown = checked.map((document) => ({
    ...document,
    findings: document.findings.filter(({ severity }) => severity < 4),
  }));
  switch (format) {
    case 'text':
      return toText(shown, summarize(checked));
    case 'json':
      return `${JSON.stringify(
        shown.flatMap(({ path, findings }) =>
          findings.map(({ code, severity, message, range }) => ({
            path,
            code,
            severity: severityWords[severity],
            message,
            range,
          })),
        ),
        undefined,
        2,
      )}\n`;
    case 'sarif':
      return toSarif(shown);
    case 'github':
      return toGitHub(shown);
  }
}
