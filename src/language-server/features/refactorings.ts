import { CodeActionKind, type CodeAction, type CodeActionParams, type TextEdit } from 'vscode-languageserver';
import type { AslDefinition } from '../../core/asl/index.ts';
import { Inexact } from '../../core/asl/refactor/inexact.ts';
import { inOtherFormat, nameInOtherFormat } from '../../core/asl/refactor/otherFormat.ts';
import { refactoringsAt } from '../../core/asl/refactor/refactorings.ts';
import { toTextChanges } from '../../core/language/write.ts';

/** Rewritings of the state at the start of the range; those that cannot be done say why. */
export function refactorings(
  definition: AslDefinition,
  { textDocument: { uri }, range }: CodeActionParams,
  wants: (kind: CodeActionKind) => boolean,
): CodeAction[] {
  const { lines, tree } = definition;
  return refactoringsAt(definition, lines.offsetAt(range.start)).flatMap(
    ({ kind: what, title, result }): CodeAction[] => {
      const kind = what === 'fix' ? CodeActionKind.QuickFix : CodeActionKind.RefactorRewrite;
      if (!wants(kind)) return [];
      if ('refused' in result) return what === 'fix' ? [] : [{ title, kind, disabled: { reason: result.refused } }];
      const edits = toTextChanges(result.edits, tree).map(({ offset, length, text }): TextEdit => ({
        range: lines.rangeOf(offset, offset + length),
        newText: text,
      }));
      if (edits.length > 0) return [{ title, kind, edit: { changes: { [uri]: edits } } }];
      const reason = 'The text is put together by the program around it.';
      return what === 'fix' ? [] : [{ title, kind, disabled: { reason } }];
    },
  );
}

/** Makes a definition file JSON or YAML, whichever it is not, under the name that goes with it. */
export function convertFile({ tree, lines, text }: AslDefinition, uri: string): CodeAction[] {
  const kind = CodeActionKind.RefactorRewrite;
  const name = tree.format === 'json' ? 'YAML' : 'JSON';
  try {
    const other = inOtherFormat(tree);
    const slash = uri.lastIndexOf('/') + 1;
    const newUri = uri.slice(0, slash) + nameInOtherFormat(uri.slice(slash), other.format);
    const replaced: TextEdit = { range: lines.rangeOf(0, text.length), newText: other.text };
    return [
      {
        title: `Convert the file to ${name}${other.losesComments ? ' (its comments are lost)' : ''}`,
        kind,
        edit: {
          documentChanges: [
            { kind: 'rename', oldUri: uri, newUri, options: { overwrite: false } },
            { textDocument: { uri: newUri, version: null }, edits: [replaced] },
          ],
        },
      },
    ];
  } catch (error) {
    if (!(error instanceof Inexact)) throw error;
    return [{ title: `Convert the file to ${name}`, kind, disabled: { reason: error.message } }];
  }
}
