import {
  CompletionItemKind,
  InsertTextFormat,
  MarkupKind,
  type CompletionItem,
  type Hover,
} from 'vscode-languageserver';
import { completeAt, type Completion } from '../../core/asl/complete.ts';
import { hoverAt } from '../../core/asl/hover.ts';
import type { AslDocument } from '../../core/asl/index.ts';
import type { Position } from '../../core/language/lineIndex.ts';

const kinds: Readonly<Record<Completion['kind'], CompletionItemKind>> = {
  field: CompletionItemKind.Property,
  state: CompletionItemKind.Reference,
  word: CompletionItemKind.EnumMember,
  error: CompletionItemKind.Constant,
};

export function completions({ machine, tree, lines, text }: AslDocument, position: Position): CompletionItem[] {
  if (!machine) return [];
  return completeAt(machine, tree, lines.offsetAt(position)).map((completion, index) => {
    const { label, kind, detail, documentation, insert, isSnippet, start, end } = completion;
    return {
      label,
      kind: kinds[kind],
      ...(detail && { detail }),
      ...(documentation && { documentation: { kind: MarkupKind.Markdown, value: documentation } }),
      // The editor compares with what it would replace, quotes included.
      filterText: text[start] === '"' ? `"${label}"` : label,
      sortText: String(index).padStart(4, '0'),
      insertTextFormat: isSnippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
      textEdit: { range: lines.rangeOf(start, end), newText: insert },
    };
  });
}

export function hover({ machine, lines }: AslDocument, position: Position): Hover | undefined {
  const found = machine && hoverAt(machine, lines.offsetAt(position));
  return (
    found && {
      contents: { kind: MarkupKind.Markdown, value: found.markdown },
      range: lines.rangeOf(found.start, found.end),
    }
  );
}
