import type { Node } from '../language/tree.ts';
import type { Resource } from './model.ts';
import { hasPlaceholder } from './values.ts';

/**
 * What a value refers to: `name:orders`, or what stands in the document for a resource, `ref:Orders` (a logical id, the
 * address of a block, a variable of a program). Undefined where it cannot be told.
 */
export type Reference = string;

export function referenceOf(node: Node | undefined, source: string): Reference | undefined {
  if (node?.kind === 'string' && !hasPlaceholder(node.value)) return `name:${node.value}`;
  if (node === undefined || (node.kind !== 'string' && node.kind !== 'unknown')) return undefined;
  return writtenReference(node.kind === 'string' ? node.value : source.slice(node.start, node.end));
}

/** `${aws_glue_job.load.name}`, `aws_glue_job.load.name`, `!Ref Load`, `{"Ref": "Load"}`, `load_job.name`. */
function writtenReference(written: string): Reference | undefined {
  const text = written
    .replace(/\s(?:#|\/\/)[^\n]*$/, '')
    .trim()
    .replace(/^"?\$\{\s*(.*?)\s*\}"?$/s, '$1')
    .trim();
  const intrinsic = /^(?:!Ref\s+|\{\s*"Ref"\s*:\s*"|Ref:\s*)["']?([A-Za-z0-9]+)["']?\s*\}?$/.exec(text)?.[1];
  if (intrinsic !== undefined) return `ref:${intrinsic}`;
  const block = /^(aws_glue_[a-z_]+\.[\w-]+)(?:\[[^\]]*\])?\.(?:name|id)$/.exec(text)?.[1];
  if (block !== undefined) return `ref:${block}`;
  if (/^(?:var|local|each|count|data|module)\./.test(text)) return undefined;
  const variable = /^(?:this\.|self\.)?([A-Za-z_]\w*)\.(?:name|id|ref|jobName|job_name)$/.exec(text)?.[1];
  return variable === undefined ? undefined : `ref:${variable}`;
}

/** Everything that a resource is referred to by. */
export function referencesTo({ name, address }: Resource): readonly Reference[] {
  return [...(address === undefined ? [] : [`ref:${address}`]), ...(name === undefined ? [] : [`name:${name}`])];
}
