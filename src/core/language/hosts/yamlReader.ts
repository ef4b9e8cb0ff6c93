import {
  isAlias,
  isCollection,
  isMap,
  isNode,
  isScalar,
  visit,
  type Alias,
  type Document,
  type Node as YamlNode,
  type YAMLMap,
} from 'yaml';
import {
  ArrayNode,
  BooleanNode,
  NullNode,
  NumberNode,
  ObjectNode,
  property,
  StringNode,
  UnknownNode,
  type Node,
  type ContainerIssues,
  type Property,
  type SyntaxIssue,
} from '../tree.ts';
import { MAX_DEPTH } from './json.ts';
import { issuesAround, type YamlFaults } from './yamlFaults.ts';
import { yamlEncoding } from './yamlScalar.ts';

/** Nodes that aliases may add to one document: a few lines of aliases of aliases could otherwise fill the memory. */
const MAX_ALIASED_NODES = 100_000;

export interface YamlOptions {
  /** `!Sub x` is read as `{"Fn::Sub": x}`, as CloudFormation does; without it a tagged value is unknown. */
  readonly tagsAreFunctions?: boolean;
}

export function tooDeep(offset: number, length: number): SyntaxIssue {
  const message = `Nested deeper than ${MAX_DEPTH} levels; AWS refuses such a definition.`;
  return { code: 'too-deep', offset, length, message };
}

/** Where a node is put: relative to `base`; at `alias` when it is read on behalf of an alias. */
export interface Placement {
  readonly base: number;
  readonly depth: number;
  readonly alias: { readonly start: number; readonly length: number } | undefined;
}

/** Turns a parsed document into nodes. */
export class YamlReader {
  /** Whether parts of the text stand for others, so that none can be read by itself. */
  isEntangled = false;
  #aliased = 0;
  #targets: ReadonlyMap<Alias, YamlNode> | undefined;

  constructor(
    private readonly text: string,
    private readonly document: Document.Parsed,
    private readonly faults: Pick<YamlFaults, 'issues' | 'broken'>,
    private readonly options: YamlOptions,
  ) {}

  root(): Node {
    const { contents } = this.document;
    if (contents === null) return new UnknownNode(this.document.range[0], 0, 'missing');
    return this.#node(contents, { base: 0, depth: 1, alias: undefined });
  }

  #node(node: YamlNode, place: Placement): Node {
    const { start, length } = this.#span(node, place);
    const offset = start - place.base;
    if (isAlias(node) || node.anchor !== undefined) this.isEntangled = true;
    if (place.alias !== undefined && this.#isTooMuch(1, place)) return new UnknownNode(offset, length, 'too-deep');
    if (isAlias(node)) return this.#alias(node, start, length, place);
    if (
      node.tag !== undefined &&
      !node.tag.startsWith('tag:yaml.org') &&
      node.tag.startsWith('!') &&
      node.tag !== '!'
    ) {
      if (this.options.tagsAreFunctions === true) return this.#function(node, node.tag, place);
      return new UnknownNode(offset, length, 'intrinsic', node.tag);
    }
    return this.#untagged(node, place);
  }

