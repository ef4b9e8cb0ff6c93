import { RelativePattern, workspace, type Uri, type WorkspaceFolder } from 'vscode';
import { importsGlue } from '../../core/workspace/glueScript.ts';
import { importedFiles } from '../../core/workspace/pytestFile.ts';
import type { Settings } from '../settings.ts';
import { listFolderFiles, readWorkspaceText } from '../workspace/workspaceFiles.ts';

export interface TestFile {
  readonly uri: Uri;
  readonly text: string;
}

const ignored = '**/{node_modules,.git,.venv,venv,__pycache__,cdk.out,.terraform,dist,site-packages}/**';
const fileLimit = 5_000;

/**
 * Test files of a folder that need Glue's container: they, a `conftest.py` above them, or a module that they import names
 * awsglue or pyspark. Which files are looked at, the setting `sluice.tests.files` says.
 */
export async function listTestFiles(settings: Settings, folder: WorkspaceFolder): Promise<readonly TestFile[]> {
  const patterns = settings.get('tests.files', folder.uri);
  const lists = await Promise.all(
    patterns.map(
      async (pattern) => await workspace.findFiles(new RelativePattern(folder, pattern), ignored, fileLimit),
    ),
  );
  const uris = new Map(lists.flat().map((uri) => [uri.toString(), uri]));
  if (uris.size === 0) return [];
  const needs = new Needs(folder, [...(await listFolderFiles(folder)).uris]);
  const files = await Promise.all(
    [...uris.values()].map(async (uri): Promise<TestFile | undefined> => {
      const text = await readWorkspaceText(uri);
      return text !== undefined && (await needs.container(uri, text)) ? { uri, text } : undefined;
    }),
  );
  return files.filter((file) => file !== undefined);
}

/** What of a folder's Python files names Glue or Spark, each read once. */
class Needs {
  readonly #modules = new Map<string, Uri[]>();
  readonly #known = new Map<string, Promise<boolean>>();

  constructor(
    private readonly folder: WorkspaceFolder,
    files: readonly (readonly [string, Uri])[],
  ) {
    for (const [path, uri] of files) {
      if (!path.endsWith('.py')) continue;
      const name = path.slice(path.lastIndexOf('/') + 1);
      this.#modules.set(name, [...(this.#modules.get(name) ?? []), uri]);
    }
  }

  async container(uri: Uri, text: string): Promise<boolean> {
    if (importsGlue(text)) return true;
    for (const module of [...this.#conftests(uri), ...importedFiles(text).flatMap((path) => this.#named(path))]) {
      if (await this.#isGlue(module)) return true;
    }
    return false;
  }

  #conftests(uri: Uri): readonly Uri[] {
    return this.#named('conftest.py').filter(({ path }) => uri.path.startsWith(path.slice(0, -'conftest.py'.length)));
  }

  #named(path: string): readonly Uri[] {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const head = this.folder.uri.path;
    return (this.#modules.get(name) ?? []).filter((uri) => uri.path.slice(head.length).endsWith(`/${path}`));
  }

  async #isGlue(uri: Uri): Promise<boolean> {
    const key = uri.toString();
    const known = this.#known.get(key) ?? readWorkspaceText(uri).then((text) => importsGlue(text ?? ''));
    this.#known.set(key, known);
    return await known;
  }
}
