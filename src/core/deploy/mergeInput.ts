import type { ResourceInput } from './deployable.ts';

/** What a deploy does with one field; `path` is `Timeout`, `DefaultArguments.--date`, … */
export type FieldChange =
  | { readonly kind: 'set'; readonly path: string; readonly from?: unknown; readonly to: unknown }
  /** We removed it, or set it to null, since it was last applied; or it cannot stand beside what we set. */
  | { readonly kind: 'remove'; readonly path: string; readonly from: unknown }
  /** Others set it, and our config does not speak of it. */
  | { readonly kind: 'keep'; readonly path: string; readonly from: unknown };

export interface MergedInput {
  /** The whole resource as it is to be. */
  readonly input: ResourceInput;
  readonly changes: readonly FieldChange[];
}

type Members = Readonly<Record<string, unknown>>;

/** Members that the API takes on creation only, or that no description gives back: they never differ. */
const notCompared = new Set(['Name', 'Tags']);

/**
 * The definition that an update has to send, where the update replaces all: what our config says, and what it does not
 * speak of as it is deployed, but for what our config said when it was last applied. `last` is undefined where that is not
 * known; nothing is removed then unless our config says null.
 */
export function mergeInput(local: ResourceInput, deployed: Members, last: Members | undefined): MergedInput {
  const changes: FieldChange[] = [];
  const merged = mergeMembers({ local, deployed, last: last ?? {} }, '', changes);
  return { input: { ...merged, Name: local.Name }, changes };
}

/** Whether a change is one that an account would see. */
export function isEffective(change: FieldChange): boolean {
  return change.kind !== 'keep';
}

interface Sides {
  readonly local: Members;
  readonly deployed: Members;
  readonly last: Members;
}

function mergeMembers({ local, deployed, last }: Sides, path: string, changes: FieldChange[]): Record<string, unknown> {
  const merged: Record<string, unknown> = {};
  const replaced = path === '' ? replacedMembers(local) : new Set<string>();
  for (const key of new Set([...Object.keys(local), ...Object.keys(deployed)])) {
    if (path === '' && notCompared.has(key)) continue;
    const [ours, theirs, before] = [local[key], deployed[key], last[key]];
    const at = path === '' ? key : `${path}.${key}`;
    if (ours === undefined && theirs !== undefined && before === undefined && !replaced.has(key)) {
      merged[key] = theirs;
      changes.push({ kind: 'keep', path: at, from: theirs });
    } else if (ours === undefined || ours === null) {
      if (theirs !== undefined) changes.push({ kind: 'remove', path: at, from: theirs });
    } else if (isMembers(ours) && isMembers(theirs)) {
      merged[key] = mergeMembers({ local: ours, deployed: theirs, last: isMembers(before) ? before : {} }, at, changes);
    } else {
      merged[key] = ours;
      if (!isSameField(key, ours, theirs)) changes.push({ kind: 'set', path: at, to: ours, ...from(theirs) });
    }
  }
  return merged;
}

/** Capacity is said in one way only: a job with workers has no MaxCapacity, and the reverse. */
function replacedMembers(local: Members): ReadonlySet<string> {
  if ('WorkerType' in local || 'NumberOfWorkers' in local) return new Set(['MaxCapacity']);
  return new Set('MaxCapacity' in local ? ['WorkerType', 'NumberOfWorkers'] : []);
}

function from(value: unknown): { readonly from?: unknown } {
  return value === undefined ? {} : { from: value };
}

function isSameField(key: string, ours: unknown, theirs: unknown): boolean {
  // A role is named by its name or its ARN, and Glue gives back what it was given.
  if (key === 'Role' && typeof ours === 'string' && typeof theirs === 'string')
    return roleName(ours) === roleName(theirs);
  return isSame(ours, theirs);
}

function roleName(role: string): string {
  return role.replace(/^arn:[^:]*:iam::\d*:role\//, '').replace(/^.*\//, '');
}

function isSame(ours: unknown, theirs: unknown): boolean {
  if (Array.isArray(ours)) {
    return Array.isArray(theirs) && ours.length === theirs.length && ours.every((item, at) => isSame(item, theirs[at]));
  }
  if (isMembers(ours)) {
    const keys = isMembers(theirs) ? new Set([...Object.keys(ours), ...Object.keys(theirs)]) : undefined;
    return keys !== undefined && [...keys].every((key) => isSame(ours[key], (theirs as Members)[key]));
  }
  if (ours === theirs) return true;
  // Arguments and versions are texts to the service, and may be numbers or flags in a file.
  return isScalar(ours) && isScalar(theirs) && String(ours) === String(theirs);
}

function isScalar(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
