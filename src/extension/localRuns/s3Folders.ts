import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { UserError } from '../../core/base/userError.ts';
import { parsePrefix, type S3Mapping } from '../../core/glue/localRun/index.ts';

/** The setting `sluice.localRun.s3Folders` with absolute paths; folders are made where they are missing. */
export async function readS3Folders(
  setting: Readonly<Record<string, string>>,
  workspaceFolder: string,
): Promise<readonly S3Mapping[]> {
  return await Promise.all(
    Object.entries(setting).map(async ([location, path]) => {
      if (!parsePrefix(location)) {
        throw new UserError(
          'bad-input',
          `"${location}" in the setting sluice.localRun.s3Folders is no prefix of S3 (s3://bucket/prefix).`,
          'Correct it, then run again.',
        );
      }
      const own = path.startsWith('~/') ? join(homedir(), path.slice(2)) : path;
      const folder = isAbsolute(own) ? own : join(workspaceFolder, own);
      await mkdir(folder, { recursive: true });
      return { location, folder };
    }),
  );
}
