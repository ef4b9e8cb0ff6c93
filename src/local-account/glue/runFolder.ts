import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { UserError } from '../../core/base/userError.ts';
import { AwsError } from '../http/awsError.ts';
import type { ObjectStore } from '../s3/objectStore.ts';
import type { RunEnd, RunSurroundings } from './jobRunner.ts';

/**
 * Gives a run a folder of its own for as long as it goes on. What a user can mend ends the run with its words, which its
 * error log has as well.
 */
export async function withRunFolder(
  workFolder: string,
  { run, log }: RunSurroundings,
  signal: AbortSignal,
  task: (folder: string) => Promise<RunEnd>,
): Promise<RunEnd> {
  const folder = join(workFolder, run.id);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    return await task(folder);
  } catch (error) {
    if (signal.aborted || !(error instanceof UserError || error instanceof AwsError)) throw error;
    const help = error instanceof UserError && error.help !== '' ? ` ${error.help}` : '';
    await log.write('error', `${error.message}${help}`);
    return { kind: 'failed', message: `${error.message}${help}` };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Copies an object of the local S3 into a folder, under its own name. Rejects with UserError where there is none. */
export async function fetchObject(objects: ObjectStore, location: string, folder: string): Promise<string> {
  const match = /^s3[an]?:\/\/([^/]+)\/(.*[^/])$/.exec(location.trim());
  if (!match) throw new UserError('bad-input', `"${location}" is not the S3 location of an object (s3://bucket/key).`);
  const [, bucket = '', key = ''] = match;
  const object = await objects.find(bucket, key).catch(() => undefined);
  if (!object) {
    throw new UserError(
      'not-found',
      `${location} does not exist in the local S3.`,
      'Deploy the workspace to the Local connection, or upload the file.',
    );
  }
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, basename(key));
  await copyFile(object.path, path);
  // A copy of a read-only file would be read-only.
  if (path.endsWith('.py')) await writeFile(path, '', { flag: 'a' });
  return path;
}
