import type { FieldSpec, ValueSpec } from '../fields/spec.ts';
import { codeSpan } from './markdown.ts';

/** What a field takes, in words: `integer 1 to 99999999, or an expression`. Empty where the documentation says it. */
export function describeValue(value: FieldSpec['value']): string {
  const base = baseOf(value);
  return 'expression' in value ? `${base}, or an expression` : base;
}

function baseOf(value: ValueSpec): string {
  switch (value.kind) {
    case 'text':
      return 'text';
    case 'integer':
    case 'number':
      return `${value.kind === 'integer' ? 'whole number' : 'number'}${boundsOf(value.min, value.max)}`;
    case 'boolean':
      return 'true or false';
    case 'word':
      return value.words.map(codeSpan).join(', ');
    case 'timestamp':
      return 'timestamp';
    case 'path':
      return 'path';
    case 'object':
    case 'payload':
      return value.kind === 'payload' && value.root === 'any' ? '' : 'object';
    case 'list':
      return 'array';
    case 'any':
      return '';
  }
}

function boundsOf(min: number, max: number): string {
  const hasMax = max < Number.MAX_SAFE_INTEGER;
  if (!Number.isFinite(min)) return '';
  return hasMax ? ` ${min} to ${max}` : ` from ${min}`;
}
