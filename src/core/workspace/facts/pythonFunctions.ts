import type { SyntaxNode } from '@lezer/common';
import { pythonNodes } from './pythonSyntax.ts';

/** A function of a Python text, with what calls may give it. */
export interface PythonFunction {
  readonly name: string;
  /** What other modules call it by: `start`, `Runner.start` in a class; undefined within a function. */
  readonly exportedAs: string | undefined;
  /** Its parameters in order, without `self`. */
  readonly parameters: readonly string[];
  /** How many of them, from the first, a call may give by position. */
  readonly positionalCount: number;
  readonly isMethod: boolean;
  readonly start: number;
  readonly bodyStart: number;
  readonly end: number;
}

/** The functions of a Python text, outer ones before inner ones. */
export function pythonFunctions(text: string): readonly PythonFunction[] {
  return pythonNodes(text).flatMap((node) => (node.name === 'FunctionDefinition' ? (read(node, text) ?? []) : []));
}

function read(node: SyntaxNode, text: string): PythonFunction | undefined {
  const [name, list, body] = ['VariableName', 'ParamList', 'Body'].map((part) => node.getChild(part));
  if (!name || !list || !body) return undefined;
  const decorated = node.parent?.name === 'DecoratedStatement' ? node.parent : undefined;
  const block = (decorated ?? node).parent;
  const around = block?.parent?.name === 'ClassDefinition' ? block.parent : undefined;
  const isStatic = decorated !== undefined && /@\s*staticmethod\b/.test(text.slice(decorated.from, node.from));
  const { names, positionalCount } = parametersIn(list, text);
  const own = around !== undefined && !isStatic ? 1 : 0;
  const called = text.slice(name.from, name.to);
  return {
    name: called,
    exportedAs: exportedName(called, around ?? decorated ?? node, text),
    parameters: names.slice(own),
    positionalCount: Math.max(0, positionalCount - own),
    isMethod: around !== undefined,
    start: node.from,
    bodyStart: body.from,
    end: node.to,
  };
}

/** The name of a function, in a class behind that of the class, where `outer` stands in nothing else. */
function exportedName(name: string, outer: SyntaxNode, text: string): string | undefined {
  const { parent } = outer;
  const isDecorated = parent?.name === 'DecoratedStatement';
  const block = isDecorated ? parent.parent : parent;
  if (block?.name !== 'Script') return undefined;
  const own = outer.name === 'ClassDefinition' ? outer.getChild('VariableName') : undefined;
  return own ? `${text.slice(own.from, own.to)}.${name}` : name;
}

/** Names in a list of parameters; what takes all that is left is none of them. */
function parametersIn(list: SyntaxNode, text: string): { readonly names: string[]; readonly positionalCount: number } {
  const names: string[] = [];
  let positionalCount: number | undefined;
  let isNext = true;
  for (let child = list.firstChild; child; child = child.nextSibling) {
    if (child.name === ',' || child.name === '(') isNext = true;
    else if (child.name === '*' || child.name === '**') {
      positionalCount ??= names.length;
      isNext = false;
      // A name directly behind takes what is left; behind a comma the names go on.
    } else if (isNext && child.name === 'VariableName') {
      names.push(text.slice(child.from, child.to));
      isNext = false;
    }
  }
  return { names, positionalCount: positionalCount ?? names.length };
}

/** The innermost function that an offset is in. */
export function functionAround(functions: readonly PythonFunction[], offset: number): PythonFunction | undefined {
  return functions.findLast(({ start, end }) => start <= offset && offset < end);
}
