import type { Input } from '../../http/input.ts';
import { AwsError } from '../../http/awsError.ts';
import type { ObjectStore } from '../../s3/objectStore.ts';
import { walkObjects } from '../../s3/objectWalk.ts';
import { invalidInput } from '../errors.ts';
import { readFileSchema } from './fileSchema.ts';
import type { CrawledFile } from './planTables.ts';

/** An S3 target of a crawler: a folder of a bucket, or one object. */
export interface S3Target {
  readonly bucket: string;
  /** With a slash at its end, or empty, unless it names an object. */
  readonly prefix: string;
  readonly exclusions: readonly RegExp[];
}

/** The S3 targets of a crawler's definition. Throws InvalidInputException for a path that is none. */
export function s3TargetsOf(targets: Input): readonly S3Target[] {
  return (targets.optionalObjects('S3Targets') ?? []).map((target) => {
    const path = target.text('Path');
    const [, bucket, prefix = ''] = /^s3a?:\/\/([^/]+)\/?(.*)$/.exec(path) ?? [];
    if (bucket === undefined) throw invalidInput(`The S3 target "${path}" does not begin with s3://<bucket>.`);
    return { bucket, prefix, exclusions: (target.optionalTexts('Exclusions') ?? []).map((each) => globOf(each)) };
  });
}

/** Names of what writers leave beside their data. */
const beside = /(^|\/)[_.][^/]*$|_\$folder\$$|\/$/;
/** So many files of one folder are looked at; the others are taken to be like them. */
const sampledPerFolder = 10;

export interface ListedTarget {
  /** Folder that the files' paths start from, with its slash. */
  readonly prefix: string;
  readonly files: readonly CrawledFile[];
}

function bucketFolder(objects: ObjectStore, bucket: string): string {
  try {
    return objects.bucketFolder(bucket);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw new AwsError('EntityNotFoundException', `The bucket ${bucket} does not exist in the local S3.`);
  }
}

/** Lists a target and looks into its files. Throws where the bucket is not there. */
export async function listTarget(objects: ObjectStore, target: S3Target, signal: AbortSignal): Promise<ListedTarget> {
  const folder = bucketFolder(objects, target.bucket);
  const isObject = target.prefix !== '' && (await objects.find(target.bucket, target.prefix)) !== undefined;
  const asFolder = target.prefix === '' || target.prefix.endsWith('/') ? target.prefix : `${target.prefix}/`;
  const prefix = isObject ? target.prefix.slice(0, target.prefix.lastIndexOf('/') + 1) : asFolder;
  const wanted = isObject ? target.prefix : asFolder;
  const files: CrawledFile[] = [];
  const seen = new Map<string, number>();
  for await (const { key, path } of walkObjects(folder, { prefix: wanted, after: '', skips: () => false })) {
    signal.throwIfAborted();
    if (isObject && key !== wanted) continue;
    const relative = key.slice(prefix.length);
    const isLeftOut = beside.test(key) || target.exclusions.some((pattern) => pattern.test(relative));
    const meta = isLeftOut ? undefined : await objects.describe(target.bucket, key, path);
    if (!meta || meta.size === 0) continue;
    const parent = relative.slice(0, relative.lastIndexOf('/') + 1);
    const count = (seen.get(parent) ?? 0) + 1;
    seen.set(parent, count);
    const schema = count > sampledPerFolder ? undefined : await readFileSchema(path);
    if (schema || count > sampledPerFolder) files.push({ path: relative, size: meta.size, ...(schema && { schema }) });
  }
  return { prefix, files };
}

/** Glue's exclude patterns: `*` within a folder, `**` over folders, `?`, `{a,b}` and `[…]`. */
function globOf(pattern: string): RegExp {
  let depth = 0;
  const source = pattern.replace(/\*\*|[\s\S]/g, (piece) => {
    if (piece === '**') return '.*';
    if (piece === '*') return '[^/]*';
    if (piece === '?') return '[^/]';
    if (piece === '[' || piece === ']') return piece;
    if (piece === '{') {
      depth += 1;
      return '(?:';
    }
    if (piece === '}' && depth > 0) {
      depth -= 1;
      return ')';
    }
    if (piece === ',' && depth > 0) return '|';
    return /[\\^$.+()|{}]/.test(piece) ? `\\${piece}` : piece;
  });
  try {
    return new RegExp(`^${source}$`);
  } catch {
    throw invalidInput(`The exclude pattern "${pattern}" cannot be read.`);
  }
}
