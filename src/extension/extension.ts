import type { ExtensionContext } from 'vscode';

/** VS Code calls this once, when something of Sluice's is first used. */
export function activate(context: ExtensionContext): void {
  context.subscriptions.push({ dispose: () => undefined });
}
