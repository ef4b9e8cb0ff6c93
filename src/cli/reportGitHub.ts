import type { CheckedDocument } from './checkedDocument.ts';

const commands = { 1: 'error', 2: 'warning', 3: 'notice', 4: 'notice' } as const;

/** Workflow commands of GitHub Actions, which show each finding at its line of the pull request. */
export function toGitHub(checked: readonly CheckedDocument[]): string {
  return checked
    .flatMap(({ path, findings }) =>
      findings.map(({ code, severity, message, range: { start, end } }) => {
        const place = [
          `file=${escapeProperty(path)}`,
          `line=${start.line + 1}`,
          `endLine=${end.line + 1}`,
          `col=${start.character + 1}`,
          `title=${escapeProperty(code)}`,
        ].join(',');
        return `::${commands[severity]} ${place}::${escapeData(message)}\n`;
      }),
    )
    .join('');
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
