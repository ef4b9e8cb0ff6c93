import { NotificationType, NotificationType0, RequestType, RequestType0 } from 'vscode-languageserver';
import type { Log } from '../core/base/log.ts';
import type { Finding } from '../core/language/rules/findings.ts';
import { UnknownNode } from '../core/language/tree.ts';
import { Contracts } from '../core/workspace/contracts/contracts.ts';
import type { FileFacts } from '../core/workspace/facts/facts.ts';
import { isIndexed, readFacts } from '../core/workspace/facts/readFacts.ts';
import { WorkspaceIndex } from '../core/workspace/workspaceIndex.ts';
import type { StagedText } from './features/stages.ts';
import type { CheckedText, DocumentSettings, LanguageDocument, ReadFile } from './documents.ts';

/** Asks the editor for the files of each folder that is open in it. Addresses have no `/` at their end. */
export const listFilesRequest = new RequestType0<
  readonly { readonly folder: string; readonly uris: readonly string[] }[],
  void
>('sluice/listFiles');

/** The editor could not tell of every file that changed. */
export const filesMissed = new NotificationType0('sluice/filesMissed');

/** A folder came or was replaced: its files as they are now. URIs. */
export const folderListed = new NotificationType<{ readonly folder: string; readonly files: readonly string[] }>(
  'sluice/folderListed',
);

/** Asks the editor for texts, in order; null for what cannot be read or is too large. */
export const readFilesRequest = new RequestType<{ readonly uris: readonly string[] }, readonly (string | null)[], void>(
  'sluice/readFiles',
);

/** The files that are worth an event: those that the index reads. */
export const indexedFiles = '**/*.{asl,json,yaml,yml,template,py,ts,tsx,mts,cts,js,jsx,mjs,cjs,tf,tofu}';

export interface ContractsPorts {
  readonly listFiles: () => Promise<readonly { readonly folder: string; readonly uris: readonly string[] }[]>;
  readonly readFiles: (uris: readonly string[]) => Promise<readonly (string | null)[]>;
  readonly openDocuments: () => Iterable<LanguageDocument>;
  readonly readFile: ReadFile;
  /** What is found may be different from now on. */
  readonly onSettled: () => void;
  readonly log: Log;
}

interface Folder {
  readonly uri: string;
  readonly index: WorkspaceIndex;
  readonly contracts: Contracts;
}

/** A document as a part of its workspace. */
export interface Placed {
  readonly contracts: Contracts;
  readonly file: FileFacts | undefined;
  readonly uriOf: (path: string) => string;
}

/** What the files of the open folders have to do with one another: one index for each folder. */
export class WorkspaceContracts {
  #folders: readonly Folder[] = [];
  #listed: readonly { readonly folder: string; readonly uris: readonly string[] }[] = [];
  #abort = new AbortController();
  #reading = Promise.resolve();
  /** Versions of open documents that their folder's index has. */
  readonly #held = new Map<string, number>();
  /** Versions of open documents whose file is gone: an editor keeps them for minutes, and they count again once edited. */
  readonly #gone = new Map<string, number>();

  constructor(private readonly ports: ContractsPorts) {}

  /** Reads all folders anew; what was being read is given up. */
  async readAll(): Promise<void> {
    this.#reading = this.#readAll();
    await this.#reading;
  }

  /** Resolves when the open folders have been read, or could not be. */
  async whenRead(): Promise<void> {
    await this.#reading.catch(() => undefined);
  }

