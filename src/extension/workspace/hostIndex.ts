import { posix } from 'node:path';
import { EventEmitter, Uri, workspace, type Event, type WorkspaceFolder } from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import type { HostedFile } from '../../core/workspace/hosted.ts';
import { isMade, madeFolders, madeFoldersAnd } from './madeFolders.ts';
import type { MissedFiles } from './missedFiles.ts';
import { readWorkspaceText } from './workspaceFiles.ts';

/** A template, program or Terraform file of the workspace with what a tool deploys from it. */
export interface IndexedHost extends HostedFile {
  readonly uri: Uri;
  readonly folder: WorkspaceFolder;
  /** From the folder. */
  readonly path: string;
  /** Definitions in files of their own that it refers to. */
  readonly definitions: readonly Uri[];
}

const programs = 'py,ts,mts,js,mjs,tf,tofu';
const templates = 'yaml,yml,json,template';
/** Of each of the two: programs are found however many documents a folder holds. */
const fileLimit = 5_000;
/** What is larger is data or made by a program. */
const largestBytes = 1024 * 1024;

/** Which files of the workspace tools deploy from; read when somebody asks, and of what changed since again. */
export class HostIndex implements Disposable {
  readonly #parts = new DisposableStore();
  readonly #changed = this.#parts.add(new EventEmitter<void>());
  readonly #read = new Map<string, Promise<IndexedHost | undefined>>();
  #all: Promise<readonly IndexedHost[]> | undefined;
  #isWatching = false;

  readonly onDidChange: Event<void> = this.#changed.event;

  constructor(missed: MissedFiles) {
    this.#parts.add(missed.onDidMiss(() => this.#read.clear()));
    this.#parts.add(workspace.onDidChangeWorkspaceFolders(() => this.#listAnew()));
    this.#parts.add(
      missed.onDidFind((folders) => {
        for (const uri of folders.flatMap(({ files }) => files)) this.#read.delete(uri.toString());
      }),
    );
    this.#parts.add(missed.onDidChange(() => this.#listAnew()));
  }

  /** Whether somebody has asked for all: from then on each question costs little. */
  get isRead(): boolean {
    return this.#isWatching;
  }

  async all(): Promise<readonly IndexedHost[]> {
    this.#watch();
    this.#all ??= this.#readAll();
    return await this.#all;
  }

  /** What the editor shows of one file, saved or not; undefined where nothing in it is deployed by a tool. */
  async of(uri: Uri): Promise<IndexedHost | undefined> {
    return await readHost(uri);
  }

  dispose(): void {
    this.#parts.dispose();
  }

  async #readAll(): Promise<readonly IndexedHost[]> {
    const found: IndexedHost[] = [];
    // One after the other: nobody waits for it so much that everything else should.
    for (const uri of await findHosts()) {
      const key = uri.toString();
      const host = this.#read.get(key) ?? readHost(uri);
      this.#read.set(key, host);
      const read = await host;
      if (read) found.push(read);
    }
    return found;
  }

  #listAnew(): void {
    this.#all = undefined;
    this.#changed.fire();
  }

  #watch(): void {
    if (this.#isWatching) return;
    this.#isWatching = true;
    const forget = (uri: Uri): void => {
      this.#read.delete(uri.toString());
      this.#listAnew();
    };
    const watcher = this.#parts.add(workspace.createFileSystemWatcher(`**/*.{${programs},${templates}}`));
    const isOurs = (uri: Uri): boolean => !isMade(workspace.asRelativePath(uri, false));
    for (const event of [watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete]) {
      this.#parts.add(event((uri) => isOurs(uri) && forget(uri)));
    }
  }
}

/** A folder named `data` may hold programs; its documents are data, and there may be many. */
async function findHosts(): Promise<readonly Uri[]> {
  const found = await Promise.all([
    workspace.findFiles(`**/*.{${programs}}`, madeFolders, fileLimit),
    workspace.findFiles(`**/*.{${templates}}`, madeFoldersAnd('data'), fileLimit),
  ]);
  return found.flat();
}

async function readHost(uri: Uri): Promise<IndexedHost | undefined> {
  const folder = workspace.getWorkspaceFolder(uri);
  if (!folder) return undefined;
  try {
    if (uri.scheme === 'file' && (await workspace.fs.stat(uri)).size > largestBytes) return undefined;
  } catch {
    return undefined;
  }
  const text = await readWorkspaceText(uri);
  const head = folder.uri.path.endsWith('/') ? folder.uri.path.length : folder.uri.path.length + 1;
  const path = uri.path.slice(head);
  if (text === undefined) return undefined;
  const { readHosted } = await import('../../core/workspace/hosted.ts');
  const hosted = readHosted(path, text);
  if (!hosted) return undefined;
  const definitions = hosted.definitionPaths.map((each) =>
    folder.uri.with({ path: posix.join(posix.dirname(uri.path), each) }),
  );
  return { ...hosted, uri, folder, path, definitions };
}

/** The workspace's file of this path in a folder, from its root. */
export async function hasFile(folder: WorkspaceFolder, path: string): Promise<boolean> {
  try {
    await workspace.fs.stat(Uri.joinPath(folder.uri, path));
    return true;
  } catch {
    return false;
  }
}
