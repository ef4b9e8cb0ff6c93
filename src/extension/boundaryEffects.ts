import { commands, env, Position, Selection, Uri, window } from 'vscode';
import type { BoundaryEffects } from './boundary.ts';
import { showError } from './prompts/notify.ts';

/** The boundary's way to the user in VS Code. */
export const boundaryEffects: BoundaryEffects = {
  showError,
  execute: async (command, ...args) => await commands.executeCommand(command, ...args),
  open: async (file, line) => {
    const at = new Position((line ?? 1) - 1, 0);
    return await window.showTextDocument(Uri.file(file), { selection: new Selection(at, at) });
  },
  copy: async (text) => {
    await env.clipboard.writeText(text);
  },
};
