const names = [
  'node_modules',
  '.git',
  '.venv',
  'venv',
  '__pycache__',
  'site-packages',
  'cdk.out',
  '.terraform',
  '.aws-sam',
  'dist',
  'build',
  '.vscode-test',
];
const made: ReadonlySet<string> = new Set(names);

/** What tools make and keep is no part of what somebody writes: a glob to leave out. */
export const madeFolders = madeFoldersAnd();

/** The same, with folders of one more name. */
export function madeFoldersAnd(...more: readonly string[]): string {
  return `**/{${[...names, ...more].join(',')}}/**`;
}

/** Whether a path in a workspace folder leads into such a folder, or to one. */
export function isMade(path: string): boolean {
  return path.split('/').some((name) => made.has(name));
}
