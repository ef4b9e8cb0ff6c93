import { posix } from 'node:path';
import { RelativePattern, Uri, workspace, type TextDocument } from 'vscode';
import type { GlueSource } from '../../core/glue/index.ts';

/** A workflow of more files than this is drawn from the first of them. */
const MOST_FILES = 500;
const CONFIG = /\.glue\.(?:json|ya?ml)$/i;

/**
 * Files that may describe parts of a Glue workflow that a document describes: of a config the other configs of its
 * workspace, of a Terraform file those of its folder. What is open counts as it is there. Files that cannot be read are
 * left out.
 */
export async function glueSiblings({ uri }: TextDocument): Promise<readonly GlueSource[]> {
  const folder = workspace.getWorkspaceFolder(uri);
  const isTerraform = uri.path.endsWith('.tf');
  if (!isTerraform && !(CONFIG.test(uri.path) && folder !== undefined)) return [];
  const pattern = isTerraform
    ? new RelativePattern(Uri.joinPath(uri, '..'), '*.tf')
    : new RelativePattern(folder ?? uri, '**/*.glue.{json,yaml,yml}');
  const found = await workspace.findFiles(pattern, '**/{node_modules,.venv,.terraform}/**', MOST_FILES);
  const others = found
    .filter((other) => other.toString() !== uri.toString())
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const read = await Promise.all(others.map(readSource));
  return read.filter((source) => source !== undefined);
}

async function readSource(uri: Uri): Promise<GlueSource | undefined> {
  const open = workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  try {
    const text = open?.getText() ?? new TextDecoder().decode(await workspace.fs.readFile(uri));
    return { text, uri: uri.toString(), fileName: posix.basename(uri.path) };
  } catch {
    return undefined;
  }
}
