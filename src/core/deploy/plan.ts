import type { Deployable } from './deployable.ts';

/** Checksums of what was deployed, by id. */
export type DeployRecord = Readonly<Record<string, string>>;

/** What a deploy does, in order. */
export type DeployStep =
  { readonly kind: 'ensureBucket'; readonly bucket: string } | { readonly kind: 'put'; readonly item: Deployable };

/** What has to be there before what uses it: a bucket before objects, a job before the triggers that start it. */
const order: readonly Deployable['kind'][] = ['object', 'job', 'workflow', 'trigger', 'machine'];

/**
 * The steps that bring an account to what the workspace holds: what changed since `last`, and what the account no longer
 * has. `isPresent` is asked for items of `last` only.
 */
export function planDeploy(
  items: readonly Deployable[],
  last: DeployRecord,
  isPresent: (item: Deployable) => boolean,
): readonly DeployStep[] {
  const due = items.filter((item) => last[item.id] !== item.checksum || !isPresent(item));
  const sorted = due.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  const buckets = new Set(due.flatMap((item) => (item.kind === 'object' ? [bucketOf(item.location)] : [])));
  return [
    ...[...buckets].map((bucket): DeployStep => ({ kind: 'ensureBucket', bucket })),
    ...sorted.map((item): DeployStep => ({ kind: 'put', item })),
  ];
}

export function bucketOf(location: string): string {
  return /^s3[an]?:\/\/([^/]+)/.exec(location)?.[1] ?? '';
}
