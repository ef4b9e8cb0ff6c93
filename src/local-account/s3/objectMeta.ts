import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isMembers } from '../http/input.ts';
import { writeWhole } from '../state/durableFile.ts';
import type { ChecksumAlgorithm } from './checksums.ts';

/** What S3 knows of an object beside its bytes. */
export interface ObjectMeta {
  readonly size: number;
  readonly modifiedMs: number;
  /** Without quotes. */
  readonly eTag: string;
  /** Reply headers that the writer chose: `content-type`, `cache-control`, …, and `x-amz-meta-…`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly checksum?: { readonly algorithm: ChecksumAlgorithm; readonly value: string };
  readonly tags?: Readonly<Record<string, string>>;
}

/** Descriptions kept in memory. */
const mostKnown = 10_000;

/**
 * Descriptions of objects, kept apart from the plain files. One counts only for the file as it was written, by size and
 * time: a file that somebody put or changed by hand is described from its bytes.
 */
export class ObjectMetaStore {
  /** Descriptions that were written, by their files: no other process writes any. */
  readonly #known = new Map<string, ObjectMeta>();

  constructor(private readonly folder: string) {}

  /** Undefined where there is no file. */
  async load(bucket: string, key: string, path: string): Promise<ObjectMeta | undefined> {
    const file = await stat(path).catch(() => undefined);
    if (!file?.isFile()) return undefined;
    const kept = await this.#read(this.#pathOf(bucket, key));
    if (kept?.size === file.size && kept.modifiedMs === Math.floor(file.mtimeMs)) return kept;
    const meta = {
      size: file.size,
      modifiedMs: Math.floor(file.mtimeMs),
      eTag: await md5OfFile(path),
      headers: { 'content-type': 'binary/octet-stream' },
    };
    await this.save(bucket, key, meta);
    return meta;
  }

  async save(bucket: string, key: string, meta: ObjectMeta): Promise<void> {
    const path = this.#pathOf(bucket, key);
    this.#known.delete(path);
    await writeWhole(path, JSON.stringify({ key, ...meta }));
    this.#remember(path, meta);
  }

  async remove(bucket: string, key: string): Promise<void> {
    const path = this.#pathOf(bucket, key);
    this.#known.delete(path);
    await rm(path, { force: true });
  }

  async removeBucket(bucket: string): Promise<void> {
    this.#known.clear();
    await rm(join(this.folder, bucket), { recursive: true, force: true });
  }

  #remember(path: string, meta: ObjectMeta): void {
    if (this.#known.size >= mostKnown) this.#known.clear();
    this.#known.set(path, meta);
  }

  #pathOf(bucket: string, key: string): string {
    const digest = createHash('sha256').update(key).digest('hex');
    return join(this.folder, bucket, digest.slice(0, 2), `${digest.slice(2, 42)}.json`);
  }

  /** A description that is missing or damaged is made anew, so nothing needs to be reported. */
  async #read(path: string): Promise<ObjectMeta | undefined> {
    const known = this.#known.get(path);
    if (known) return known;
    try {
      const value: unknown = JSON.parse(await readFile(path, 'utf8'));
      return isObjectMeta(value) ? value : undefined;
    } catch {
      return undefined;
    }
  }
}

/** The same object with other tags, or with none. */
export function withTags(meta: ObjectMeta, tags: ObjectMeta['tags']): ObjectMeta {
  const { size, modifiedMs, eTag, headers, checksum } = meta;
  return { size, modifiedMs, eTag, headers, ...(checksum && { checksum }), ...(tags && { tags }) };
}

export function isObjectMeta(value: unknown): value is ObjectMeta {
  return (
    isMembers(value) &&
    typeof value['size'] === 'number' &&
    typeof value['modifiedMs'] === 'number' &&
    typeof value['eTag'] === 'string' &&
    isMembers(value['headers']) &&
    Object.values(value['headers']).every((entry) => typeof entry === 'string')
  );
}

async function md5OfFile(path: string): Promise<string> {
  const hash = createHash('md5');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  return hash.digest('hex');
}