  #untagged(node: YamlNode, place: Placement): Node {
    const { start, length } = this.#span(node, place);
    const offset = start - place.base;
    if (isCollection(node)) {
      if (place.depth > MAX_DEPTH) {
        this.faults.issues.push(tooDeep(start, 1));
        return new UnknownNode(offset, length, 'too-deep');
      }
      const inner = { ...place, base: start, depth: place.depth + 1 };
      if (isMap(node)) {
        const properties = this.properties(node, inner);
        const values = properties.map(({ value }) => value);
        return new ObjectNode(offset, length, properties, this.#issuesOf(place, { start, length }, values));
      }
      const items = node.items.map((item) => this.#child(item, start, inner));
      return new ArrayNode(offset, length, items, this.#issuesOf(place, { start, length }, items));
    }
    return isScalar(node) ? this.#scalar(node, place) : new UnknownNode(offset, length, 'invalid');
  }

  /** A value with a short tag, as the object of the long form, which begins at the tag. */
  #function(node: YamlNode, tag: string, place: Placement): Node {
    const { start, length } = this.#span(node, place);
    const tagStart = place.alias === undefined ? Math.max(0, this.text.lastIndexOf(tag, start)) : start;
    const name = tag.slice(1);
    const long = name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`;
    const key = new StringNode(0, Math.min(tag.length, start + length - tagStart), long, 0);
    const value = this.#untagged(node, { ...place, base: tagStart, depth: place.depth + 1 });
    return new ObjectNode(tagStart - place.base, start + length - tagStart, [property(key, value)], undefined);
  }

  #alias(alias: Alias, start: number, length: number, place: Placement): Node {
    const target = this.#targetOf(alias, place);
    if (target === undefined || place.depth > MAX_DEPTH) return new UnknownNode(start - place.base, length, 'invalid');
    return this.#node(target, { ...place, depth: place.depth + 1, alias: place.alias ?? { start, length } });
  }

  /** What a collection has of the fault that breaks the structure. */
  #issuesOf(
    { alias }: Placement,
    { start, length }: { start: number; length: number },
    children: readonly Node[],
  ): ContainerIssues | undefined {
    const { broken } = this.faults;
    if (broken === undefined || alias !== undefined) return undefined;
    const spans = children
      .filter(({ kind }) => kind === 'object' || kind === 'array')
      .map((child) => ({ start: start + child.offset, end: start + child.offset + child.length }));
    return issuesAround(this.text, { start, end: start + length }, broken, spans);
  }

  #targetOf(alias: Alias, place: Placement): YamlNode | undefined {
    this.#targets ??= aliasTargets(this.document);
    const target = this.#targets.get(alias);
    if (target === undefined && place.alias === undefined) {
      const { start, length } = this.#span(alias, place);
      const message = `There is no anchor "&${alias.source}" before this alias.`;
      this.faults.issues.push({ code: 'syntax', offset: start, length, message });
    }
    return target;
  }

  /** Counts nodes that are read on behalf of aliases, and says once that there are too many. */
  #isTooMuch(more: number, { alias }: Placement): boolean {
    const before = this.#aliased;
    this.#aliased += more;
    if (this.#aliased <= MAX_ALIASED_NODES) return false;
    if (before <= MAX_ALIASED_NODES) {
      const message = `Aliases stand for more than ${MAX_ALIASED_NODES.toLocaleString('en-US')} values; those from here on are not read.`;
      this.faults.issues.push({ code: 'too-deep', offset: alias?.start ?? 0, length: alias?.length ?? 1, message });
    }
    return true;
  }

  #span(node: YamlNode, { alias }: Placement): { start: number; length: number } {
    if (alias !== undefined) return alias;
    const [start, end] = node.range ?? [0, 0];
    return { start, length: end - start };
  }

  #child(item: unknown, fallback: number, place: Placement): Node {
    if (!isNode(item)) return new UnknownNode(fallback - place.base, 0, 'missing');
    return this.#node(item, place);
  }

  /** What is in a mapping; `place.base` is where the mapping itself begins. */
  properties(map: YAMLMap, place: Placement): Property[] {
    const properties: Property[] = [];
    const merged: Property[] = [];
    for (const pair of map.items) {
      const key = this.#key(pair.key as YamlNode, place);
      if (key.value === '<<') {
        this.isEntangled = true;
        merged.push(...this.#mergedProperties(pair.value as YamlNode | null, place));
        continue;
      }
      const keyEnd = place.base + key.offset + key.length;
      properties.push(property(key, this.#child(pair.value, keyEnd, place)));
    }
    const names = new Set(properties.map(({ name }) => name));
    for (const one of merged) {
      if (names.has(one.name)) continue;
      names.add(one.name);
      properties.push(one);
    }
    return properties;
  }

  #mergedProperties(value: YamlNode | null, place: Placement): Property[] {
    if (value === null) return [];
    const { start, length } = this.#span(value, place);
    const target = isAlias(value) ? this.#targetOf(value, place) : value;
    const alias = place.alias ?? (isAlias(value) ? { start, length } : undefined);
    if (isMap(target)) {
      if (place.depth > MAX_DEPTH || this.#isTooMuch(target.items.length, { ...place, alias })) return [];
      return this.properties(target, { ...place, depth: place.depth + 1, alias });
    }
    if (!isCollection(target)) return [];
    return target.items.flatMap((item) => this.#mergedProperties(item as YamlNode, { ...place, alias }));
  }

  #key(key: YamlNode, place: Placement): StringNode {
    const { start, length } = this.#span(key, place);
    const offset = start - place.base;
    if (isScalar(key) && typeof key.value === 'string' && place.alias === undefined) {
      return new StringNode(offset, length, key.value, yamlEncoding(this.text, key));
    }
    const name = isScalar(key) ? (key.source ?? String(key.value)) : this.text.slice(start, start + length);
    return new StringNode(offset, length, name, 0);
  }

  #scalar(node: YamlNode, place: Placement): Node {
    const { start, length } = this.#span(node, place);
    const offset = start - place.base;
    const value: unknown = isScalar(node) ? node.value : null;
    switch (typeof value) {
      case 'string': {
        const encoding = isScalar(node) && place.alias === undefined ? yamlEncoding(this.text, node) : 0;
        return new StringNode(offset, length, value, encoding);
      }
      case 'number':
      case 'bigint':
        return new NumberNode(offset, length, Number(value));
      case 'boolean':
        return new BooleanNode(offset, length, value);
      default:
        return value === null ? new NullNode(offset, length) : new UnknownNode(offset, length, 'invalid');
    }
  }
}

/** What each alias of a document stands for: the last node before it that has its anchor. */
function aliasTargets(document: Document.Parsed): ReadonlyMap<Alias, YamlNode> {
  const anchors = new Map<string, YamlNode>();
  const targets = new Map<Alias, YamlNode>();
  visit(document, {
    Node: (_key, node) => {
      if (isAlias(node)) {
        const target = anchors.get(node.source);
        if (target !== undefined) targets.set(node, target);
      } else if (node.anchor !== undefined) anchors.set(node.anchor, node);
    },
  });
  return targets;
}
