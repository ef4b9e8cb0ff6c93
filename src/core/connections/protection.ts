import { connectionName, type Connection } from './connection.ts';

/** What `sluice.protectedProfiles` holds where the user has not set it. */
export const defaultProtectedPatterns: readonly string[] = ['prod', 'production', 'prd', 'live'];

/**
 * Whether a connection is protected: a pattern of twelve digits is an account id, any other is matched, without
 * regard to case and with `*` for any text, against each segment of the profile's name. Segments end at
 * everything that is not a letter or digit, so `prod` matches `acme-prod` and not `nonprod`.
 */
export function isProtected(
  connection: Connection,
  accountId: string | undefined,
  patterns: readonly string[],
): boolean {
  if (connection.kind === 'local') return false;
  const segments = connectionName(connection)
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  return patterns.some((pattern) => {
    if (/^\d{12}$/.test(pattern)) return pattern === accountId;
    const expression = new RegExp(`^${pattern.toLowerCase().split('*').map(escapeRegExp).join('.*')}$`, 'u');
    return segments.some((segment) => expression.test(segment));
  });
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}
