import { StatusBarAlignment, ThemeColor, window } from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import type { Connections } from '../../views/connections.ts';
import type { CommandId } from '../commands.ts';
import { presentStatus } from './presentStatus.ts';

/** Shows the active connection in the status bar; a click switches it. Hidden while there is none. */
export function showConnectionStatus(connections: Connections): Disposable {
  const parts = new DisposableStore();
  const item = parts.add(window.createStatusBarItem('sluice.connection', StatusBarAlignment.Left, 50));
  item.name = 'Sluice Connection';
  item.command = 'sluice.switchConnection' satisfies CommandId;
  const update = (): void => {
    const { active } = connections;
    if (!active) {
      item.hide();
      return;
    }
    const { text, tooltip, spoken, isProtected } = presentStatus(active, connections);
    item.text = text;
    item.tooltip = tooltip.join('\n');
    item.accessibilityInformation = { label: spoken };
    item.backgroundColor = isProtected ? new ThemeColor('statusBarItem.errorBackground') : undefined;
    item.show();
  };
  parts.add(connections.onDidChange(update));
  update();
  return parts;
}