  async #readAll(): Promise<void> {
    this.#abort.abort();
    const abort = new AbortController();
    this.#abort = abort;
    this.#listed = await this.ports.listFiles();
    // Another reading may have begun meanwhile.
    if (this.#abort !== abort) return;
    this.#held.clear();
    this.#folders = this.#listed.map(({ folder }) => this.#open(folder));
    for (const { index } of this.#folders) {
      try {
        await index.readAll(abort.signal);
      } catch (error) {
        if (this.#abort === abort) throw error;
        return;
      }
    }
  }

  /** Files may have come, changed and gone without a word of it: what is known counts until they have been read again. */
  async onMissed(): Promise<void> {
    const { signal } = this.#abort;
    this.#listed = await this.ports.listFiles();
    for (const { index } of this.#folders) await index.readAll(signal);
  }

  async onFiles(changed: readonly string[], deleted: readonly string[]): Promise<void> {
    for (const uri of changed) this.#gone.delete(uri);
    this.#noteGone((uri) => deleted.some((gone) => uri === gone || uri.startsWith(`${gone}/`)));
    for (const folder of this.#folders) {
      folder.index.onDeleted(pathsIn(folder.uri, deleted));
      const paths = pathsIn(folder.uri, changed).filter(isIndexed);
      if (paths.length > 0) await folder.index.onChanged(paths, this.#abort.signal);
    }
  }

  async onFolder(uri: string, files: readonly string[]): Promise<void> {
    const there = new Set(files);
    for (const file of files) this.#gone.delete(file);
    const gone = this.#noteGone((open) => open.startsWith(`${uri}/`) && !there.has(open));
    for (const { uri: root, index } of this.#folders) {
      const path = pathIn(root, uri);
      if (path === undefined) continue;
      index.onDeleted(pathsIn(root, gone));
      await index.onFolder(path, pathsIn(root, files), this.#abort.signal);
    }
  }

  async onClosed(uri: string): Promise<void> {
    this.#held.delete(uri);
    this.#gone.delete(uri);
    const folder = this.#folderOf(uri);
    const path = folder && pathIn(folder.uri, uri);
    if (path !== undefined) await folder?.index.release(path, this.#abort.signal);
  }

  /** The document in its folder, with what the editor shows of it and of all others; alone where it is in none. */
  placed(document: LanguageDocument, settings: DocumentSettings): Placed {
    for (const open of this.ports.openDocuments()) this.#hold(open, settings);
    const folder = this.#folderOf(document.uri);
    const path = folder && pathIn(folder.uri, document.uri);
    if (folder === undefined || path === undefined) return this.#alone(document, settings);
    // Before everything has been read, what is missing may only not have been seen yet.
    if (!folder.index.isComplete) return this.#alone(document, settings);
    folder.contracts.choose(settings.stage);
    return {
      contracts: folder.contracts,
      file: folder.contracts.links.file(path),
      uriOf: (other) => uriIn(folder.uri, other),
    };
  }

  /** The document's text with the stages of its folder. */
  staged(document: LanguageDocument, settings: DocumentSettings): StagedText {
    const { contracts } = this.placed(document, settings);
    const { stageSources: sources, stage } = contracts;
    return { text: document.text, lines: document.lines, sources, stage };
  }

  findings(document: LanguageDocument, settings: DocumentSettings): readonly Finding[] {
    const { contracts, file } = this.placed(document, settings);
    return file ? contracts.findings(file.path, document.text, settings) : [];
  }

  /** The findings as something that fixes can be made for. */
  checked(document: LanguageDocument, settings: DocumentSettings): CheckedText {
    const { text, lines } = document;
    return {
      tree: { text, format: 'json', root: new UnknownNode(0, text.length, 'intrinsic'), issues: [] },
      lines,
      findings: () => this.findings(document, settings),
    };
  }

  #open(uri: string): Folder {
    const { listFiles, readFiles, onSettled, log } = this.ports;
    const toPaths = (uris: readonly string[]): string[] => uris.flatMap((one) => pathIn(uri, one) ?? []);
    const index = new WorkspaceIndex({
      files: {
        list: async () => {
          const listed = this.#listed.find(({ folder }) => folder === uri);
          return toPaths(listed?.uris ?? (await listFiles()).find(({ folder }) => folder === uri)?.uris ?? []);
        },
        read: async (paths) => {
          const texts = await readFiles(paths.map((path) => uriIn(uri, path)));
          return texts.map((text) => text ?? undefined);
        },
      },
      pause: async () => await new Promise((resolve) => setImmediate(resolve)),
      onSettled,
    });
    return { uri, index, contracts: new Contracts(index, log) };
  }

  /** Notes which open documents have no file any more, and gives them. */
  #noteGone(isGone: (uri: string) => boolean): readonly string[] {
    const gone = [...this.ports.openDocuments()].filter(({ uri }) => isGone(uri));
    for (const { uri, version } of gone) this.#gone.set(uri, version);
    return gone.map(({ uri }) => uri);
  }

  #hold(document: LanguageDocument, settings: DocumentSettings): void {
    const { uri, version } = document;
    if (this.#held.get(uri) === version || this.#gone.get(uri) === version) return;
    const folder = this.#folderOf(uri);
    const path = folder && pathIn(folder.uri, uri);
    if (folder === undefined || path === undefined || !isIndexed(path)) return;
    this.#held.set(uri, version);
    folder.index.hold(path, document.text, this.#partsOf(document, settings));
  }

  #partsOf(document: LanguageDocument, settings: DocumentSettings) {
    return {
      glue: document.glue(settings),
      definitions: document.definitions(settings, this.ports.readFile),
      lines: document.lines,
    };
  }

  #alone(document: LanguageDocument, settings: DocumentSettings): Placed {
    const { uri, text, languageId } = document;
    const name = decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1));
    const path = languageId === 'python' && !name.endsWith('.py') ? `${name}.py` : name;
    const file = isIndexed(path) ? readFacts(path, text, this.#partsOf(document, settings)) : undefined;
    const facts = new Map(file ? [[path, file]] : []);
    const contracts = new Contracts({ facts, paths: new Set([path]), version: 0, isPartial: true }, this.ports.log);
    return { contracts, file, uriOf: () => uri };
  }

  #folderOf(uri: string): Folder | undefined {
    const around = this.#folders.filter((folder) => pathIn(folder.uri, uri) !== undefined);
    return around.sort((a, b) => b.uri.length - a.uri.length)[0];
  }
}

function pathsIn(folder: string, uris: readonly string[]): readonly string[] {
  return uris.flatMap((uri) => pathIn(folder, uri) ?? []);
}

/** The path of an address in a folder; undefined where it is elsewhere. */
function pathIn(folder: string, uri: string): string | undefined {
  if (!uri.startsWith(`${folder}/`)) return undefined;
  try {
    return decodeURIComponent(uri.slice(folder.length + 1));
  } catch {
    return undefined;
  }
}

function uriIn(folder: string, path: string): string {
  return `${folder}/${path.split('/').map(encodeURIComponent).join('/')}`;
}
