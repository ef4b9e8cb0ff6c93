import type { AslDefinition } from '../asl/index.ts';
import { hasPlaceholder } from '../language/placeholders.ts';
import type { Node } from '../language/tree.ts';

/** How a definition differs from the one that is deployed. */
export interface DefinitionDrift {
  /** Names of outermost states that are new, gone or others. */
  readonly states: readonly string[];
  /** Whether something outside of the states differs: where it starts, how long it may take. */
  readonly isRestChanged: boolean;
}

type Deployed = Readonly<Record<string, unknown>>;

/**
 * Compares a definition with a deployed one, JSON text, state by state. What a template or program fills in later is like
 * anything. Undefined where either cannot be read.
 */
export function compareDefinition(local: Pick<AslDefinition, 'tree'>, deployed: string): DefinitionDrift | undefined {
  const { root } = local.tree;
  const there = parsed(deployed);
  const ours = root.kind === 'object' ? root.get('States') : undefined;
  const theirs = there?.['States'];
  if (root.kind !== 'object' || ours?.kind !== 'object' || there === undefined || !isRecord(theirs)) return undefined;
  const names = new Set([...ours.properties.map(({ key }) => key.value), ...Object.keys(theirs)]);
  const states = [...names].filter((name) => !isAlike(ours.get(name), theirs[name]));
  const keys = new Set([...root.properties.map(({ key }) => key.value), ...Object.keys(there)]);
  keys.delete('States');
  return { states, isRestChanged: [...keys].some((key) => !isAlike(root.get(key), there[key])) };
}

/** `differs in 2 states from dev`; undefined where nothing differs. */
export function describeDefinitionDrift({ states, isRestChanged }: DefinitionDrift, place: string): string | undefined {
  const { length } = states;
  if (length > 0) return `differs in ${length} ${length === 1 ? 'state' : 'states'} from ${place}`;
  return isRestChanged ? `differs from ${place}` : undefined;
}

function isAlike(ours: Node | undefined, theirs: unknown): boolean {
  if (ours === undefined) return theirs === undefined;
  switch (ours.kind) {
    case 'unknown':
      return true;
    case 'null':
      return theirs === null;
    case 'array':
      return (
        Array.isArray(theirs) &&
        theirs.length === ours.items.length &&
        ours.items.every((item, index) => isAlike(item, theirs[index]))
      );
    case 'object': {
      if (!isRecord(theirs)) return false;
      const names = new Set(ours.properties.map(({ key }) => key.value));
      // A key or a spread that is filled in later may stand for any of theirs.
      const isOpen = ours.issues !== undefined || [...names].some(hasPlaceholder);
      if (!isOpen && Object.keys(theirs).some((name) => !names.has(name))) return false;
      return ours.properties.every(({ key, value }) => hasPlaceholder(key.value) || isAlike(value, theirs[key.value]));
    }
    case 'string':
      return hasPlaceholder(ours.value) || ours.value === theirs;
    default:
      return ours.value === theirs;
  }
}

function parsed(text: string): Deployed | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Deployed {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value of a definition, with what is filled in later taken from the deployed one where that has it. */
export function filledDefinition({ tree }: Pick<AslDefinition, 'tree'>, deployed: unknown): unknown {
  return filled(tree.root, deployed);
}

function filled(node: Node, theirs: unknown): unknown {
  switch (node.kind) {
    case 'unknown':
      return theirs === undefined ? '…' : theirs;
    case 'null':
      return null;
    case 'array':
      return node.items.map((item, index) => filled(item, Array.isArray(theirs) ? theirs[index] : undefined));
    case 'object': {
      const there = isRecord(theirs) ? theirs : {};
      const ours = new Map(node.properties.map(({ key, value }) => [key.value, filled(value, there[key.value])]));
      // In the order of the deployed one, which does not count, so that only what differs shows.
      const names = [...Object.keys(there).filter((name) => ours.has(name)), ...ours.keys()];
      return Object.fromEntries([...new Set(names)].map((name) => [name, ours.get(name)]));
    }
    case 'string':
      return hasPlaceholder(node.value) && typeof theirs === 'string' ? theirs : node.value;
    default:
      return node.value;
  }
}
