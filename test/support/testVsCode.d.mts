import type { Page } from 'playwright-core';
import type { FrontDoor } from './frontDoor.mjs';

export interface TestFolder {
  /** Holds the three below. */
  readonly root: string;
  /** A fresh copy of the sample. */
  readonly workspace: string;
  /** The home of the VS Code under test: empty but for .aws/. */
  readonly home: string;
  /** The server data folder: settings, logs, installed extensions. */
  readonly data: string;
}

export interface TestVsCodeOptions {
  /** Part of folder names. */
  readonly name: string;
  /** User settings over the quiet ones. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Environment of the extension host. */
  readonly env?: Readonly<Record<string, string>>;
  /** Ask whether the folder is trusted; off by default. */
  readonly workspaceTrust?: boolean;
  /** The browser comes through it, to a server whose addresses have a path before them. */
  readonly frontDoor?: FrontDoor;
  /** Called before VS Code starts: write profiles, files. */
  readonly prepare?: (folder: TestFolder) => Promise<void> | void;
}

export interface TestVsCode {
  readonly page: Page;
  readonly folder: TestFolder;
  readonly url: string;
  close(): Promise<void>;
}

/** A VS Code with the packaged Sluice installed, opened in Chromium. The caller closes it. */
export function openTestVsCode(options: TestVsCodeOptions): Promise<TestVsCode>;
