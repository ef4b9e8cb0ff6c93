import { splitList, type LocalJob } from '../../core/glue/localRun/index.ts';
import { fileOfLocation } from '../../core/workspace/workspaceFile.ts';
import { listFolderFiles } from '../workspace/workspaceFiles.ts';
import type { LocalScript } from './localRunPlace.ts';

const fileArguments = ['--extra-py-files', '--extra-jars', '--additional-python-modules'] as const;

/** The workspace's files of the S3 locations, or paths, that a job's arguments list. */
export async function namedFiles(
  { folder, path }: Pick<LocalScript, 'folder' | 'path'>,
  job: LocalJob,
): Promise<ReadonlyMap<string, string>> {
  const locations = fileArguments
    .flatMap((key) => splitList(job.arguments[key]))
    .filter((entry) => entry.includes('/') || /\.(py|zip|whl|egg|jar|txt)$/.test(entry));
  if (locations.length === 0) return new Map();
  const { uris } = await listFolderFiles(folder);
  const paths = [...uris.keys()];
  return new Map(
    locations.flatMap((location) => {
      const own = location.replace(/^\.\//, '');
      const file = uris.has(own) ? own : /^s3[an]?:/.test(location) ? fileOfLocation(location, paths, path) : undefined;
      return file === undefined ? [] : [[location, file] as const];
    }),
  );
}
