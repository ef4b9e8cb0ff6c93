import { isJsonArray, isJsonObject, type JsonObject } from '../json.ts';

/** Where a state of a machine stands: names are unique over the whole machine. */
export interface Scope {
  readonly state: JsonObject;
  /** The Parallel or inline Map around it; none at the machine's own level. */
  readonly container?: { readonly name: string; readonly kind: 'Parallel' | 'Map'; readonly branch: number };
}

/** Every state that runs within the execution itself, by name: not those of distributed Maps. */
export function scopesOf(definition: JsonObject): ReadonlyMap<string, Scope> {
  const scopes = new Map<string, Scope>();
  collect(definition, undefined, scopes);
  return scopes;
}

function collect(machine: unknown, container: Scope['container'], scopes: Map<string, Scope>): void {
  const states = member(machine, 'States');
  if (!isJsonObject(states)) return;
  for (const [name, state] of Object.entries(states)) {
    if (!isJsonObject(state)) continue;
    scopes.set(name, { state, ...(container && { container }) });
    const branches = state['Type'] === 'Parallel' ? (state['Branches'] ?? []) : [];
    if (isJsonArray(branches)) {
      for (const [branch, inner] of branches.entries()) collect(inner, { name, kind: 'Parallel', branch }, scopes);
    }
    const processor = state['Type'] === 'Map' ? (state['ItemProcessor'] ?? state['Iterator']) : undefined;
    if (member(member(processor, 'ProcessorConfig'), 'Mode') === 'DISTRIBUTED') continue;
    collect(processor, { name, kind: 'Map', branch: 0 }, scopes);
  }
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
