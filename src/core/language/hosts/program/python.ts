import type { SyntaxNode } from '@lezer/common';
import type { Pieces } from '../../pieces.ts';
import { placeholderFor } from '../../placeholders.ts';
import { addEscape, PYTHON_ESCAPE } from './escapes.ts';
import { meaningfulChildren, type Arguments, type Entry, type ProgramSyntax, type Shape } from './syntax.ts';

export const PYTHON: ProgramSyntax = {
  hasShorthand: false,
  shapeOf,
  argumentsOf,
  addText,
  keyName: () => undefined,
};

function shapeOf(node: SyntaxNode, text: string): Shape {
  switch (node.name) {
    case 'DictionaryExpression':
      return { kind: 'object', entries: dictionaryEntries(node) };
    case 'ArrayExpression':
    case 'TupleExpression': {
      const children = meaningfulChildren(node);
      const items = children.filter(({ name }) => name !== '*');
      return { kind: 'array', items, hasSpread: items.length < children.length };
    }
    case 'String':
    case 'FormatString':
      return { kind: 'string', parts: [node] };
    case 'ContinuedString':
      return { kind: 'string', parts: meaningfulChildren(node) };
    case 'BinaryExpression':
      return addition(node, text);
    case 'ParenthesizedExpression': {
      const [inner, second] = meaningfulChildren(node);
      return inner === undefined || second !== undefined ? { kind: 'other' } : { kind: 'same', as: inner };
    }
    case 'CallExpression': {
      const { firstChild: callee, lastChild: list } = node;
      return callee && list?.name === 'ArgList' ? { kind: 'call', callee, list } : { kind: 'other' };
    }
    case 'Number':
      return number(text.slice(node.from, node.to));
    case 'UnaryExpression': {
      const source = text.slice(node.from, node.to);
      return /^-\s*[\d.]/.test(source) ? number(source.replace(/\s/g, '')) : { kind: 'other' };
    }
    case 'Boolean':
      return { kind: 'boolean', value: text.startsWith('True', node.from) };
    case 'None':
      return { kind: 'null' };
    default:
      return { kind: 'other' };
  }
}

function number(source: string): Shape {
  const value = Number(source.replaceAll('_', ''));
  return Number.isNaN(value) ? { kind: 'other' } : { kind: 'number', value };
}

/** `"a" + b`: a string as soon as one side is one. */
function addition(node: SyntaxNode, text: string): Shape {
  const parts: SyntaxNode[] = [];
  const collect = (side: SyntaxNode): void => {
    const [left, operator, right] = meaningfulChildren(side);
    const isSum = side.name === 'BinaryExpression' && operator !== undefined && text[operator.from] === '+';
    if (!isSum || left === undefined || right === undefined || operator.to !== operator.from + 1) {
      parts.push(side);
      return;
    }
    collect(left);
    parts.push(...(right.name === 'ContinuedString' ? meaningfulChildren(right) : [right]));
  };
  collect(node);
  const isText = parts.length > 1 && parts.some(({ name }) => name === 'String' || name === 'FormatString');
  return isText ? { kind: 'string', parts } : { kind: 'other' };
}

function dictionaryEntries(node: SyntaxNode): Entry[] {
  const entries: Entry[] = [];
  const children = meaningfulChildren(node);
  for (let index = 0; index < children.length; index++) {
    const child = children[index];
    const next = children[index + 1];
    if (child === undefined || child.name === ':') continue;
    if (child.name === '**') {
      if (next !== undefined) entries.push({ kind: 'spread', value: next });
      index++;
    } else if (next?.name === ':') {
      const value = children[index + 2];
      const isValue = value !== undefined && children[index + 3]?.name !== ':';
      entries.push({ kind: 'property', key: child, value: isValue ? value : undefined });
      index += isValue ? 2 : 1;
    } else if (!child.type.isError) entries.push({ kind: 'property', key: child, value: undefined });
  }
  return entries;
}

function argumentsOf(list: SyntaxNode): Arguments {
  const positional: SyntaxNode[] = [];
  const keywords: Entry[] = [];
  const children = meaningfulChildren(list);
  for (let index = 0; index < children.length; index++) {
    const child = children[index];
    const next = children[index + 1];
    if (child === undefined) continue;
    if (child.name === '**') {
      if (next !== undefined) keywords.push({ kind: 'spread', value: next });
      index++;
    } else if (child.name === '*') index++;
    else if (child.name === 'VariableName' && next?.name === 'AssignOp') {
      const value = children[index + 2];
      const isValue = value !== undefined && children[index + 3]?.name !== 'AssignOp';
      keywords.push({ kind: 'property', key: child, value: isValue ? value : undefined });
      index += isValue ? 2 : 1;
    } else if (!child.type.isError) positional.push(child);
  }
  return { positional, keywords };
}

function addText(part: SyntaxNode, text: string, pieces: Pieces): void {
  if (part.name !== 'String' && part.name !== 'FormatString') {
    pieces.encoded(placeholderFor(text.slice(part.from, part.to)), part.from, part.to);
    return;
  }
  const opening = /^[A-Za-z]*(?:"""|'''|"|')/.exec(text.slice(part.from, part.to))?.[0] ?? '';
  const prefix = opening.toLowerCase().replace(/["']+/, '');
  const quote = opening.slice(prefix.length);
  const isClosed = part.to - part.from >= opening.length + quote.length && text.slice(0, part.to).endsWith(quote);
  const end = isClosed ? part.to - quote.length : part.to;
  const literal = { isRaw: prefix.includes('r'), isFormat: prefix.includes('f') || prefix.includes('t') };
  let from = part.from + opening.length;
  for (let child = part.firstChild; child; child = child.nextSibling) {
    if (child.name !== 'FormatReplacement') continue;
    addLiteral(from, child.from, literal, { text, pieces });
    const expression = child.firstChild?.nextSibling;
    const name = expression ? text.slice(expression.from, expression.to) : 'value';
    pieces.encoded(placeholderFor(name), child.from, child.to);
    from = child.to;
  }
  addLiteral(from, end, literal, { text, pieces });
}

function addLiteral(
  from: number,
  to: number,
  { isRaw, isFormat }: { readonly isRaw: boolean; readonly isFormat: boolean },
  { text, pieces }: { readonly text: string; readonly pieces: Pieces },
): void {
  let place = from;
  while (place < to) {
    const character = text[place] ?? '';
    if (character === '\\' && !isRaw) place = addEscape(place, to, text, { pieces, escapes: PYTHON_ESCAPE });
    else if (isFormat && (character === '{' || character === '}') && text[place + 1] === character) {
      pieces.encoded(character, place, place + 2);
      place += 2;
    } else if (character === '\r' && text[place + 1] === '\n') {
      pieces.encoded('\n', place, place + 2);
      place += 2;
    } else {
      pieces.plain(character, place);
      place++;
    }
  }
}
