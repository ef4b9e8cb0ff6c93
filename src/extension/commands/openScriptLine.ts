import { Range, Uri, window, workspace } from 'vscode';
import { UserError } from '../../core/base/userError.ts';
import { parseConnectionId } from '../../core/connections/connection.ts';
import { baseName } from '../../core/runs/traceback.ts';
import type { App } from '../app.ts';
import { findScript } from '../workspace/findSource.ts';

/** Goes to the line of a script that a log line or an error names. */
export async function openScriptLine({ connections }: Pick<App, 'connections'>, target: unknown): Promise<void> {
  if (typeof target !== 'object' || target === null) return;
  const { file, line, jobName, connectionId, originUri } = target as Readonly<Record<string, unknown>>;
  if (typeof line !== 'number') return;
  if (typeof originUri === 'string') {
    const uri = await localFile(Uri.parse(originUri, true), typeof file === 'string' ? file : '');
    await showLine(uri, line);
    return;
  }
  let name = typeof file === 'string' ? file : '';
  const connection = typeof connectionId === 'string' ? parseConnectionId(connectionId) : undefined;
  if (typeof jobName === 'string' && connection) {
    const account = await connections.account(connection);
    const { scriptLocation } = await account.glue.getJob(jobName);
    // Glue runs a copy of the script, which may be called differently.
    if (name === '' || !scriptLocation.endsWith(`/${baseName(name)}`)) name = name === '' ? scriptLocation : name;
  }
  const uri = name === '' ? undefined : await findScript(name.includes('://') ? name : `s3://script/${name}`);
  if (!uri) {
    throw new UserError(
      'not-found',
      `${baseName(name) || 'The script'} is not in this workspace.`,
      'Open the folder that holds it, or open the deployed script from the Pipelines view.',
    );
  }
  await showLine(uri, line);
}

async function showLine(uri: Uri, line: number): Promise<void> {
  const at = new Range(line - 1, 0, line - 1, 0);
  await window.showTextDocument(uri, { selection: at, preview: false });
}

/** The file that a run on this machine names: of its container's workspace, of this machine, or only by its name. */
async function localFile(script: Uri, file: string): Promise<Uri> {
  const folder = workspace.getWorkspaceFolder(script);
  const [, inWorkspace] = /^\/home\/[^/]+\/workspace\/(.+)$/.exec(file) ?? [];
  if (file === '' || baseName(file) === baseName(script.path)) return script;
  if (folder && inWorkspace !== undefined) return Uri.joinPath(folder.uri, inWorkspace);
  const own = workspace.getWorkspaceFolder(Uri.file(file));
  if (own) return Uri.file(file);
  const named = await findScript(`s3://script/${baseName(file)}`);
  if (named) return named;
  throw new UserError(
    'not-found',
    `${baseName(file)} is not in this workspace.`,
    'It belongs to a library of the image, or of the Python environment.',
  );
}
