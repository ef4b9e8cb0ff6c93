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

/** Whether the editor asks for actions of this kind. */
export function wantsOf({ context: { only } }: CodeActionParams): (kind: CodeActionKind) => boolean {
  return (kind) => only === undefined || only.some((one) => kind === one || kind.startsWith(`${one}.`));
}

/** Quick fixes of the findings in the range, and "fix all" for those that are safe. */
export function codeActions(texts: readonly CheckedText[], params: CodeActionParams): CodeAction[] {
  const {
    textDocument: { uri },
    range,
  } = params;
  const wants = wantsOf(params);
  const wantsFixes = wants(CodeActionKind.QuickFix);
  const wantsAll = wants(CodeActionKind.SourceFixAll);
  const actions: CodeAction[] = [];
  const all: TextEdit[] = [];
  for (const text of texts) {
    const findings = text.findings();
    if (wantsFixes) actions.push(...quickFixes(text, findings, { uri, range }));
    if (wantsAll) all.push(...compatibleEdits(text, safeFixes(findings)));
  }
  if (all.length > 0) {
    actions.push({
      title: 'Fix all that is safe to fix',
      kind: CodeActionKind.SourceFixAll,
      edit: { changes: { [uri]: all } },
    });
  }
  return actions;
}

function quickFixes(
  text: CheckedText,
  findings: readonly Finding[],
  { uri, range }: { readonly uri: string; readonly range: Range },
): CodeAction[] {
  return findings
    .filter((finding) => overlaps(finding.range, range))
    .flatMap((finding) =>
      (finding.fixes ?? []).flatMap((fix, index): CodeAction[] => {
        const edits = textEdits(text, [fix]);
        // Some texts in texts cannot be edited from outside: pieces that a program joins.
        if (edits.length === 0) return [];
        return [
          {
            title: fix.title,
            kind: CodeActionKind.QuickFix,
            diagnostics: [toDiagnostic(finding, uri)],
            isPreferred: index === 0,
            edit: { changes: { [uri]: edits } },
          },
        ];
      }),
    );
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
function compatibleEdits(text: CheckedText, fixes: readonly Fix[]): TextEdit[] {
  const kept: TextEdit[] = [];
  for (const fix of fixes) {
    const edits = textEdits(text, [fix]);
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
