import type { Node } from '../language/tree.ts';
import { SHAPES } from './fields/shapes.ts';
import type { FieldSpec, ShapeName } from './fields/spec.ts';
import type { Job } from './model.ts';
import type { Part } from './part.ts';
import { knownText } from './values.ts';

type Members = Readonly<Record<string, unknown>>;

/**
 * The members of a job by the names of the API, as far as the text says them: what a template or a program fills in later is
 * absent, so that it does not count as different from what is deployed.
 */
export function configuredJob({ part }: Pick<Job, 'part'>): Members {
  return members(part, 'job');
}

function members(part: Part, shape: ShapeName): Members {
  const entries = SHAPES[shape].fields.flatMap((field) => {
    const value = valueOf(part, field);
    return value === undefined ? [] : [[field.name, value] as const];
  });
  return Object.fromEntries(entries);
}

function valueOf(part: Part, { name, value }: FieldSpec): unknown {
  switch (value.kind) {
    case 'integer':
    case 'number':
      return part.number(name);
    case 'boolean':
    case 'text':
    case 'word':
      return part.text(name);
    case 'object': {
      const inner = part.part(name, value.shape);
      const found = inner && members(inner, value.shape);
      return found && Object.keys(found).length > 0 ? found : undefined;
    }
    case 'map':
    case 'arguments':
      return texts(part.get(name), part.source);
    case 'list':
    case 'texts':
      return undefined;
  }
}

function texts(node: Node | undefined, source: string): Members | undefined {
  if (node?.kind !== 'object') return undefined;
  const entries = node.properties.flatMap(({ key, value }) => {
    const text = knownText(value, source);
    return text === undefined ? [] : [[key.value, text] as const];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
