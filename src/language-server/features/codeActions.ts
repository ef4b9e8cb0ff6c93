import {
  CodeActionKind,
  type CodeAction,
  type CodeActionParams,
  type Range,
  type TextEdit,
} from 'vscode-languageserver';
import type { Finding } from '../../core/language/rules/findings.ts';
import { toTextChanges } from '../../core/language/write.ts';
import type { Fix } from '../../core/language/rules/rule.ts';
import type { CheckedText } from '../documents.ts';
import { toDiagnostic } from './diagnostics.ts';

/** Quick fixes of the findings in the range, and "fix all" for those that are safe. */
export function codeActions(
  document: CheckedText,
  { textDocument: { uri }, range, context }: CodeActionParams,
): CodeAction[] {
  const wants = (kind: CodeActionKind): boolean =>
    context.only === undefined || context.only.some((only) => kind === only || kind.startsWith(`${only}.`));
  const findings = document.findings();
  const actions: CodeAction[] = [];
  if (wants(CodeActionKind.QuickFix)) {
    for (const finding of findings) {
      if (!overlaps(finding.range, range)) continue;
      for (const [index, fix] of (finding.fixes ?? []).entries()) {
        actions.push({
          title: fix.title,
          kind: CodeActionKind.QuickFix,
          diagnostics: [toDiagnostic(finding, uri)],
          isPreferred: index === 0,
          edit: { changes: { [uri]: textEdits(document, [fix]) } },
        });
      }
    }
  }
  const safe = safeFixes(findings);
  if (safe.length > 0 && wants(CodeActionKind.SourceFixAll)) {
    actions.push({
      title: 'Fix all that is safe to fix',
      kind: CodeActionKind.SourceFixAll,
      edit: { changes: { [uri]: compatibleEdits(document, safe) } },
    });
  }
  return actions;
}

function safeFixes(findings: readonly Finding[]): readonly Fix[] {
  return findings.flatMap(({ fixes }) => fixes?.find(({ isSafe }) => isSafe) ?? []);
}

function textEdits({ lines, tree }: CheckedText, fixes: readonly Fix[]): TextEdit[] {
  return fixes.flatMap(({ edits }) =>
    toTextChanges(edits, tree).map(({ offset, length, text }) => ({
      range: lines.rangeOf(offset, offset + length),
      newText: text,
    })),
  );
}

/** Of fixes whose edits touch, the first one whole: the next "fix all" gets the others. */
function compatibleEdits(document: CheckedText, fixes: readonly Fix[]): TextEdit[] {
  const kept: TextEdit[] = [];
  for (const fix of fixes) {
    const edits = textEdits(document, [fix]);
    if (!edits.some((edit) => kept.some((other) => overlaps(edit.range, other.range)))) kept.push(...edits);
  }
  return kept;
}

function overlaps(a: Range, b: Range): boolean {
  return compare(a.start, b.end) <= 0 && compare(b.start, a.end) <= 0;
}

function compare(a: Range['start'], b: Range['start']): number {
  return a.line - b.line || a.character - b.character;
}
