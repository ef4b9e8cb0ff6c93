import type { ProgramCall, ProgramFile } from '../../language/hosts/host.ts';
import type { Node } from '../../language/tree.ts';
import type { Caller } from './callFacts.ts';
import { functionAround, pythonFunctions, type PythonFunction } from './pythonFunctions.ts';

/** A Python function that passes one of its parameters on as the name of what it starts. */
export interface Helper extends PythonFunction {
  readonly caller: Caller;
  readonly nameParameter: string;
  /** Where the arguments of the run come from: a parameter, what the function writes itself, or nowhere. */
  readonly given:
    | { readonly kind: 'parameter'; readonly name: string }
    | { readonly kind: 'node'; readonly node: Node }
    | { readonly kind: 'none' };
}

/** Finds the functions of a Python file that pass names on. The file is looked through once, when the first is asked for. */
export class Helpers {
  #functions: readonly PythonFunction[] | undefined;

  constructor(private readonly text: string) {}

  /** The function around a call that passes a parameter on, if the call does. */
  around(
    { node }: ProgramCall,
    caller: Caller,
    { name, given }: { readonly name: Node | undefined; readonly given: Node | undefined },
  ): Helper | undefined {
    const nameParameter = this.#identifier(name);
    if (nameParameter === undefined) return undefined;
    this.#functions ??= pythonFunctions(this.text);
    const around = functionAround(this.#functions, node.start);
    if (around?.parameters.includes(nameParameter) !== true) return undefined;
    // A name that is put together from the parameter is not what callers say.
    if (isAssigned(nameParameter, this.text.slice(around.bodyStart, node.start))) return undefined;
    return { ...around, caller, nameParameter, given: this.#givenBy(given, around) };
  }

  #givenBy(node: Node | undefined, { parameters }: PythonFunction): Helper['given'] {
    if (node === undefined) return { kind: 'none' };
    const source = this.text.slice(node.start, node.end).trim();
    const [, name] = /^([A-Za-z_]\w*)(?:\s+or\s+(?:\{\s*\}|dict\(\s*\)))?$/.exec(source) ?? [];
    return name !== undefined && parameters.includes(name) ? { kind: 'parameter', name } : { kind: 'node', node };
  }

  #identifier(node: Node | undefined): string | undefined {
    if (node?.kind !== 'unknown') return undefined;
    const source = this.text.slice(node.start, node.end).trim();
    return /^[A-Za-z_]\w*$/.test(source) ? source : undefined;
  }
}

function isAssigned(name: string, body: string): boolean {
  return new RegExp(`^[ \\t]*${name}[ \\t]*(?::[^=\\n]+)?(?:[-+*/%|&^@]|//|\\*\\*)?=(?!=)`, 'm').test(body);
}

/** What a call gives one of the parameters of a function. */
export function passedTo<T>(
  { parameters, positionalCount }: Pick<PythonFunction, 'parameters' | 'positionalCount'>,
  parameter: string,
  { positional, keyword }: { readonly positional: readonly T[]; readonly keyword: (name: string) => T | undefined },
): T | undefined {
  const at = parameters.indexOf(parameter);
  return keyword(parameter) ?? (at >= 0 && at < positionalCount ? positional[at] : undefined);
}

/** Calls of a helper within its own file. `isModule` tells names that are imported modules, whose functions are others. */
export function callsOf(
  { name, isMethod }: Helper,
  { calls }: ProgramFile,
  isModule: (name: string) => boolean,
): readonly ProgramCall[] {
  return calls.filter(({ callee }) => {
    const dot = callee.lastIndexOf('.');
    if (callee.slice(dot + 1) !== name || dot >= 0 !== isMethod) return false;
    return dot < 0 || !isModule(callee.slice(0, dot));
  });
}
