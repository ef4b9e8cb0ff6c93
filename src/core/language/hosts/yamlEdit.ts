import { isMap, isScalar, type YAMLMap } from 'yaml';
import type { Reuse } from '../reuse.ts';
import { ObjectNode, property, type Node, type Property, type SyntaxIssue, type Tree } from '../tree.ts';
import { isTooDeep, parseYaml } from './yaml.ts';
import { readDocuments } from './yamlDocuments.ts';
import { YamlReader } from './yamlReader.ts';

/**
 * The tree of a YAML text after an edit, the same as reading it anew gives. Of the block mappings around the edit, the
 * smallest entry is read anew that can be read by itself, and takes the place of the old one; where there is none, and
 * where something is wrong with the text, the whole is read. The tree before must not be used afterwards.
 */
export function editYaml(text: string, reuse: Reuse): Tree {
  const { tree, change } = reuse;
  if (tree.isEntangled === true || tree.issues.length > 0 || isTooDeep(text)) return parseYaml(text);
  const delta = change.text.length - change.length;
  const steps = stepsTo(reuse);
  for (let depth = steps.length; depth > 0; depth--) {
    const entry = steps[depth - 1]?.entry;
    if (entry === undefined || entry.end - entry.start > text.length / 2) continue;
    const properties = readEntry(text.slice(entry.start, entry.end + delta), entry, depth);
    if (properties === undefined) continue;
    const root = replaceEntry(steps.slice(0, depth), properties, delta);
    return { text, format: 'yaml', root, issues: [] };
  }
  return parseYaml(text);
}

/** On the way from the root to the edit: a block mapping, and which of its properties the edit is in. */
interface Step {
  readonly map: ObjectNode;
  readonly index: number;
  /** Undefined where the property cannot be read by itself. */
  readonly entry: Entry | undefined;
}

/** A property of a block mapping as whole lines, from that of its key to that of the key that follows. */
interface Entry {
  readonly mapStart: number;
  readonly start: number;
  readonly end: number;
  /** Blanks before the key. */
  readonly indent: number;
}

function stepsTo({ tree, change }: Reuse): readonly Step[] {
  const { text } = tree;
  const changeEnd = change.offset + change.length;
  const steps: Step[] = [];
  let node = tree.root;
  let mapStart = node.offset;
  let end = text.length;
  while (node.kind === 'object' && text[mapStart] !== '{') {
    const map: ObjectNode = node;
    const base = mapStart;
    const index = map.properties.findLastIndex(({ key }) => base + key.offset <= change.offset);
    const property = map.properties[index];
    if (property === undefined) break;
    const next = map.properties[index + 1];
    if (next !== undefined) end = lineStart(text, base + next.key.offset) ?? 0;
    if (changeEnd > end) break;
    const keyStart = base + property.key.offset;
    const start = lineStart(text, keyStart);
    // What follows the last entry of a mapping is further out, and the mapping's own end would move. Where a key that is
    // left out stands depends on what comes before it.
    const isBounded = next !== undefined && next.key.length > 0;
    const entry = start === undefined || !isBounded ? undefined : { mapStart, start, end, indent: keyStart - start };
    steps.push({ map, index, entry });
    mapStart += property.value.offset;
    node = property.value;
  }
  return steps;
}

/** The start of a line on which only blanks come before `at`. */
function lineStart(text: string, at: number): number | undefined {
  let start = at;
  while (text[start - 1] === ' ') start--;
  return start === 0 || text[start - 1] === '\n' ? start : undefined;
}

/**
 * Reads the lines of an entry as a document of its own. A key that is put after them must be read as the next key of the
 * same mapping: then the lines leave nothing open, and the text behind them means what it meant before.
 */
function readEntry(lines: string, { mapStart, start, indent }: Entry, depth: number): readonly Property[] | undefined {
  if (!lines.endsWith('\n') || !isIndented(lines, indent) || /^(?:---|\.\.\.|%)|\uFEFF/m.test(lines)) return undefined;
  const [document, more] = readDocuments(`${lines}${' '.repeat(indent)}next: 0\n`);
  const map = document?.contents;
  if (document === undefined || more !== undefined || document.errors.length > 0) return undefined;
  if (!isMap(map) || map.flow === true || map.range[0] !== indent) return undefined;
  if (!takesNextKey(map, lines.length + indent)) return undefined;
  const issues: SyntaxIssue[] = [];
  const reader = new YamlReader(lines, document, { issues, broken: undefined }, {});
  const properties = reader.properties(map, { base: mapStart - start, depth: depth + 1, alias: undefined });
  const isClear = !reader.isEntangled && issues.length === 0 && properties.every(({ key }) => key.length > 0);
  return isClear && properties.length > 0 ? properties : undefined;
}

/** Whether no line but empty ones begins left of the entry's key. */
function isIndented(lines: string, indent: number): boolean {
  const blanks = ' '.repeat(indent);
  return lines.split('\n').every((line) => line.startsWith(blanks) || line.trim() === '');
}

/** Takes the last pair out of a mapping, if that is the key put there. */
function takesNextKey(map: YAMLMap, offset: number): boolean {
  const last = map.items.pop();
  return isScalar(last?.key) && last.key.range?.[0] === offset && isScalar(last.value) && last.value.value === 0;
}

/** Puts the properties in the place of the last step's and makes the mappings around them anew; gives the root. */
function replaceEntry(steps: readonly Step[], properties: readonly Property[], delta: number): Node {
  let inside = properties;
  let child: ObjectNode | undefined;
  for (const { map, index } of steps.toReversed()) {
    const key = map.properties[index]?.key;
    if (child !== undefined && key !== undefined) inside = [property(key, child)];
    const after = map.properties.slice(index + 1);
    for (const { key: laterKey, value } of after) {
      laterKey.offset += delta;
      value.offset += delta;
    }
    const all = [...map.properties.slice(0, index), ...inside, ...after];
    child = new ObjectNode(map.offset, map.length + delta, all, undefined);
  }
  return child as Node;
}
