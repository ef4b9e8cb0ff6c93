import {
  CompletionItemKind,
  InsertTextFormat,
  MarkupKind,
  type CompletionItem,
  type CompletionList,
  type Hover,
} from 'vscode-languageserver';
import { completeDocument, type Completion, type NamesOf } from '../../core/asl/complete.ts';
import { hoverAt } from '../../core/asl/hover.ts';
import { namesAtOnce } from '../../core/existence/assistance.ts';
import type { AslDefinition } from '../../core/asl/index.ts';
import { completeGlue, hoverGlue, type FieldNamesOf, type GlueDocument } from '../../core/glue/index.ts';
import type { Position } from '../../core/language/lineIndex.ts';

const kinds: Readonly<Record<Completion['kind'], CompletionItemKind>> = {
  field: CompletionItemKind.Property,
  state: CompletionItemKind.Reference,
  word: CompletionItemKind.EnumMember,
  error: CompletionItemKind.Constant,
  resource: CompletionItemKind.Module,
  parameter: CompletionItemKind.Property,
  variable: CompletionItemKind.Variable,
  function: CompletionItemKind.Function,
  member: CompletionItemKind.Field,
  snippet: CompletionItemKind.Snippet,
};

/** Whatever opens a string, a step of a path or an argument; VS Code suggests nothing inside strings by itself. */
export const completionTriggers = ['"', "'", '.', ':', '$', '%', '(', '/'];

export function completions(document: AslDefinition, position: Position, namesOf?: NamesOf): CompletionList {
  const { lines, text } = document;
  const found = completeDocument(document, lines.offsetAt(position), namesOf);
  return {
    // Actions of the AWS SDK, and names of an account, are looked for by what is typed.
    isIncomplete: found.some(({ kind }) => kind === 'resource') || found.length >= namesAtOnce,
    items: found.map((completion, index) => toItem(completion, index, { lines, text })),
  };
}

function toItem(
  { label, kind, detail, documentation, insert, isSnippet, start, end, filter = label, opensNext }: Completion,
  index: number,
  { lines, text }: Pick<AslDefinition, 'lines' | 'text'>,
): CompletionItem {
  const quote = text[start] === '"' || text[start] === "'" ? text[start] : '';
  return {
    label,
    kind: kinds[kind],
    ...(detail && { detail }),
    ...(documentation && { documentation: { kind: MarkupKind.Markdown, value: documentation } }),
    // The editor compares with what it would replace, quotes included.
    filterText: `${quote}${filter}${quote}`,
    sortText: String(index).padStart(5, '0'),
    insertTextFormat: isSnippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    textEdit: { range: lines.rangeOf(start, end), newText: insert },
    ...(opensNext && { command: { title: 'Suggest', command: 'editor.action.triggerSuggest' } }),
  };
}

export function hover({ machine, lines }: AslDefinition, position: Position): Hover | undefined {
  const found = machine && hoverAt(machine, lines.offsetAt(position));
  return (
    found && {
      contents: { kind: MarkupKind.Markdown, value: found.markdown },
      range: lines.rangeOf(found.start, found.end),
    }
  );
}

/** What may stand at a place of a Glue config. */
export function glueCompletions(document: GlueDocument, position: Position, namesOf?: FieldNamesOf): CompletionList {
  const items = completeGlue(document, document.lines.offsetAt(position), namesOf);
  return {
    isIncomplete: items.length >= namesAtOnce,
    items: items.map((completion, index) => toItem(completion, index, document)),
  };
}

export function glueHover({ file, lines }: GlueDocument, position: Position): Hover | undefined {
  const found = hoverGlue(file, lines.offsetAt(position));
  return (
    found && {
      contents: { kind: MarkupKind.Markdown, value: found.markdown },
      range: lines.rangeOf(found.start, found.end),
    }
  );
}
