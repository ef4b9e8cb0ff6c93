import { isAbsolute } from 'node:path';
import type { ConfigurationChangeEvent, ConfigurationScope, WorkspaceConfiguration } from 'vscode';
import { defaultProtectedPatterns } from '../core/connections/protection.ts';
import { SEVERITIES, type SeveritySetting } from '../core/language/rules/severity.ts';
import { parseLocalRunEntries, type LocalRunEntry } from '../core/workspace/localRunEntry.ts';
import type { Disposable } from '../core/base/disposable.ts';

/**
 * Who may set it: `application` and `machine` settings are taken from the user alone, never from a workspace.
 * Whatever decides over an account, an endpoint, an image or a program has one of these two.
 */
export type SettingScope = 'application' | 'machine' | 'window' | 'resource';

export interface SettingSpec<T> {
  readonly default: T;
  readonly scope: SettingScope;
  /** Whether a workspace that is not trusted is not asked; `application` and `machine` settings never ask it. */
  readonly restricted?: true;
  /** The values of a choice. */
  readonly values?: readonly T[];
  /** Checks what a settings file holds; undefined where it is of no use, then the default counts. */
  readonly read: (value: unknown) => T | undefined;
}

const stringList = (initial: readonly string[], scope: SettingScope): SettingSpec<readonly string[]> => ({
  default: initial,
  scope,
  read: (value) => (Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined),
});

const isFolder = (path: string): boolean => path === '' || path.startsWith('~/') || isAbsolute(path);
const severityWords: ReadonlySet<unknown> = new Set([...SEVERITIES, 'off']);
const flag = (initial: boolean, scope: SettingScope): SettingSpec<boolean> => ({
  default: initial,
  scope,
  read: (value) => (typeof value === 'boolean' ? value : undefined),
});

const readTextMap = (
  value: unknown,
  isFit: (text: string) => boolean = () => true,
): Readonly<Record<string, string>> | undefined =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).every((text) => typeof text === 'string' && isFit(text))
    ? (value as Readonly<Record<string, string>>)
    : undefined;
const textMap = (scope: SettingScope): SettingSpec<Readonly<Record<string, string>>> => ({
  default: {},
  scope,
  read: (value) => readTextMap(value),
});

const oneOf = <const T extends string>(
  values: readonly T[],
  initial: NoInfer<T>,
  scope: SettingScope,
): SettingSpec<T> => ({
  default: initial,
  scope,
  values,
  read: (value) => values.find((item) => item === value),
});

/** Every setting of Sluice, `sluice.` left out. package.json says the same, and a test compares them. */
export const settings = {
  /** A workspace may name Local and nothing else: which profile is used is never a workspace's choice. */
  initialConnection: { ...oneOf(['none', 'local'], 'none', 'window'), restricted: true },
  protectedProfiles: stringList(defaultProtectedPatterns, 'application'),
  /** Rule id to severity; the language server reads it as well. */
  rules: {
    default: {},
    scope: 'resource',
    read: (value) =>
      typeof value === 'object' && value !== null && Object.values(value).every((word) => severityWords.has(word))
        ? (value as Readonly<Record<string, SeveritySetting>>)
        : undefined,
  } as SettingSpec<Readonly<Record<string, SeveritySetting>>>,
  'validation.definitions': flag(true, 'resource'),
  /** Sends what is saved to the account of the active connection: never a workspace's choice. */
  'validation.onAwsWhenSaved': flag(false, 'application'),
  /** Whether what is named is looked up in the account: never, in what was listed anyway, or listed anew on save. */
  checkResources: oneOf(['off', 'cached', 'onSave'], 'cached', 'application'),
  /** How scripts were last run on this machine. */
  localRuns: {
    default: [],
    scope: 'resource',
    restricted: true,
    read: parseLocalRunEntries,
  } as SettingSpec<readonly LocalRunEntry[]>,
  'localRun.engine': oneOf(['auto', 'docker', 'podman', 'none'], 'auto', 'machine'),
  /** Image by Glue version: what runs with the user's folder and credentials is never a workspace's choice. */
  'localRun.images': {
    ...textMap('machine'),
    read: (value) => readTextMap(value, (image) => /^[a-z0-9][\w./:@-]*$/i.test(image)),
  } as SettingSpec<Readonly<Record<string, string>>>,
  /** Folder by prefix of S3; a path that is not absolute is below the workspace folder. */
  'localRun.s3Folders': { ...textMap('resource'), restricted: true } as SettingSpec<Readonly<Record<string, string>>>,
  'localRun.sparkUi': flag(false, 'resource'),
  /** Jobs whose scripts go to S3 when they are saved: never a workspace's choice. */
  uploadOnSave: stringList([], 'application'),
  /** Patterns of the test files that the Testing view looks at. */
  'tests.files': stringList(['**/test_*.py', '**/*_test.py'], 'resource'),
  'tests.glueVersion': {
    default: '',
    scope: 'resource',
    read: (value) => (typeof value === 'string' ? value : undefined),
  } as SettingSpec<string>,
  /** What pip installs for the tests beside the modules of the jobs. */
  'tests.pythonModules': { ...stringList([], 'resource'), restricted: true } as SettingSpec<readonly string[]>,
  'tests.useConnection': { ...flag(false, 'resource'), restricted: true } as SettingSpec<boolean>,
  'run.open': oneOf(['beside', 'document', 'none'], 'beside', 'window'),
  /** Absolute, or from the home folder; empty for one of the workspace's own. */
  'local.folder': {
    default: '',
    scope: 'machine',
    read: (value) => (typeof value === 'string' && isFolder(value.trim()) ? value.trim() : undefined),
  } as SettingSpec<string>,
  /** Within the workspace, or absolute. */
  'local.mockFile': {
    default: 'MockConfigFile.json',
    scope: 'window',
    read: (value) => (typeof value === 'string' && value.trim() !== '' ? value : undefined),
  } as SettingSpec<string>,
  /** Lambda functions that no template names: function name to `folder/file.py:function`. */
  'local.functions': {
    default: {},
    scope: 'window',
    restricted: true,
    read: (value) =>
      typeof value === 'object' && value !== null && Object.values(value).every((item) => typeof item === 'string')
        ? (value as Readonly<Record<string, string>>)
        : undefined,
  } as SettingSpec<Readonly<Record<string, string>>>,
  'local.waitScale': {
    default: 1,
    scope: 'window',
    read: (value) => (typeof value === 'number' && value >= 0 && value <= 1 ? value : undefined),
  } as SettingSpec<number>,
  'runs.keepDays': {
    default: 30,
    scope: 'application',
    read: (value) => (typeof value === 'number' && value >= 1 && value <= 365 ? value : undefined),
  } as SettingSpec<number>,
} satisfies Readonly<Record<string, SettingSpec<unknown>>>;

