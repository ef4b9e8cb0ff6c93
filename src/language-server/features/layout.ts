import {
  FoldingRangeKind,
  LSPErrorCodes,
  ResponseError,
  SemanticTokensBuilder,
  type FoldingRange,
  type FormattingOptions,
  type Position,
  type SelectionRange,
  type SemanticTokens,
  type TextEdit,
} from 'vscode-languageserver';
import { TOKEN_MODIFIERS, TOKEN_TYPES, semanticTokensOf } from '../../core/asl/semanticTokens.ts';
import type { AslDefinition } from '../../core/asl/index.ts';
import { foldsOf } from '../../core/language/folding.ts';
import { formatDocument } from '../../core/language/format/format.ts';
import { selectionAt } from '../../core/language/selection.ts';

export function foldingRanges({ tree, lines }: AslDefinition): FoldingRange[] {
  return foldsOf(tree, lines).map(({ startLine, endLine, kind }) => ({
    startLine,
    endLine,
    ...(kind && { kind: FoldingRangeKind.Comment }),
  }));
}

export function selectionRanges({ tree, lines }: AslDefinition, positions: readonly Position[]): SelectionRange[] {
  return positions.map((position) => {
    const spans = selectionAt(tree, lines.offsetAt(position));
    return (
      spans.reduceRight<SelectionRange | undefined>(
        (parent, { start, end }) => ({ range: lines.rangeOf(start, end), ...(parent && { parent }) }),
        undefined,
      ) ?? { range: { start: position, end: position } }
    );
  });
}

/** Refuses a text that cannot be laid out without changing what it says. */
export function formatting({ tree, lines }: AslDefinition, { insertSpaces, tabSize }: FormattingOptions): TextEdit[] {
  const changes = formatDocument(tree, insertSpaces ? ' '.repeat(tabSize) : '\t');
  if (changes === undefined) {
    throw new ResponseError<undefined>(
      LSPErrorCodes.RequestFailed,
      'This definition is not formatted: its syntax is broken. Put that right first; the Problems view says where.',
    );
  }
  return changes.map(({ offset, length, text }) => ({ range: lines.rangeOf(offset, offset + length), newText: text }));
}

export const semanticTokensLegend = { tokenTypes: [...TOKEN_TYPES], tokenModifiers: [...TOKEN_MODIFIERS] };

export function semanticTokens({ machine, lines }: AslDefinition): SemanticTokens {
  const builder = new SemanticTokensBuilder();
  for (const { start, end, type, modifier } of machine ? semanticTokensOf(machine) : []) {
    const { line, character } = lines.positionAt(start);
    // The protocol has no tokens of several lines.
    if (end > lines.lineEnd(line)) continue;
    const modifiers = modifier === undefined ? 0 : 1 << TOKEN_MODIFIERS.indexOf(modifier);
    builder.push(line, character, end - start, TOKEN_TYPES.indexOf(type), modifiers);
  }
  return builder.build();
}
