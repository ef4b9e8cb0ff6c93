import type { Json } from '../json.ts';
import { parseJsonPath, readPath, type PathRoots } from '../paths/jsonPath.ts';
import { runtimeError, StateError } from '../stateError.ts';
import { INTRINSICS, IntrinsicProblem, type Chance } from './functions.ts';
import { parseIntrinsic, type Argument, type Call } from './parseIntrinsic.ts';

/** Runs `States.…(…)` text. Throws `States.IntrinsicFailure` when the function refuses its arguments. */
export function callIntrinsic(text: string, roots: PathRoots, chance: Chance): Json {
  return call(parseIntrinsic(text), roots, chance);
}

function call(source: Call, roots: PathRoots, chance: Chance): Json {
  const intrinsic = Object.hasOwn(INTRINSICS, source.name) ? INTRINSICS[source.name] : undefined;
  if (!intrinsic) throw runtimeError(`The intrinsic function '${source.name}' does not exist.`);
  const args = source.args.map((argument) => value(argument, source, { roots, chance }));
  const [fewest, most] = intrinsic.arity;
  try {
    if (args.length < fewest || args.length > most) throw new IntrinsicProblem('The number of arguments is wrong.');
    return intrinsic.run(args, chance);
  } catch (error) {
    if (!(error instanceof IntrinsicProblem)) throw error;
    const cause = `The function '${source.text}' had the following error: ${error.message}`;
    throw new StateError('States.IntrinsicFailure', cause, { inState: true });
  }
}

function value(argument: Argument, of: Call, given: { readonly roots: PathRoots; readonly chance: Chance }): Json {
  switch (argument.kind) {
    case 'literal':
      return typeof argument.value === 'string' && of.name !== 'States.Format'
        ? argument.value.replaceAll('\\\\', '\\')
        : argument.value;
    case 'call':
      return call(argument, given.roots, given.chance);
    case 'path': {
      const found = readPath(parseJsonPath(argument.text), given.roots);
      if (found !== undefined) return found;
      throw runtimeError(
        `The function '${of.text}' had the following error: The JsonPath argument for the field '${argument.text}' could not be found in the input '${JSON.stringify(given.roots.data ?? null)}'`,
      );
    }
  }
}
