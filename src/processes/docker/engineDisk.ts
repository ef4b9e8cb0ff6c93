import { statfs } from 'node:fs/promises';
import { tellEngine } from './engineProgram.ts';
import type { Engine } from './findEngine.ts';

/**
 * Bytes that are free where an engine keeps its images. Undefined where that cannot be seen from here: an engine in a
 * machine of its own, or one that does not say where.
 */
export async function freeImageBytes(engine: Engine, signal?: AbortSignal): Promise<number | undefined> {
  const { kind, program, translatesOwners, isRemote } = engine;
  if (translatesOwners || isRemote) return undefined;
  const format = kind === 'podman' ? '{{.Store.GraphRoot}}' : '{{.DockerRootDir}}';
  try {
    const folder = (await tellEngine(program, ['info', '--format', format], signal)).trim();
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    signal?.throwIfAborted();
    return undefined;
  }
}

/** Bytes that an image takes beside what it is fetched as. */
export function imageBytes(downloadGb: number): number {
  return downloadGb * 2 * 1_000_000_000;
}
