import type { SyntaxNode } from '@lezer/common';
import type { Pieces } from '../../pieces.ts';
import { placeholderFor } from '../../placeholders.ts';
import { addEscape, JAVASCRIPT_ESCAPE } from './escapes.ts';
import { meaningfulChildren, type Arguments, type Entry, type ProgramSyntax, type Shape } from './syntax.ts';

export const JAVASCRIPT: ProgramSyntax = { hasShorthand: true, shapeOf, argumentsOf, addText, keyName };

function shapeOf(node: SyntaxNode, text: string): Shape {
  switch (node.name) {
    case 'ObjectExpression':
      return { kind: 'object', entries: meaningfulChildren(node).flatMap(entryOf) };
    case 'ArrayExpression': {
      const children = meaningfulChildren(node);
      const items = children.filter(({ name }) => name !== 'Spread');
      return { kind: 'array', items, hasSpread: items.length < children.length };
    }
    case 'String':
    case 'TemplateString':
      return { kind: 'string', parts: [node] };
    case 'BinaryExpression':
      return binary(node, text);
    case 'ParenthesizedExpression':
    case 'TSNonNullExpression':
    case 'PostfixExpression': {
      const [inner] = meaningfulChildren(node);
      return inner ? { kind: 'same', as: inner } : { kind: 'other' };
    }
    case 'CallExpression':
    case 'NewExpression': {
      const list = node.lastChild;
      const callee = node.name === 'NewExpression' ? node.firstChild?.nextSibling : node.firstChild;
      return callee && list?.name === 'ArgList' ? { kind: 'call', callee, list } : { kind: 'other' };
    }
    case 'Number':
      return number(text.slice(node.from, node.to));
    case 'UnaryExpression': {
      const source = text.slice(node.from, node.to);
      return /^-\s*[\d.]/.test(source) ? number(source.replace(/\s/g, '')) : { kind: 'other' };
    }
    case 'BooleanLiteral':
      return { kind: 'boolean', value: text.startsWith('true', node.from) };
    case 'null':
      return { kind: 'null' };
    default:
      return { kind: 'other' };
  }
}

function number(source: string): Shape {
  const value = Number(source.replaceAll('_', ''));
  return Number.isNaN(value) ? { kind: 'other' } : { kind: 'number', value };
}

/** `x as T` and `x satisfies T` are x; `"a" + b` is a string as soon as one side is one. */
function binary(node: SyntaxNode, text: string): Shape {
  const [first, operator] = meaningfulChildren(node);
  if (first !== undefined && (operator?.name === 'as' || operator?.name === 'satisfies')) {
    return { kind: 'same', as: first };
  }
  const parts: SyntaxNode[] = [];
  const collect = (side: SyntaxNode): void => {
    const [left, sign, right] = meaningfulChildren(side);
    const isSum = side.name === 'BinaryExpression' && sign !== undefined && text.slice(sign.from, sign.to) === '+';
    if (!isSum || left === undefined || right === undefined) parts.push(side);
    else {
      collect(left);
      parts.push(right);
    }
  };
  collect(node);
  const isText = parts.length > 1 && parts.some(({ name }) => name === 'String' || name === 'TemplateString');
  return isText ? { kind: 'string', parts } : { kind: 'other' };
}

function entryOf(node: SyntaxNode): Entry[] {
  if (node.name !== 'Property') return [];
  const [first, second, third] = meaningfulChildren(node).filter(({ name }) => name !== 'async' && name !== 'get');
  if (first === undefined) return [];
  if (first.name === 'Spread') return second ? [{ kind: 'spread', value: second }] : [];
  if (second === undefined) return [{ kind: 'property', key: first, value: undefined }];
  if (second.name !== ':') return [{ kind: 'property', key: first, value: second }];
  return [{ kind: 'property', key: first, value: third?.type.isError === true ? undefined : third }];
}

function argumentsOf(list: SyntaxNode): Arguments {
  const positional = meaningfulChildren(list).filter(({ name, type }) => name !== 'Spread' && !type.isError);
  return { positional, keywords: [] };
}

function keyName(key: SyntaxNode, text: string): string | undefined {
  const isName = key.name === 'PropertyDefinition' || key.name === 'Number';
  return isName ? text.slice(key.from, key.to) : undefined;
}

function addText(part: SyntaxNode, text: string, pieces: Pieces): void {
  if (part.name !== 'String' && part.name !== 'TemplateString') {
    pieces.encoded(placeholderFor(text.slice(part.from, part.to)), part.from, part.to);
    return;
  }
  const quote = text[part.from];
  const end = part.to - part.from > 1 && text[part.to - 1] === quote ? part.to - 1 : part.to;
  let from = part.from + 1;
  for (let child = part.firstChild; child; child = child.nextSibling) {
    if (child.name !== 'Interpolation') continue;
    addLiteral(from, child.from, text, pieces);
    const expression = child.firstChild?.nextSibling;
    pieces.encoded(placeholderFor(expression ? text.slice(expression.from, expression.to) : ''), child.from, child.to);
    from = child.to;
  }
  addLiteral(from, end, text, pieces);
}

function addLiteral(from: number, to: number, text: string, pieces: Pieces): void {
  let place = from;
  while (place < to) {
    const character = text[place] ?? '';
    if (character === '\\') place = addEscape(place, to, text, { pieces, escapes: JAVASCRIPT_ESCAPE });
    else {
      pieces.plain(character, place);
      place++;
    }
  }
}
