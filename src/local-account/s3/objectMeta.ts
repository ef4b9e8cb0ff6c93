import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isMembers } from '../http/input.ts';
import { writeWhole } from '../state/durableFile.ts';
import type { ChecksumAlgorithm } from './checksums.ts';
import { statusOf } from './fileStatus.ts';

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
const mostKnown = 30_000;

/**
 * Descriptions of objects, kept apart from the plain files. One counts only for the file as it was written, by size and
 * time: a file that somebody put or changed by hand is described from its bytes.
 */
export class ObjectMetaStore {
  /** Descriptions that were read or written, by bucket and key: no other process writes any. */
  readonly #known = new Map<string, ObjectMeta>();

  constructor(private readonly folder: string) {}

  /** Undefined where there is no file. */
  async load(bucket: string, key: string, path: string): Promise<ObjectMeta | undefined> {
    const file = statusOf(path);
    if (!file?.isFile()) return undefined;
    const name = nameOf(bucket, key);
    const kept = this.#known.get(name) ?? (await this.#read(bucket, key));
    if (kept?.size === file.size && kept.modifiedMs === Math.floor(file.mtimeMs)) return kept;
    const eTag = await md5OfFile(path);
    // Written in the meantime: what it would say now is of the file before.
    if (this.#known.get(name) !== kept || eTag === undefined) return await this.load(bucket, key, path);
    const meta = {
      size: file.size,
      modifiedMs: Math.floor(file.mtimeMs),
      eTag,
      headers: { 'content-type': 'binary/octet-stream' },
    };
    this.save(bucket, key, meta);
    return meta;
  }

  save(bucket: string, key: string, meta: ObjectMeta): void {
    this.#known.delete(nameOf(bucket, key));
    writeWhole(this.#pathOf(bucket, key), JSON.stringify({ key, ...meta }));
    this.#remember(bucket, key, meta);
  }

  async remove(bucket: string, key: string): Promise<void> {
    this.#known.delete(nameOf(bucket, key));
    await rm(this.#pathOf(bucket, key), { force: true });
  }

  async removeBucket(bucket: string): Promise<void> {
    this.#known.clear();
    await rm(join(this.folder, bucket), { recursive: true, force: true });
  }

  #remember(bucket: string, key: string, meta: ObjectMeta): void {
    if (this.#known.size >= mostKnown) this.#known.clear();
    this.#known.set(nameOf(bucket, key), meta);
  }

  #pathOf(bucket: string, key: string): string {
    const digest = createHash('sha256').update(key).digest('hex');
    return join(this.folder, bucket, digest.slice(0, 2), `${digest.slice(2, 42)}.json`);
  }

  /** A description that is missing or damaged is made anew, so nothing needs to be reported. */
  async #read(bucket: string, key: string): Promise<ObjectMeta | undefined> {
    try {
      const value: unknown = JSON.parse(await readFile(this.#pathOf(bucket, key), 'utf8'));
      if (!isObjectMeta(value)) return undefined;
      const newer = this.#known.get(nameOf(bucket, key));
      if (!newer) this.#remember(bucket, key, value);
      return newer ?? value;
    } catch {
      return undefined;
    }
  }
}

/** No bucket's name has a slash. */
function nameOf(bucket: string, key: string): string {
  return `${bucket}/${key}`;
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

/** Undefined where the file has gone. */
async function md5OfFile(path: string): Promise<string | undefined> {
  const hash = createHash('md5');
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  } catch (error) {
    if (statusOf(path)) throw error;
    return undefined;
  }
  return hash.digest('hex');
}
