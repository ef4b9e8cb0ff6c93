import {
  LSPErrorCodes,
  ResponseError,
  SymbolKind,
  type CodeLens,
  type DocumentSymbol,
  type Location,
  type Range,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { isStateNameTaken, mentionsOf, stateMentionAt, type StateMention } from '../../core/asl/mentions.ts';
import { symbolsOf, type AslSymbol } from '../../core/asl/symbols.ts';
import type { AslDefinition } from '../../core/asl/index.ts';
import type { GlueDocument } from '../../core/glue/index.ts';
import type { Position } from '../../core/language/lineIndex.ts';
import { offsetsOf } from '../../core/language/rules/rule.ts';
import type { Node } from '../../core/language/tree.ts';
import { toTextChanges } from '../../core/language/write.ts';

const kinds: Readonly<Record<AslSymbol['kind'], SymbolKind>> = {
  Task: SymbolKind.Function,
  Pass: SymbolKind.Variable,
  Choice: SymbolKind.Operator,
  Wait: SymbolKind.Event,
  Succeed: SymbolKind.Constant,
  Fail: SymbolKind.Constant,
  Parallel: SymbolKind.Namespace,
  Map: SymbolKind.Array,
  Branch: SymbolKind.Module,
  Unknown: SymbolKind.Null,
};

export function documentSymbols(document: AslDefinition): DocumentSymbol[] {
  const { machine, lines } = document;
  const toSymbol = (symbol: AslSymbol): DocumentSymbol => ({
    name: symbol.name === '' ? '(unnamed)' : symbol.name,
    detail: symbol.detail,
    kind: kinds[symbol.kind],
    range: lines.rangeOf(symbol.start, symbol.end),
    selectionRange: lines.rangeOf(symbol.nameStart, symbol.nameEnd),
    children: symbol.children.map(toSymbol),
  });
  return machine ? symbolsOf(machine).map(toSymbol) : [];
}

/** Definitions inside a template or program, each with its states below it. */
export function hostedSymbols(definitions: readonly AslDefinition[]): DocumentSymbol[] {
  return definitions.map((definition) => {
    const { lines, name, tree } = definition;
    const { start, end } = tree.root;
    return {
      name: name === '' ? 'State machine' : name,
      detail: name === '' ? '' : 'state machine',
      kind: SymbolKind.Module,
      range: lines.rangeOf(start, end),
      selectionRange: lines.rangeOf(start, Math.min(start + 1, end)),
      children: documentSymbols(definition),
    };
  });
}

/** Above each definition inside a template or program: its graph, and tests of its states. */
export function hostedLenses(definitions: readonly AslDefinition[], uri: string): CodeLens[] {
  return definitions.flatMap(({ lines, tree: { root } }, index) => {
    const range = lines.rangeOf(root.start, root.start);
    const place = { uri, index };
    return [
      { range, command: { title: 'Graph', command: 'sluice.showGraph', arguments: [place] } },
      { range, command: { title: 'Test State…', command: 'sluice.testState', arguments: [place] } },
    ];
  });
}

/** Above each Glue workflow inside a template or program: its graph, which comes after those of `count` definitions. */
export function workflowLenses({ file, lines, isHosted }: GlueDocument, uri: string, count: number): CodeLens[] {
  if (!isHosted) return [];
  return file.workflows.map(({ anchor }, index) => {
    const { start } = offsetsOf(anchor);
    const place = { uri, index: count + index };
    return {
      range: lines.rangeOf(start, start),
      command: { title: 'Graph', command: 'sluice.showGraph', arguments: [place] },
    };
  });
}

/** From a transition to the state that it names. */
export function definitionAt(document: AslDefinition, uri: string, position: Position): Location | undefined {
  const state = mentionAt(document, position)?.state;
  return state && { uri, range: rangeOf(document, state.key) };
}

/** The state's key and all transitions to it. */
export function referencesAt(document: AslDefinition, uri: string, position: Position): Location[] {
  const mention = mentionAt(document, position);
  return mention ? mentionsOf(mention).map(({ node }) => ({ uri, range: rangeOf(document, node) })) : [];
}

/** The name to edit, without its quotes; undefined where no state is named. */
export function renameRangeAt(document: AslDefinition, position: Position): Range | undefined {
  const mention = mentionAt(document, position);
  if (!mention?.state) return undefined;
  const { node } = mention;
  return document.lines.rangeOf(node.at(0), node.at(node.value.length));
}

/** Renames a state and every transition to it; refuses a name that AWS would refuse. */
export function renameAt(
  document: AslDefinition,
  uri: string,
  { position, newName }: { readonly position: Position; readonly newName: string },
): WorkspaceEdit | undefined {
  const mention = mentionAt(document, position);
  if (!mention?.state || !document.machine || newName === mention.name) return undefined;
  const length = Array.from(newName).length;
  if (length === 0 || length > 80) throw refusal('A state name has 1 to 80 characters.');
  if (isStateNameTaken(document.machine, newName)) throw refusal(`There is a state "${newName}" already.`);
  const { lines, tree } = document;
  const mentions = mentionsOf(mention);
  const edits = toTextChanges(
    mentions.map(({ node }) => ({ kind: 'replaceString', node, value: newName })),
    tree,
  ).map(({ offset, length: replaced, text }): TextEdit => ({
    range: lines.rangeOf(offset, offset + replaced),
    newText: text,
  }));
  if (edits.length < mentions.length) throw refusal('This name is put together by the program around it.');
  return { changes: { [uri]: edits } };
}

function mentionAt({ machine, lines }: AslDefinition, position: Position): StateMention | undefined {
  return machine && stateMentionAt(machine, lines.offsetAt(position));
}

function rangeOf({ lines }: AslDefinition, { start, end }: Node): Range {
  return lines.rangeOf(start, end);
}

function refusal(message: string): ResponseError<undefined> {
  return new ResponseError<undefined>(LSPErrorCodes.RequestFailed, message);
}