type Table = typeof settings;
export type SettingName = keyof Table;
export type SettingValue<K extends SettingName> = Table[K]['default'];

/** The parts of `vscode.workspace` that settings are read through. */
interface Configurations {
  getConfiguration(
    section: string,
    scope?: ConfigurationScope | null,
  ): Pick<WorkspaceConfiguration, 'get' | 'inspect' | 'update'>;
  onDidChangeConfiguration(listener: (event: ConfigurationChangeEvent) => unknown): Disposable;
}

/** Settings of VS Code itself that Sluice offers to change, always the user's own and only when asked to. */
export class EditorAssociations {
  constructor(private readonly workspace: Pick<Configurations, 'getConfiguration'>) {}

  /** Editors by file pattern, as the user set them. */
  get(): Readonly<Record<string, string>> {
    const value: unknown = this.workspace.getConfiguration('workbench', null).get('editorAssociations');
    if (typeof value !== 'object' || value === null) return {};
    return Object.fromEntries(
      Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
  }

  /** Adds to the user's own settings; rejects where they cannot be written. */
  async add(associations: Readonly<Record<string, string>>): Promise<void> {
    const configuration = this.workspace.getConfiguration('workbench', null);
    const own = configuration.inspect<Record<string, string>>('editorAssociations')?.globalValue;
    await configuration.update('editorAssociations', { ...own, ...associations }, true);
  }
}

/** The one reader of settings. */
export class Settings {
  /** When the last change is written, or has failed. */
  #changed: Promise<unknown> = Promise.resolve();

  constructor(private readonly workspace: Configurations) {}

  /** `scope` (a document, a folder) matters for settings of scope `resource` only. */
  get<K extends SettingName>(name: K, scope?: ConfigurationScope): SettingValue<K> {
    const { read, default: initial } = settings[name];
    return read(this.workspace.getConfiguration('sluice', scope ?? null).get(name)) ?? initial;
  }

  /** Sets it for the user, in all workspaces. */
  async setForUser<K extends SettingName>(name: K, value: SettingValue<K>): Promise<void> {
    await this.workspace.getConfiguration('sluice', null).update(name, value, true);
  }

  /**
   * Changes it for the workspace folder that holds `scope`: one change after the other, as each needs what the one before
   * wrote. Rejects where it cannot be written.
   */
  async changeForFolder<K extends SettingName>(
    name: K,
    scope: ConfigurationScope,
    change: (now: SettingValue<K>) => unknown,
  ): Promise<void> {
    const turn = this.#changed.then(
      async () => await this.workspace.getConfiguration('sluice', scope).update(name, change(this.get(name, scope))),
    );
    this.#changed = turn.catch(() => undefined);
    await turn;
  }

  /** Calls `listener` after the setting changed anywhere. */
  onDidChange(name: SettingName, listener: () => void): Disposable {
    return this.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`sluice.${name}`)) listener();
    });
  }
}
