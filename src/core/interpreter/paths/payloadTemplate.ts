import { callIntrinsic } from '../intrinsics/callIntrinsic.ts';
import type { Chance } from '../intrinsics/functions.ts';
import { isJsonArray, isJsonObject, setMember, type Json } from '../json.ts';
import { runtimeError } from '../stateError.ts';
import { parseJsonPath, readPath, type PathRoots } from './jsonPath.ts';

/**
 * Fills a payload template (Parameters, ResultSelector, ItemSelector, Assign …): members whose name ends in `.$` take the
 * value of their path or intrinsic function, and lose the ending.
 */
export function fillPayload(template: Json, roots: PathRoots, chance: Chance): Json {
  if (isJsonArray(template)) return template.map((item) => fillPayload(item, roots, chance));
  if (!isJsonObject(template)) return template;
  const filled: Record<string, Json> = {};
  for (const [name, member] of Object.entries(template)) {
    if (!name.endsWith('.$')) setMember(filled, name, fillPayload(member, roots, chance));
    else setMember(filled, name.slice(0, -2), evaluateMember(name, member, { roots, chance }));
  }
  return filled;
}

function evaluateMember(
  name: string,
  member: Json,
  given: { readonly roots: PathRoots; readonly chance: Chance },
): Json {
  if (typeof member !== 'string') throw runtimeError(`The value for the field '${name}' must be a valid JSONPath.`);
  if (!member.startsWith('$')) return callIntrinsic(member, given.roots, given.chance);
  const path = parseJsonPath(member);
  const value = readPath(path, given.roots);
  if (value !== undefined) return value;
  const searched = path.root.kind === 'context' ? given.roots.context() : given.roots.data;
  throw runtimeError(
    `The JSONPath '${member}' specified for the field '${name}' could not be found in the input '${JSON.stringify(searched ?? null)}'`,
  );
}
