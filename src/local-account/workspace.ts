import { access } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import type { WorkspaceSettings } from '../processes/localAccount/workspaceSettings.ts';

/** The workspace that the account works for, as it was told last. */
export class Workspace {
  constructor(private current: WorkspaceSettings) {}

  get settings(): WorkspaceSettings {
    return this.current;
  }

  update(settings: WorkspaceSettings): void {
    this.current = settings;
  }

  /** Absolute path of a file within the first folder that has it; an absolute path stays; undefined where it is not there. */
  async find(path: string): Promise<string | undefined> {
    const candidates = isAbsolute(path) ? [path] : this.current.folders.map((folder) => join(folder, path));
    for (const candidate of candidates) {
      const isThere = await access(candidate).then(
        () => true,
        () => false,
      );
      if (isThere) return candidate;
    }
    return undefined;
  }
}
