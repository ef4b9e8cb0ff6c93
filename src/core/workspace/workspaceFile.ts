import { basename, dirname } from 'node:path/posix';

/** A file of the workspace, by its path from the folder it belongs to, with `/` between the parts. */
export type WorkspacePath = string;

export type WorkspaceFileKind = 'definition' | 'glueConfig' | 'data';

const definitionEnd = /\.asl(\.json|\.ya?ml)?$/i;
const glueConfigEnd = /\.glue\.json$/i;
const inputEnd = /(^|\.)input\.json$/i;

/** What a file is to Sluice, judged by its name; undefined for all others, scripts among them. */
export function fileKind(path: WorkspacePath): WorkspaceFileKind | undefined {
  if (dataLocation(path) !== undefined) return 'data';
  if (definitionEnd.test(path)) return 'definition';
  return glueConfigEnd.test(path) ? 'glueConfig' : undefined;
}

/** Name of the state machine that a definition file describes: `pipelines/orders.asl.json` is `orders`. */
export function machineName(path: WorkspacePath): string {
  return basename(path).replace(definitionEnd, '');
}

/** `s3://bucket/key` of a file under `data/<bucket>/`, at the root of the folder. */
export function dataLocation(path: WorkspacePath): string | undefined {
  const [, bucket, key] = /^data\/([^/]+)\/(.+)$/.exec(path) ?? [];
  return bucket !== undefined && key !== undefined && isBucketName(bucket) ? `s3://${bucket}/${key}` : undefined;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
function isBucketName(name: string): boolean {
  return /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name);
}

/** Whether `path` is an input file of the definition beside it: `orders.input.json`, `orders.empty.input.json`. */
export function isInputOf(definition: WorkspacePath, path: WorkspacePath): boolean {
  const name = basename(path);
  return (
    dirname(path) === dirname(definition) &&
    inputEnd.test(name) &&
    (name.startsWith(`${machineName(definition)}.`) || name === 'input.json')
  );
}

/**
 * The file that a location in S3 was uploaded from: the one of its name; of several, the one nearest to `near` and then
 * the one whose path ends most like the key. Undefined where no file has the name.
 */
export function fileOfLocation(
  location: string,
  paths: readonly WorkspacePath[],
  near: WorkspacePath,
): WorkspacePath | undefined {
  const key = location.replace(/^s3[an]?:\/\/[^/]+\//, '');
  const name = basename(key);
  if (name === '') return undefined;
  const named = paths.filter((path) => basename(path) === name);
  const score = (path: WorkspacePath): number => 2 * sharedTail(path, key) + sharedHead(path, near);
  return named.toSorted((a, b) => score(b) - score(a) || a.length - b.length || (a < b ? -1 : 1))[0];
}

function sharedTail(a: string, b: string): number {
  const [x, y] = [a.split('/').reverse(), b.split('/').reverse()];
  return x.findIndex((part, at) => part !== y[at]) === -1 ? x.length : x.findIndex((part, at) => part !== y[at]);
}

function sharedHead(a: string, b: string): number {
  const [x, y] = [a.split('/').slice(0, -1), b.split('/').slice(0, -1)];
  const end = x.findIndex((part, at) => part !== y[at]);
  return end === -1 ? x.length : end;
}
