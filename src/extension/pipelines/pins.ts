import type { Connection } from '../../core/connections/connection.ts';
import { itemId, type Section } from '../../views/pipelines/node.ts';
import type { App } from '../app.ts';
import type { ExtensionState } from '../state.ts';

/** Pins a row to the top of its section, or lets it go. */
export async function setPinned(
  { pipelines, state }: Pick<App, 'pipelines' | 'state'>,
  target: unknown,
  isPinned: boolean,
): Promise<void> {
  const node = pipelines.find(target);
  if (node?.kind !== 'item') return;
  const others = state.workspace.get('pinnedRows').filter((id) => id !== node.id);
  await state.workspace.set('pinnedRows', isPinned ? [...others, node.id] : others);
  pipelines.rearrange();
}

/** Resources of a section that are pinned. */
export function pinnedResources(state: ExtensionState, connection: Connection, section: Section): readonly string[] {
  const head = itemId(connection.id, section, '');
  return state.workspace
    .get('pinnedRows')
    .filter((id) => id.startsWith(head))
    .map((id) => decodeURIComponent(id.slice(head.length)));
}
