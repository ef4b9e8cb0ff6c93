import type { ExtensionContext } from 'vscode';
import { compose } from './compose.ts';

/** VS Code calls this once, when something of Sluice's is first used. Registers; everything heavy loads on first use. */
export function activate(context: ExtensionContext): void {
  context.subscriptions.push(compose(context));
}
