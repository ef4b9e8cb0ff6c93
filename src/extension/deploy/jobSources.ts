import { workspace, type Uri } from 'vscode';
import { splitList } from '../../core/glue/localRun/index.ts';
import { storedZip } from '../../core/deploy/storedZip.ts';
import { fileOfLocation } from '../../core/workspace/workspaceFile.ts';
import { toTexts } from '../starts/jobTarget.ts';
import type { IndexedJob } from '../workspace/jobIndex.ts';
import { listFolderFiles } from '../workspace/workspaceFiles.ts';
import type { UploadSource } from './planUploads.ts';

/** What of the workspace belongs to a job in S3: its script, and the Python files and packages that it names. */
export async function jobSources({ config, file, script }: IndexedJob): Promise<readonly UploadSource[]> {
  const own = script && config.script ? [fileSource(config.script.location, script)] : [];
  const folder = workspace.getWorkspaceFolder(file);
  const extra = splitList(toTexts(config.input['DefaultArguments'])['--extra-py-files']).filter((location) =>
    /^s3[an]?:\/\/[^/]+\/.*[^/]$/.test(location),
  );
  if (!folder || extra.length === 0) return own;
  const { uris } = await listFolderFiles(folder);
  const paths = [...uris.keys()];
  const modules = extra.flatMap((location): UploadSource[] => {
    const path = fileOfLocation(location, paths, config.file);
    const found = path === undefined ? undefined : uris.get(path);
    if (found) return [fileSource(location, found)];
    const packed = packageSource(location, uris);
    return packed ? [packed] : [];
  });
  return [...own, ...modules];
}

/** `libs/orders.zip` of a folder `orders` with an `__init__.py`, where the workspace has one. */
function packageSource(location: string, uris: ReadonlyMap<string, Uri>): UploadSource | undefined {
  const name = /([^/]+)\.zip$/.exec(location)?.[1];
  if (name === undefined) return undefined;
  const roots = [...uris.keys()].filter(
    (path) => path === `${name}/__init__.py` || path.endsWith(`/${name}/__init__.py`),
  );
  const [root] = roots.toSorted((a, b) => a.length - b.length || (a < b ? -1 : 1));
  if (root === undefined) return undefined;
  const head = root.slice(0, -`${name}/__init__.py`.length);
  const files = [...uris].filter(([path]) => path.startsWith(`${head}${name}/`) && !path.endsWith('.pyc'));
  return {
    location,
    label: `${name}.zip`,
    isText: false,
    read: async () =>
      storedZip(
        await Promise.all(
          files.map(async ([path, uri]) => ({
            path: path.slice(head.length),
            bytes: await workspace.fs.readFile(uri),
          })),
        ),
      ),
  };
}

/** A file of the workspace, as the editor shows it. It is saved before. */
export function fileSource(location: string, file: Uri): UploadSource {
  return {
    location,
    label: file.path.split('/').at(-1) ?? '',
    read: async () => await workspace.fs.readFile(file),
    isText: /\.(py|scala|sql|json|txt|ya?ml|csv)$/i.test(file.path),
    ...(file.scheme === 'file' ? { path: file.fsPath } : {}),
  };
}
