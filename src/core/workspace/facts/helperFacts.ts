import type { ProgramCall, ProgramFile } from '../../language/hosts/host.ts';
import type { Node } from '../../language/tree.ts';
import type { Caller } from './callFacts.ts';

/** A Python function that passes one of its parameters on as the name of what it starts. */
export interface Helper {
  readonly name: string;
  readonly caller: Caller;
  /** Its parameters in order, without `self`. */
  readonly parameters: readonly string[];
  readonly nameParameter: string;
  /** Where the arguments of the run come from: a parameter, what the function writes itself, or nowhere. */
  readonly given:
    | { readonly kind: 'parameter'; readonly name: string }
    | { readonly kind: 'node'; readonly node: Node }
    | { readonly kind: 'none' };
  readonly isMethod: boolean;
}

interface Definition {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly isMethod: boolean;
  readonly start: number;
  readonly end: number;
}

const IDENTIFIER = /^[A-Za-z_]\w*$/;

/** The function around a call that passes a parameter on, if the call does. */
export function helperOf(
  { node }: ProgramCall,
  caller: Caller,
  { name, given, text }: { readonly name: Node | undefined; readonly given: Node | undefined; readonly text: string },
): Helper | undefined {
  const nameParameter = identifier(name, text);
  if (nameParameter === undefined) return undefined;
  const around = definitionAround(text, node.start);
  if (around?.parameters.includes(nameParameter) !== true) return undefined;
  const { parameters, isMethod } = around;
  return { name: around.name, caller, parameters, nameParameter, given: givenBy(given, around, text), isMethod };
}

function givenBy(node: Node | undefined, { parameters }: Definition, text: string): Helper['given'] {
  if (node === undefined) return { kind: 'none' };
  const source = text.slice(node.start, node.end).trim();
  const [, name] = /^([A-Za-z_]\w*)(?:\s+or\s+(?:\{\s*\}|dict\(\s*\)))?$/.exec(source) ?? [];
  return name !== undefined && parameters.includes(name) ? { kind: 'parameter', name } : { kind: 'node', node };
}

function identifier(node: Node | undefined, text: string): string | undefined {
  if (node?.kind !== 'unknown') return undefined;
  const source = text.slice(node.start, node.end).trim();
  return IDENTIFIER.test(source) ? source : undefined;
}

/** The innermost function whose body an offset is in, by its indentation. */
function definitionAround(text: string, offset: number): Definition | undefined {
  const before = text.slice(0, offset);
  const all = [
    ...before.matchAll(/^([ \t]*)(?:async[ \t]+)?def[ \t]+(\w+)[ \t]*\(([^()]*(?:\([^()]*\)[^()]*)*)\)[^\n]*:/gm),
  ];
  const last = all.at(-1);
  if (last === undefined) return undefined;
  const [whole, indent = '', name = '', list = ''] = last;
  const body = before.slice(last.index + whole.length);
  const isInside = body.split('\n').every((line, index) => index === 0 || line.trim() === '' || isDeeper(line, indent));
  if (!isInside) return undefined;
  const written = list.replaceAll(/\([^)]*\)|\[[^\]]*\]/g, '').split(',');
  const names = written
    .map((one) => /^\s*(\*{0,2}\w+)/.exec(one)?.[1] ?? '')
    .filter((one) => one !== '' && one !== '*');
  const isMethod = names[0] === 'self' || names[0] === 'cls';
  return { name, parameters: isMethod ? names.slice(1) : names, isMethod, start: last.index, end: offset };
}

function isDeeper(line: string, indent: string): boolean {
  const own = /^[ \t]*/.exec(line)?.[0] ?? '';
  return own.length > indent.length || /^\s*[)\]}#]/.test(line);
}

/** What a call of a helper gives one of its parameters. */
export function passedTo(helper: Helper, parameter: string, { positional, keywords }: ProgramCall): Node | undefined {
  return keywords.get(parameter) ?? positional[helper.parameters.indexOf(parameter)];
}

/** Calls of a helper within its own file. */
export function callsOf(helper: Helper, { calls }: ProgramFile): readonly ProgramCall[] {
  return calls.filter(({ callee }) => {
    const dot = callee.lastIndexOf('.');
    return callee.slice(dot + 1) === helper.name && dot >= 0 === helper.isMethod;
  });
}
