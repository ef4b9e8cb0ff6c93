import { homedir } from 'node:os';
import { join } from 'node:path';
import type { JsonFiles } from '../../core/base/jsonFiles.ts';
import type { Disposable } from '../../core/base/disposable.ts';
import { JsonFileStore } from '../jsonFileStore.ts';
import type { Settings } from '../settings.ts';

/** Where the account on this machine is kept: in the folder that the user chose, else in one of the workspace's own. */
export class LocalFolder {
  readonly #records = new Map<string, JsonFileStore>();

  constructor(
    private readonly settings: Settings,
    /** Of the workspace. */
    private readonly own: string,
    private readonly onSetAside: (path: string) => void,
  ) {}

  /** State of the account, as `sluice local --state` takes it. */
  get state(): string {
    return this.#chosen ?? join(this.own, 'local-account');
  }

  /** What Sluice notes of that account: the same for all windows that share it. */
  get records(): JsonFiles {
    const folder = join(this.#chosen ?? this.own, this.#chosen === undefined ? 'state' : 'sluice');
    const records = this.#records.get(folder) ?? new JsonFileStore(folder, this.onSetAside);
    this.#records.set(folder, records);
    return records;
  }

  onDidChange(listener: () => void): Disposable {
    return this.settings.onDidChange('local.folder', listener);
  }

  get #chosen(): string | undefined {
    const path = this.settings.get('local.folder');
    if (path === '') return undefined;
    return path.startsWith('~/') ? join(homedir(), path.slice(2)) : path;
  }
}
