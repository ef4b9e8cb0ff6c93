import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AwsError } from '../http/awsError.ts';
import { isMembers } from '../http/input.ts';
import { writeDurably } from '../state/durableFile.ts';
import type { NewObject } from './objectStore.ts';
import type { ReceivedBody } from './upload.ts';

export interface MultipartUpload {
  readonly id: string;
  readonly bucket: string;
  readonly key: string;
  readonly startedMs: number;
  readonly headers: Readonly<Record<string, string>>;
}

export interface UploadedPart {
  readonly number: number;
  readonly size: number;
  readonly eTag: string;
}

/** What is read at once: each read is a trip to another thread and back. */
const pieceBytes = 1024 * 1024;
const smallestPartBytes = 5 * 1024 * 1024;

/** Uploads in parts, each part a file, until they are completed or aborted. They survive a restart. */
export class MultipartUploads {
  constructor(private readonly folder: string) {}

  async start(bucket: string, key: string, headers: Readonly<Record<string, string>>, now: number): Promise<string> {
    const id = randomBytes(24).toString('hex');
    const upload: MultipartUpload = { id, bucket, key, startedMs: now, headers };
    await writeDurably(join(this.folder, id, 'upload.json'), JSON.stringify(upload));
    return id;
  }

  /** The upload of that id for that object; throws NoSuchUpload. */
  async get(id: string, bucket: string, key: string): Promise<MultipartUpload> {
    const upload = /^[0-9a-f]{48}$/.test(id) ? await this.#read(id) : undefined;
    if (upload?.bucket !== bucket || upload.key !== key) {
      const message =
        'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.';
      throw new AwsError('NoSuchUpload', message, 404, { UploadId: id });
    }
    return upload;
  }

  async list(bucket: string): Promise<readonly MultipartUpload[]> {
    const ids = await readdir(this.folder).catch(() => []);
    const uploads = await Promise.all(ids.map(async (id) => await this.#read(id)));
    return uploads.filter((upload) => upload?.bucket === bucket).filter((upload) => upload !== undefined);
  }

  async putPart(upload: MultipartUpload, number: number, body: ReceivedBody): Promise<UploadedPart> {
    const part = { number, size: body.size, eTag: body.md5 };
    await rename(body.temporary, this.#partPath(upload, number));
    await writeDurably(`${this.#partPath(upload, number)}.json`, JSON.stringify(part));
    return part;
  }

  async parts(upload: MultipartUpload): Promise<readonly UploadedPart[]> {
    const folder = join(this.folder, upload.id);
    const names = (await readdir(folder)).filter((name) => /^part-\d+\.json$/.test(name));
    const parts = await Promise.all(
      names.map(async (name) => {
        const value: unknown = JSON.parse(await readFile(join(folder, name), 'utf8'));
        return isPart(value) ? [value] : [];
      }),
    );
    return parts.flat().sort((left, right) => left.number - right.number);
  }

  /** Joins the named parts into one file at `temporary`; throws InvalidPart, InvalidPartOrder, EntityTooSmall. */
  async join(
    upload: MultipartUpload,
    wanted: readonly { readonly number: number; readonly eTag: string }[],
    temporary: string,
  ): Promise<NewObject> {
    const there = new Map((await this.parts(upload)).map((part) => [part.number, part]));
    const chosen = wanted.map(({ number, eTag }, index) => {
      const part = there.get(number);
      if (part?.eTag !== eTag) {
        const message =
          "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.";
        throw new AwsError('InvalidPart', message, 400, { PartNumber: String(number) });
      }
      if (index > 0 && number <= (wanted[index - 1]?.number ?? 0)) {
        throw new AwsError('InvalidPartOrder', 'The list of parts was not in ascending order.');
      }
      if (part.size < smallestPartBytes && index < wanted.length - 1) {
        const message = 'Your proposed upload is smaller than the minimum allowed size';
        throw new AwsError('EntityTooSmall', message, 400, { PartNumber: String(number) });
      }
      return part;
    });
    if (chosen.length === 0) throw new AwsError('MalformedXML', 'You must specify at least one part');
    const paths = chosen.map((part) => this.#partPath(upload, part.number));
    const bytes = async function* (): AsyncGenerator<Uint8Array> {
      for (const path of paths)
        yield* createReadStream(path, { highWaterMark: pieceBytes }) as AsyncIterable<Uint8Array>;
    };
    await pipeline(Readable.from(bytes()), createWriteStream(temporary, { flags: 'wx', mode: 0o600 }));
    const digest = createHash('md5');
    for (const part of chosen) digest.update(Buffer.from(part.eTag, 'hex'));
    const size = chosen.reduce((sum, part) => sum + part.size, 0);
    return {
      temporary,
      meta: { size, eTag: `${digest.digest('hex')}-${chosen.length}`, headers: upload.headers },
    };
  }

  async remove(upload: MultipartUpload): Promise<void> {
    await rm(join(this.folder, upload.id), { recursive: true, force: true });
  }

  async ensureFolder(): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
  }

  #partPath(upload: MultipartUpload, number: number): string {
    return join(this.folder, upload.id, `part-${number}`);
  }

  async #read(id: string): Promise<MultipartUpload | undefined> {
    try {
      const value: unknown = JSON.parse(await readFile(join(this.folder, id, 'upload.json'), 'utf8'));
      return isUpload(value) ? value : undefined;
    } catch {
      return undefined;
    }
  }
}

function isUpload(value: unknown): value is MultipartUpload {
  return (
    isMembers(value) &&
    ['id', 'bucket', 'key'].every((name) => typeof value[name] === 'string') &&
    typeof value['startedMs'] === 'number' &&
    isMembers(value['headers'])
  );
}

function isPart(value: unknown): value is UploadedPart {
  return (
    isMembers(value) &&
    typeof value['number'] === 'number' &&
    typeof value['size'] === 'number' &&
    typeof value['eTag'] === 'string'
  );
}
