import { EventEmitter, workspace, type Event, type Uri } from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import type { GlueConfig } from '../../core/workspace/glueConfigs.ts';
import { fileOfLocation } from '../../core/workspace/workspaceFile.ts';
import { readFolderContent } from '../deploy/workspaceDeployables.ts';
import type { MissedFiles } from './missedFiles.ts';
import { listWorkspaceFiles } from './workspaceFiles.ts';

/** A job that a config file of the workspace describes. */
export interface IndexedJob {
  readonly config: GlueConfig;
  readonly file: Uri;
  /** The workspace's file of its script, where there is one. */
  readonly script?: Uri;
}

/** The jobs of the workspace, read when somebody asks and again after their files changed; tells of changed scripts, too. */
export class JobIndex implements Disposable {
  readonly #parts = new DisposableStore();
  readonly #changed = this.#parts.add(new EventEmitter<void>());
  #jobs: Promise<readonly IndexedJob[]> | undefined;

  readonly onDidChange: Event<void> = this.#changed.event;

  constructor(missed: MissedFiles) {
    const forget = (): void => {
      if (!this.#jobs) return;
      this.#jobs = undefined;
      this.#changed.fire();
    };
    const configs = this.#parts.add(workspace.createFileSystemWatcher('**/*.glue.json'));
    const scripts = this.#parts.add(workspace.createFileSystemWatcher('**/*.{py,scala}'));
    for (const event of [configs.onDidCreate, configs.onDidChange, configs.onDidDelete]) this.#parts.add(event(forget));
    for (const event of [scripts.onDidCreate, scripts.onDidDelete]) this.#parts.add(event(forget));
    // The jobs are the same; what compares their scripts with deployed ones looks again.
    this.#parts.add(scripts.onDidChange(() => this.#jobs && this.#changed.fire()));
    this.#parts.add(workspace.onDidChangeWorkspaceFolders(forget));
    this.#parts.add(missed.onDidChange(forget));
  }

  async jobs(): Promise<readonly IndexedJob[]> {
    this.#jobs ??= readJobs();
    return await this.#jobs;
  }

  /** Jobs whose script this file is. */
  async jobsOfScript(script: Uri): Promise<readonly IndexedJob[]> {
    return (await this.jobs()).filter((job) => job.script?.toString() === script.toString());
  }

  dispose(): void {
    this.#parts.dispose();
  }
}

async function readJobs(): Promise<readonly IndexedJob[]> {
  const folders = await Promise.all(
    (await listWorkspaceFiles()).map(async (files) => {
      const paths = [...files.uris.keys()];
      const { configs } = await readFolderContent(files);
      return configs.flatMap((config): IndexedJob[] => {
        const file = files.uris.get(config.file);
        if (config.kind !== 'job' || !file) return [];
        const path = config.script && fileOfLocation(config.script.location, paths, config.file);
        const script = path === undefined ? undefined : files.uris.get(path);
        return [{ config, file, ...(script ? { script } : {}) }];
      });
    }),
  );
  return folders.flat();
}
