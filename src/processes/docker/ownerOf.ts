import type { Engine } from './findEngine.ts';

/** Whom the files that a container writes must belong to, where the engine leaves owners as they are. */
export function ownerOf({
  translatesOwners,
  isRootless,
}: Pick<Engine, 'translatesOwners' | 'isRootless'>): { readonly uid: number; readonly gid: number } | undefined {
  if (translatesOwners) return undefined;
  // Root in the container is this user.
  if (isRootless) return { uid: 0, gid: 0 };
  const { getuid, getgid } = process;
  return getuid && getgid ? { uid: getuid(), gid: getgid() } : undefined;
}
