import { randomUUID } from 'node:crypto';
import { mkdirSync, renameSync, statSync } from 'node:fs';
import { mkdir, readdir, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AwsError } from '../http/awsError.ts';
import { checkWrite, isConditional, type Conditions } from './conditions.ts';
import { statusOf } from './fileStatus.ts';
import { KeyedLock } from './keyedLock.ts';
import { ObjectMetaStore, type ObjectMeta } from './objectMeta.ts';
import { besideFolder, pathOfKey } from './objectPath.ts';
import { walkObjects } from './objectWalk.ts';

export interface Bucket {
  readonly name: string;
  readonly createdMs: number;
}

export interface StoredObject {
  readonly key: string;
  readonly path: string;
  readonly meta: ObjectMeta;
}

/** Bytes in a temporary file of `temporaryPath`, and what is to be said of them. */
export interface NewObject {
  readonly temporary: string;
  readonly meta: Omit<ObjectMeta, 'modifiedMs'>;
}

/** Buckets as folders and objects as plain files in them. A file appears whole or not at all. */
export class ObjectStore {
  readonly #locks = new KeyedLock();
  readonly #meta: ObjectMetaStore;
  readonly #temporary: string;

  private constructor(
    readonly folder: string,
    stateFolder: string,
  ) {
    this.#meta = new ObjectMetaStore(join(stateFolder, 's3-descriptions'));
    this.#temporary = join(stateFolder, 's3-temporary');
  }

  /** Keeps objects in `<stateFolder>/s3`. What was being uploaded when the last process ended is removed. */
  static async open(stateFolder: string): Promise<ObjectStore> {
    const store = new ObjectStore(join(stateFolder, 's3'), stateFolder);
    await rm(store.#temporary, { recursive: true, force: true });
    await mkdir(store.#temporary, { recursive: true, mode: 0o700 });
    await mkdir(store.folder, { recursive: true, mode: 0o700 });
    return store;
  }

  /** A path for bytes that are on their way in. */
  temporaryPath(): string {
    return join(this.#temporary, randomUUID());
  }

  async buckets(): Promise<readonly Bucket[]> {
    const entries = await readdir(this.folder, { withFileTypes: true });
    const names = entries.filter((entry) => entry.isDirectory() && isBucketName(entry.name)).map(({ name }) => name);
    return await Promise.all(
      names.sort().map(async (name) => {
        const { birthtimeMs, mtimeMs } = await stat(join(this.folder, name));
        return { name, createdMs: birthtimeMs || mtimeMs };
      }),
    );
  }

  /** Makes a bucket; one that is there stays as it is. */
  async createBucket(name: string): Promise<void> {
    if (!isBucketName(name)) throw new AwsError('InvalidBucketName', 'The specified bucket is not valid.');
    await mkdir(join(this.folder, name), { recursive: true, mode: 0o700 });
  }

  async deleteBucket(name: string): Promise<void> {
    const folder = this.bucketFolder(name);
    await this.#locks.run(name, async () => {
      for await (const object of walkObjects(folder, { prefix: '', after: '', skips: () => false })) {
        const message = 'The bucket you tried to delete is not empty';
        throw new AwsError('BucketNotEmpty', message, 409, { BucketName: name, Key: object.key });
      }
      await rm(folder, { recursive: true, force: true });
      await this.#meta.removeBucket(name);
    });
  }

  /** The folder of a bucket; throws NoSuchBucket. */
  bucketFolder(name: string): string {
    const folder = join(this.folder, name);
    if (!isBucketName(name) || statusOf(folder)?.isDirectory() !== true) {
      throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404, { BucketName: name });
    }
    return folder;
  }

  async find(bucket: string, key: string): Promise<StoredObject | undefined> {
    const plain = join(this.bucketFolder(bucket), ...pathOfKey(key));
    for (const path of [plain, plain + besideFolder]) {
      const meta = await this.#meta.load(bucket, key, path);
      if (meta) return { key, path, meta };
    }
    return undefined;
  }

  /** As `find`; throws NoSuchKey. */
  async get(bucket: string, key: string): Promise<StoredObject> {
    const object = await this.find(bucket, key);
    if (!object) throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404, { Key: key });
    return object;
  }

  /** The description of an object that a listing found at `path`; undefined when it has gone since. */
  async describe(bucket: string, key: string, path: string): Promise<ObjectMeta | undefined> {
    return await this.#meta.load(bucket, key, path);
  }

  /** Moves bytes into place, unless a condition on what is there does not hold; takes the temporary file either way. */
  async put(bucket: string, key: string, object: NewObject, conditions: Conditions = {}): Promise<ObjectMeta> {
    try {
      const folder = this.bucketFolder(bucket);
      const names = pathOfKey(key);
      return await this.#locks.run(bucket, async () => {
        if (isConditional(conditions)) checkWrite(conditions, (await this.find(bucket, key))?.meta);
        makeFolders(folder, names.slice(0, -1));
        const plain = join(folder, ...names);
        const path = statusOf(plain)?.isDirectory() === true ? plain + besideFolder : plain;
        const meta = { ...object.meta, modifiedMs: Math.floor(statSync(object.temporary).mtimeMs) };
        renameSync(object.temporary, path);
        this.#meta.save(bucket, key, meta);
        return meta;
      });
    } catch (error) {
      await rm(object.temporary, { force: true });
      throw error;
    }
  }

  /** Writes a description anew, for instance with other tags. */
  async redescribe(bucket: string, object: StoredObject, meta: ObjectMeta): Promise<void> {
    await this.#locks.run(bucket, () => this.#meta.save(bucket, object.key, meta));
  }

  /** Removes an object and the folders that are empty without it; nothing happens where there is none. */
  async delete(bucket: string, key: string, conditions: Conditions = {}): Promise<void> {
    const folder = this.bucketFolder(bucket);
    await this.#locks.run(bucket, async () => {
      const object = await this.find(bucket, key);
      if (!object) return;
      checkWrite(conditions, object.meta);
      await rm(object.path, { force: true });
      await this.#meta.remove(bucket, key);
      for (let parent = dirname(object.path); parent.length > folder.length; parent = dirname(parent)) {
        const isGone = await rmdir(parent).then(
          () => true,
          () => false,
        );
        if (!isGone) break;
      }
    });
  }
}

/** Makes folders below `base`; an object that stands where a folder must be moves beside it. */
function makeFolders(base: string, names: readonly string[]): void {
  let path = base;
  for (const name of names) {
    path = join(path, name);
    const there = statusOf(path);
    if (there?.isDirectory() === true) continue;
    if (there?.isFile() === true) renameSync(path, path + besideFolder);
    mkdirSync(path, { recursive: true, mode: 0o700 });
  }
}

/** S3's rules for names, of which file systems without case make use: lower case, digits, dots and hyphens. */
export function isBucketName(name: string): boolean {
  return /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) && !name.includes('..') && !/^\d+(\.\d+){3}$/.test(name);
}
