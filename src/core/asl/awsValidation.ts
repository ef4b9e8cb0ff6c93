import type { Range } from '../language/lineIndex.ts';
import { hasPlaceholder } from '../language/placeholders.ts';
import { placeholderValue, type Values } from '../language/stages.ts';
import { offsetsOf, keyOf } from '../language/rules/rule.ts';
import type { Node } from '../language/tree.ts';
import { pathOf } from '../language/treeQueries.ts';
import type { AslDefinition } from './definition.ts';

/** One thing that AWS says of a definition: https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinitionDiagnostic.html */
export interface AwsDiagnostic {
  readonly severity: 'ERROR' | 'WARNING';
  readonly code: string;
  readonly message: string;
  /** `/States/Load/Resource`, where AWS names a place. */
  readonly location?: string;
}

export interface PlacedDiagnostic extends AwsDiagnostic {
  readonly range: Range;
}

/**
 * The definition as JSON that AWS can read, with the substitutions that are written out and the values of a stage; what only a template or program
 * knows is filled in with something plausible.
 */
export function toSentDefinition(definition: AslDefinition, values: Values = {}): string {
  const { tree, machine, text } = definition;
  const isPlain = tree.part === undefined && tree.format === 'json' && !hasPlaceholder(text);
  if (isPlain || !machine) return tree.part?.embedded?.text ?? text;
  return JSON.stringify(valueOf(machine.node, substituted(definition, values)));
}

/** What stands for a name in `${…}`; undefined where the file does not write it out. */
type Substituted = (name: string) => string | undefined;

function substituted({ substitutions }: AslDefinition, values: Values): Substituted {
  return (name) => {
    const value = substitutions?.get(name);
    if (value?.kind === 'number' || value?.kind === 'boolean') return String(value.value);
    if (value?.kind === 'string' && !hasPlaceholder(value.value)) return value.value;
    return placeholderValue(name, values);
  };
}

/** What AWS found, each at its place, without what `findings` already say as errors at the same place. */
export function placeDiagnostics(
  definition: AslDefinition,
  diagnostics: readonly AwsDiagnostic[],
): readonly PlacedDiagnostic[] {
  const { lines, tree } = definition;
  const errors = definition.findings().filter(({ severity }) => severity === 1);
  return diagnostics
    .map((diagnostic) => {
      const { start, end } = offsetsOf(keyOf(nodeAtLocation(tree.root, diagnostic.location ?? '')));
      return { ...diagnostic, range: lines.rangeOf(start, Math.max(start, end)) };
    })
    .filter(({ range, severity }) => severity !== 'ERROR' || !errors.some((error) => isNear(error.range, range)));
}

/** The place of a field is its name; ours may be its value, on the same line or below. */
function isNear(a: Range, b: Range): boolean {
  return a.start.line <= b.end.line && b.start.line <= a.end.line;
}

/** The node that a location leads to, or the last one on the way that is there. Names may hold slashes themselves. */
function nodeAtLocation(root: Node, location: string): Node {
  let node = root;
  let rest = location.replace(/^\//, '');
  while (rest !== '') {
    const index = /^\[(\d+)\]/.exec(rest) ?? /^(\d+)(?=\/|\[|$)/.exec(rest);
    const step = node.kind === 'array' ? index?.[0] : node.kind === 'object' ? longestName(node, rest) : undefined;
    if (step === undefined) return node;
    const next =
      node.kind === 'array' ? node.items[Number(index?.[1])] : node.kind === 'object' ? node.get(step) : undefined;
    if (next === undefined) return node;
    node = next;
    rest = rest.slice(step.length).replace(/^\//, '');
  }
  return node;
}

function longestName(node: Node & { kind: 'object' }, rest: string): string | undefined {
  return node.properties
    .map(({ key }) => key.value)
    .filter((name) => rest.startsWith(name) && /^(?:$|[/[])/.test(rest.slice(name.length)))
    .sort((a, b) => b.length - a.length)[0];
}

/** A JSON value; a placeholder or expression of the host becomes what its field would hold. */
function valueOf(node: Node, known: Substituted): unknown {
  switch (node.kind) {
    case 'object':
      return Object.fromEntries(
        node.properties.map(({ key, value }) => [filled(key.value, known), valueOf(value, known)]),
      );
    case 'array':
      return node.items.map((item) => valueOf(item, known));
    case 'string': {
      const text = filled(node.value, known);
      return isWholePlaceholder(text) ? plausible(node) : text;
    }
    case 'number':
    case 'boolean':
      return node.value;
    case 'null':
      return null;
    case 'unknown':
      return plausible(node);
  }
}

/** A text with what is known put in; what is not stays, as it is mostly a part of an ARN. */
function filled(text: string, known: Substituted): string {
  return text.includes('${') ? text.replaceAll(/\$\{(\w+)\}/g, (whole, name: string) => known(name) ?? whole) : text;
}

function isWholePlaceholder(value: string): boolean {
  return /^\$\{[^{}]*\}$/.test(value);
}

function plausible(node: Node): unknown {
  const field = pathOf(node).at(-1);
  const name = typeof field === 'string' ? field : '';
  if (name === 'Resource') return 'arn:aws:lambda:us-east-1:123456789012:function:placeholder';
  if (/(?:Seconds|Attempts|Rate|Count|Percentage|Concurrency|Items|Bytes)$/.test(name)) return 1;
  return name === 'End' ? true : 'placeholder';
}
