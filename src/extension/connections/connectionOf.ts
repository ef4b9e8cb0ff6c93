import { parseConnectionId, type Connection } from '../../core/connections/connection.ts';

/** The connection of what a menu or a link gave a command: a tree row that has one, or a connection's id. */
export function connectionOf(target: unknown): Connection | undefined {
  if (typeof target === 'string') return parseConnectionId(target);
  if (typeof target !== 'object' || target === null || !('connection' in target)) return undefined;
  const { connection } = target;
  if (typeof connection !== 'object' || connection === null || !('id' in connection)) return undefined;
  return typeof connection.id === 'string' ? parseConnectionId(connection.id) : undefined;
}
