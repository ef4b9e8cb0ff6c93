import { engineChoices, type EngineChoice } from '../docker/engineChoice.ts';

/** What an account knows of the workspace that it works for; may change while it runs. */
export interface WorkspaceSettings {
  /** Absolute paths. Code in them may be run: a workspace that is not trusted gives none. */
  readonly folders: readonly string[];
  /** Path of the mock configuration, absolute or within the first folder that has it. */
  readonly mockFile: string;
  /** Lambda functions that no template names: function name to handler, `folder/file.py:function` within a folder. */
  readonly functions: Readonly<Record<string, string>>;
  /** Multiplies waits and retry delays of state machines; 1 is real time, 0 skips them. */
  readonly waitScale: number;
  /** What Spark jobs run in. */
  readonly containers: ContainerSettings;
}

export interface ContainerSettings {
  readonly engine: EngineChoice;
  /** Image by Glue version, instead of AWS's own. */
  readonly images: Readonly<Record<string, string>>;
}

/** What an account starts with that nobody told anything. */
export const noWorkspace: WorkspaceSettings = {
  folders: [],
  mockFile: 'MockConfigFile.json',
  functions: {},
  waitScale: 1,
  containers: { engine: 'auto', images: {} },
};

/** Checks what came over the wire; undefined where it is no such settings. */
export function parseWorkspaceSettings(value: unknown): WorkspaceSettings | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { folders, mockFile, functions, waitScale, containers } = value as Readonly<Record<string, unknown>>;
  const areFolders = Array.isArray(folders) && folders.every((folder) => typeof folder === 'string');
  if (!areFolders || !isTextMap(functions) || typeof mockFile !== 'string') return undefined;
  if (typeof waitScale !== 'number' || !Number.isFinite(waitScale) || waitScale < 0) return undefined;
  const ofContainers = containerSettingsOf(containers);
  return ofContainers && { folders, mockFile, functions, waitScale, containers: ofContainers };
}

function containerSettingsOf(value: unknown): ContainerSettings | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { engine, images } = value as Readonly<Record<string, unknown>>;
  const choice = engineChoices.find((name) => name === engine);
  return choice && isTextMap(images) ? { engine: choice, images } : undefined;
}

function isTextMap(value: unknown): value is Readonly<Record<string, string>> {
  return (
    typeof value === 'object' && value !== null && Object.values(value).every((entry) => typeof entry === 'string')
  );
}
