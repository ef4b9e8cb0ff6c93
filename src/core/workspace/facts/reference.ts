import { dirname } from 'node:path/posix';
import { referenceOf } from '../../glue/references.ts';
import { hasPlaceholder } from '../../language/placeholders.ts';
import type { Node } from '../../language/tree.ts';
import type { WorkspacePath } from '../workspaceFile.ts';
import type { Mention, Span, Spot, ThingKind } from './facts.ts';
import { constantReference } from './pythonConstants.ts';
import { spanOf, spotIn } from './spot.ts';

/** A file that is being read for facts. */
export interface Reading {
  readonly path: WorkspacePath;
  readonly text: string;
}

/** What an address is known by in the workspace: in its own file, or in the folder that is a Terraform module. */
export function scopedAddress(address: string, path: WorkspacePath): string {
  return `ref:${/\.(?:tf|tofu)$/i.test(path) ? dirname(path) : path}#${address}`;
}

/** A name with placeholders, which mean the same in one file only, until a stage says what they are. */
export function patternIn(name: string, path: WorkspacePath): string {
  return `pattern:${path}#${name}`;
}

/** What a value names; undefined where that cannot be told, or where it is empty. */
export function mentionOf(
  kind: ThingKind,
  node: Node | undefined,
  reading: Reading,
  substitutions?: (name: string) => Node | undefined,
): Mention | undefined {
  if (node === undefined) return undefined;
  const { path, text } = reading;
  const substituted = node.kind === 'string' ? /^\$\{(\w+)\}$/.exec(node.value)?.[1] : undefined;
  const value = substituted === undefined ? undefined : substitutions?.(substituted);
  if (value !== undefined) {
    const found = mentionOf(kind, value, reading);
    return found && { ...found, span: spanOf(node) };
  }
  if (node.kind === 'string' && !hasPlaceholder(node.value)) return nameMention(kind, node, text);
  const reference = blockReference(node, text) ?? referenceOf(node, text);
  if (reference?.startsWith('ref:') !== true) {
    const constant = node.kind === 'unknown' ? constantReference(node, reading) : undefined;
    if (constant !== undefined) return { kind, reference: constant, spot: undefined, span: spanOf(node) };
    if (node.kind !== 'string' || !hasPlaceholder(node.value) || /^arn:|^%/.test(node.value)) return undefined;
    return { kind, reference: patternIn(node.value, path), spot: undefined, span: spanOf(node) };
  }
  return {
    kind,
    reference: scopedAddress(reference.slice('ref:'.length), path),
    spot: undefined,
    span: spanOf(node),
  };
}

/** `aws_sfn_state_machine.load.arn` and the like, which are not of Glue. */
function blockReference(node: Node, source: string): string | undefined {
  const text = node.kind === 'string' ? node.value : source.slice(node.start, node.end);
  const block = /^(?:\$\{\s*)?(aws_(?:sfn_state_machine|lambda_function)\.[\w-]+)(?:\[[^\]]*\])?\.\w+(?:\s*\})?$/.exec(
    text.trim(),
  );
  return block?.[1] === undefined ? undefined : `ref:${block[1]}`;
}

/** A name by itself, or at the end of an ARN. */
function nameMention(kind: ThingKind, node: Node & { readonly kind: 'string' }, text: string): Mention | undefined {
  const [from, to] = nameIn(kind, node.value);
  const name = node.value.slice(from, to);
  if (name === '' || /[$<>{}]|^%/.test(name)) return undefined;
  return { kind, reference: `name:${name}`, spot: spotIn(node, text, from, to), span: spanOf(node) };
}

/** What a text at a spot names, where a thing of the kind is due. */
export function mentionAt(kind: ThingKind, spot: Spot, span: Span): Mention | undefined {
  const [from, to] = nameIn(kind, spot.text);
  const name = spot.text.slice(from, to);
  if (name === '' || /[$<>{}]|^%/.test(name)) return undefined;
  const isWhole = name === spot.text;
  const part = { text: name, start: spot.start + from, end: spot.start + to, isLiteral: true };
  return { kind, reference: `name:${name}`, spot: isWhole ? spot : spot.isLiteral ? part : undefined, span };
}

const ARN_NAMES: Readonly<Partial<Record<ThingKind, RegExp>>> = {
  stateMachine: /^arn:[^:]*:states:[^:]*:[^:]*:stateMachine:([^:]+)/,
  function: /^(?:arn:[^:]*:lambda:[^:]*:[^:]*:function:|[^:]+:function:)?([^:]+)/,
  job: /^arn:[^:]*:glue:[^:]*:[^:]*:job\/(.+)$/,
  workflow: /^arn:[^:]*:glue:[^:]*:[^:]*:workflow\/(.+)$/,
  crawler: /^arn:[^:]*:glue:[^:]*:[^:]*:crawler\/(.+)$/,
};

function nameIn(kind: ThingKind, value: string): readonly [number, number] {
  const found = ARN_NAMES[kind]?.exec(value);
  const name = found?.[1];
  if (found === null || found === undefined || name === undefined) {
    return value.startsWith('arn:') ? [0, 0] : [0, value.length];
  }
  const from = found[0].length - name.length;
  return [from, from + name.length];
}
