import type { Node, ObjectNode } from '../language/tree.ts';
import {
  isQueryLanguage,
  State,
  transition,
  type Machine,
  type MachineType,
  type QueryLanguage,
  type Scope,
  type ScopeKind,
  type Surroundings,
  type Transition,
} from './model.ts';

export interface BuildOptions {
  /** STANDARD or EXPRESS where a template or the deployed machine says so. */
  readonly machineType?: MachineType | undefined;
  /** What a definition without a `QueryLanguage` is in; JSONPath where nobody knows better. */
  readonly queryLanguage?: QueryLanguage | undefined;
}

/**
 * The model of a definition. A node keeps the state that was made of it, so states whose text and surroundings an edit
 * left alone are the ones of the machine before.
 */
export function buildMachine(node: ObjectNode, options: BuildOptions): Machine {
  const queryLanguage = machineLanguage(node, options.queryLanguage);
  const type = options.machineType ?? typeInComment(node);
  const builder = new Builder();
  const surroundings: Surroundings = {
    machineLanguage: queryLanguage,
    workflowType: type,
    isInMap: false,
    isInChild: false,
    depth: 0,
  };
  const root = builder.scope('machine', node, undefined, surroundings);
  const scopes: Scope[] = [];
  const states: State[] = [];
  collect(root, scopes, states);
  let byName: Map<string, State | State[]> | undefined;
  const statesNamed = (name: string): readonly State[] => {
    byName ??= groupByName(states);
    const found = byName.get(name) ?? [];
    return Array.isArray(found) ? found : [found];
  };
  const repeatedNames = (): readonly (readonly State[])[] => {
    byName ??= groupByName(states);
    return byName.size === states.length ? [] : [...byName.values()].filter((group) => Array.isArray(group));
  };
  return { node, queryLanguage, type, root, scopes, states, statesNamed, repeatedNames };
}

/** Any other value than JSONPath makes AWS go on as if it were JSONata. */
function machineLanguage(node: ObjectNode, otherwise: QueryLanguage = 'JSONPath'): QueryLanguage {
  const language = node.get('QueryLanguage');
  if (language === undefined) return otherwise;
  if (language.kind !== 'string') return 'JSONPath';
  return isQueryLanguage(language.value) ? language.value : 'JSONata';
}

function typeInComment(node: ObjectNode): MachineType | undefined {
  const comment = node.get('Comment');
  if (comment?.kind !== 'string') return undefined;
  const said = /\bsluice:\s*(express|standard)\b/i.exec(comment.value)?.[1]?.toUpperCase();
  return said === 'EXPRESS' || said === 'STANDARD' ? said : undefined;
}

function collect(scope: Scope, scopes: Scope[], states: State[]): void {
  scopes.push(scope);
  for (const state of scope.states) {
    states.push(state);
    for (const inner of state.scopes) collect(inner, scopes, states);
  }
}

/** Most names stand for one state, so only the others get a list. */
function groupByName(states: readonly State[]): Map<string, State | State[]> {
  const groups = new Map<string, State | State[]>();
  for (const state of states) {
    const group = groups.get(state.name);
    if (group === undefined) groups.set(state.name, state);
    else if (Array.isArray(group)) group.push(state);
    else groups.set(state.name, [group, state]);
  }
  return groups;
}

/** Finds states by name; of several, the last. Most scopes are a branch or processor with a few states. */
function finder(states: readonly State[]): Scope['find'] {
  if (states.length < 8) return (name) => states.findLast((state) => state.name === name);
  const byName = new Map<string, State>();
  for (const state of states) byName.set(state.name, state);
  return (name) => byName.get(name);
}

const NO_SCOPES: readonly Scope[] = [];
const PROCESSOR_FIELDS = ['ItemProcessor', 'Iterator'];

class Builder {
  scope(kind: ScopeKind, node: ObjectNode, owner: State | undefined, surroundings: Surroundings): Scope {
    const states: State[] = [];
    const strays: Scope['strays'][number][] = [];
    const stateNodes = node.get('States');
    if (stateNodes?.kind === 'object') {
      for (const property of stateNodes.properties) {
        if (property.value.kind !== 'object') strays.push(property);
        else states.push(this.#state(property.key, property.value, surroundings));
      }
    }
    const startNode = node.get('StartAt');
    const startAt = startNode === undefined ? undefined : transition('StartAt', startNode);
    const find = finder(states);
    const resolve = (one: Transition): void => {
      one.to = one.target === undefined ? undefined : find(one.target);
    };
    for (let index = 0; index < states.length; index++) {
      const state = states[index];
      if (state === undefined) continue;
      state.index = index;
      for (const one of state.transitions) resolve(one);
    }
    if (startAt !== undefined) resolve(startAt);
    return {
      kind,
      node,
      owner,
      startAt,
      states,
      strays,
      find,
      childType: kind === 'processor' ? childTypeOf(node) : undefined,
    };
  }

  #state(key: State['key'], node: ObjectNode, surroundings: Surroundings): State {
    const known = node.meaning;
    if (known instanceof State && known.name === key.value && isSame(known.surroundings, surroundings)) {
      known.key = key;
      return known;
    }
    const state = new State(key, node, surroundings, (owner) => this.#innerScopes(owner));
    node.meaning = state;
    return state;
  }

  #innerScopes(owner: State): readonly Scope[] {
    const { node, surroundings } = owner;
    const branches = node.get('Branches');
    if (branches === undefined && !PROCESSOR_FIELDS.some((field) => node.has(field))) return NO_SCOPES;
    const depth = surroundings.depth + 1;
    const scopes: Scope[] = [];
    if (branches?.kind === 'array') {
      for (const branch of branches.items) {
        if (branch.kind === 'object') scopes.push(this.scope('branch', branch, owner, { ...surroundings, depth }));
      }
    }
    for (const field of PROCESSOR_FIELDS) {
      const processor = node.get(field);
      if (processor?.kind !== 'object') continue;
      const childType = childTypeOf(processor);
      const inner: Surroundings = {
        ...surroundings,
        depth,
        isInMap: true,
        isInChild: surroundings.isInChild || childType !== undefined,
        workflowType: childType === undefined ? surroundings.workflowType : known(childType),
      };
      scopes.push(this.scope('processor', processor, owner, inner));
    }
    return scopes;
  }
}

function known(type: MachineType | 'unknown'): MachineType | undefined {
  return type === 'unknown' ? undefined : type;
}

/** The type of the child executions of a distributed processor; undefined for an inline one. */
export function childTypeOf(processor: ObjectNode): MachineType | 'unknown' | undefined {
  const config = processor.get('ProcessorConfig');
  if (config?.kind !== 'object' || text(config.get('Mode')) !== 'DISTRIBUTED') return undefined;
  const type = text(config.get('ExecutionType'));
  return type === 'STANDARD' || type === 'EXPRESS' ? type : 'unknown';
}

function text(node: Node | undefined): string | undefined {
  return node?.kind === 'string' ? node.value : undefined;
}

function isSame(a: Surroundings, b: Surroundings): boolean {
  return (
    a.machineLanguage === b.machineLanguage &&
    a.workflowType === b.workflowType &&
    a.isInMap === b.isInMap &&
    a.isInChild === b.isInChild &&
    a.depth === b.depth
  );
}
