import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../../core/base/disposable.ts';
import { presentLinkTarget } from './presentLinkTarget.ts';
import { marks, textColumn } from './presentLine.ts';
import { headerLines } from './presentHeader.ts';
import type { RunText, TextSymbol } from './presentText.ts';
import type { RunDocuments } from './runDocuments.ts';
import { runScheme } from './presentUri.ts';

const selector = { scheme: runScheme } satisfies vscode.DocumentSelector;

/** Types of package.json's `semanticTokenTypes`, in the order of their numbers. */
export const tokenTypes = ['sluiceState', 'sluiceSucceeded', 'sluiceFailed', 'sluiceWarning', 'sluiceMuted'] as const;
type TokenType = (typeof tokenTypes)[number];

/** Folding, outline, links and colours of run documents, all from the index that grows with the text. */
export function registerDocumentProviders(documents: RunDocuments): Disposable {
  const parts = new DisposableStore();
  const textOf = (document: vscode.TextDocument) => documents.runOf(document.uri)?.text;
  const folding = {
    provideFoldingRanges: (document: vscode.TextDocument) => foldingRanges(textOf(document)),
  };
  const legend = new vscode.SemanticTokensLegend([...tokenTypes]);
  const tokens: vscode.DocumentRangeSemanticTokensProvider = {
    provideDocumentRangeSemanticTokens: (document, range) => semanticTokens(textOf(document), document, range, legend),
  };
  parts.add(vscode.languages.registerFoldingRangeProvider(selector, folding));
  parts.add(vscode.languages.registerDocumentRangeSemanticTokensProvider(selector, tokens, legend));
  parts.add(
    vscode.languages.registerDocumentSymbolProvider(selector, {
      provideDocumentSymbols: (document) => symbols(textOf(document), document),
    }),
  );
  parts.add(
    vscode.languages.registerDocumentLinkProvider(selector, {
      provideDocumentLinks: (document) => links(documents, document),
    }),
  );
  return parts;
}

function foldingRanges(text: RunText | undefined): vscode.FoldingRange[] {
  if (!text) return [];
  return text.folds
    .filter(({ start, end }) => end > start)
    .map(({ start, end }) => new vscode.FoldingRange(start, end, vscode.FoldingRangeKind.Region));
}

const kinds = {
  entered: vscode.SymbolKind.Event,
  info: vscode.SymbolKind.Event,
  succeeded: vscode.SymbolKind.Event,
  failed: vscode.SymbolKind.Event,
  warning: vscode.SymbolKind.Event,
  stopped: vscode.SymbolKind.Event,
} satisfies Record<TextSymbol['mark'], vscode.SymbolKind>;

function symbols(text: RunText | undefined, document: vscode.TextDocument): vscode.DocumentSymbol[] {
  if (!text) return [];
  const last = document.lineCount - 1;
  return text.symbols
    .filter(({ line }) => line <= last)
    .map(({ name, line, endLine, mark, result }) => {
      const range = new vscode.Range(
        line,
        0,
        Math.min(endLine, last),
        document.lineAt(Math.min(endLine, last)).text.length,
      );
      const detail = mark === 'entered' || mark === 'info' ? result : `${marks[mark]} ${result}`;
      return new vscode.DocumentSymbol(name, detail, kinds[mark], range, document.lineAt(line).range);
    });
}

function links(documents: RunDocuments, document: vscode.TextDocument): vscode.DocumentLink[] {
  const open = documents.runOf(document.uri);
  if (!open) return [];
  const { run, text } = open;
  const found: vscode.DocumentLink[] = [];
  for (const { line, start, end, target } of text.links) {
    if (line >= document.lineCount) continue;
    const shown = presentLinkTarget(target, run, text.factsOf(line)?.jobRunId);
    if (!shown) continue;
    const args = encodeURIComponent(JSON.stringify(shown.args));
    const link = new vscode.DocumentLink(
      new vscode.Range(line, start, line, end),
      vscode.Uri.parse(`command:${shown.command}?${args}`),
    );
    link.tooltip = shown.tooltip;
    found.push(link);
  }
  for (const { line, start, end, part } of text.partLinks) {
    if (line >= document.lineCount) continue;
    const args = encodeURIComponent(JSON.stringify([run.key, part]));
    const range = new vscode.Range(line, start, line, end);
    const link = new vscode.DocumentLink(range, vscode.Uri.parse(`command:sluice.openRun?${args}`));
    link.tooltip = `Open part ${part} of the run`;
    found.push(link);
  }
  return found;
}

function semanticTokens(
  text: RunText | undefined,
  document: vscode.TextDocument,
  range: vscode.Range,
  legend: vscode.SemanticTokensLegend,
): vscode.SemanticTokens {
  const builder = new vscode.SemanticTokensBuilder(legend);
  const push = (line: number, from: number, to: number, type: TokenType): void => {
    if (to > from) builder.push(line, from, to - from, tokenTypes.indexOf(type));
  };
  const last = Math.min(range.end.line, document.lineCount - 1);
  for (let line = Math.max(range.start.line, headerLines); line <= last; line += 1) {
    const facts = text?.factsOf(line);
    if (!facts) continue;
    const { length } = document.lineAt(line).text;
    const at = textColumn(facts.columnWidth);
    if (facts.columnWidth > 0 && !facts.isContinuation)
      push(line, 14, Math.min(length, 14 + facts.columnWidth), 'sluiceState');
    const type = textType(facts.mark ?? facts.level);
    if (type) push(line, Math.min(at, length), length, type);
  }
  return builder.build();
}

function textType(tone: string | undefined): TokenType | undefined {
  switch (tone) {
    case 'succeeded':
      return 'sluiceSucceeded';
    case 'failed':
    case 'error':
      return 'sluiceFailed';
    case 'warning':
    case 'warn':
      return 'sluiceWarning';
    case 'stopped':
    case 'debug':
      return 'sluiceMuted';
    default:
      return undefined;
  }
}
