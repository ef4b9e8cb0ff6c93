import { isEffective, type FieldChange } from './mergeInput.ts';

const valueLimit = 60;

/** Changes in one line: `Timeout 10 → 20, --date removed, 3 fields set by others kept`. */
export function describeChanges(changes: readonly FieldChange[]): string {
  const kept = changes.length - changes.filter(isEffective).length;
  const words = changes.filter(isEffective).map(describeChange);
  if (kept > 0) words.push(`${kept} ${kept === 1 ? 'field' : 'fields'} set by others kept`);
  return words.join(', ');
}

function describeChange(change: FieldChange): string {
  const name = change.path.replace(/^(NonOverridable|Default)Arguments\./, '');
  if (change.kind === 'remove') return `${name} removed (was ${shown(change.from)})`;
  if (change.kind === 'keep') return `${name} kept`;
  return change.from === undefined
    ? `${name} ${shown(change.to)} added`
    : `${name} ${shown(change.from)} → ${shown(change.to)}`;
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const line = text.replace(/\s+/g, ' ');
  return line.length > valueLimit ? `${line.slice(0, valueLimit)}…` : line || '""';
}
