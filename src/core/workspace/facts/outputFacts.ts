import type { ProgramCall, ProgramFile } from '../../language/hosts/host.ts';
import { callOf } from '../../language/hosts/program/reader.ts';
import type { Node, ObjectNode } from '../../language/tree.ts';
import type { JsonOutput } from './facts.ts';
import { callAddress } from './hostFacts.ts';

/**
 * What resources of a Pulumi program only have once they are made, where `json.dumps` writes it out before:
 * https://www.pulumi.com/docs/iac/concepts/inputs-outputs/
 */
export function jsonOutputs({ calls, objects, text, language }: ProgramFile): readonly JsonOutput[] {
  if (language !== 'python' || !/\bimport\s+pulumi\b|\bfrom\s+pulumi\b/.test(text)) return [];
  const resources = new Set(calls.flatMap((call) => (isResource(call) ? (callAddress(call.node, text) ?? []) : [])));
  if (resources.size === 0) return [];
  const found: JsonOutput[] = [];
  for (const { callee, positional, node } of calls) {
    if (!/(?:^|\.)json\.dumps$|^dumps$/.test(callee)) continue;
    const [first] = positional;
    const value = first && literalOf(first, text, objects);
    if (value === undefined || isInLambda(text, node.start)) continue;
    for (const one of outputsIn(value, text, resources)) {
      if (!found.some(({ span }) => span.start === one.span.start)) found.push(one);
    }
  }
  return found.sort((a, b) => a.span.start - b.span.start);
}

/** Whether a text may write outputs of Pulumi into JSON, at a glance. */
export function mayHoldOutputs(text: string): boolean {
  return /\bpulumi\b/.test(text) && /\bdumps\(/.test(text);
}

/** `aws.glue.Job(…)`: a class of a package of Pulumi, not one of its functions or of its inputs. */
function isResource({ callee }: ProgramCall): boolean {
  return /^(?:pulumi_)?aws(?:_native)?\.(?:\w+\.)+[A-Z]\w*$/.test(callee) && !/Args$/.test(callee);
}

/** The object itself, or the one that a variable was given at one place only. */
function literalOf(node: Node, text: string, objects: readonly ObjectNode[]): Node | undefined {
  if (node.kind !== 'unknown' || callOf(node) !== undefined) return node;
  const name = text.slice(node.start, node.end);
  const given = objects.filter(
    (object) =>
      object.end < node.start &&
      new RegExp(`(?:^|\\n)[ \\t]*${name.replaceAll(/\W/g, '\\$&')}\\s*(?::[^=\\n]+)?=\\s*$`).test(
        text.slice(Math.max(0, object.start - 200), object.start),
      ),
  );
  return given.length === 1 ? given[0] : undefined;
}

/** Whether the call is what `apply` runs once the values are there. */
function isInLambda(text: string, offset: number): boolean {
  return /\blambda\b[^\n:]*:[^\n]*$/.test(text.slice(Math.max(0, offset - 200), offset));
}

function* outputsIn(node: Node, text: string, resources: ReadonlySet<string>): Generator<JsonOutput> {
  if (node.kind === 'object') for (const { value } of node.properties) yield* outputsIn(value, text, resources);
  else if (node.kind === 'array') for (const item of node.items) yield* outputsIn(item, text, resources);
  else if (node.kind === 'unknown' && callOf(node) === undefined) {
    const written = text.slice(node.start, node.end).trim();
    const resource = /^([A-Za-z_]\w*)\.\w+$/.exec(written)?.[1];
    if (resource !== undefined && resources.has(resource)) {
      yield { written, isInText: false, span: { start: node.start, end: node.end } };
    }
  } else if (node.kind === 'string') {
    for (const [whole, resource = ''] of node.value.matchAll(/\$\{([A-Za-z_]\w*)\.\w+\}/g)) {
      if (!resources.has(resource)) continue;
      yield { written: whole.slice(2, -1), isInText: true, span: { start: node.start, end: node.end } };
    }
  }
}
