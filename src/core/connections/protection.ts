import { connectionName, type Connection } from './connection.ts';

/** What `sluice.protectedProfiles` holds where the user has not set it. */
export const defaultProtectedPatterns: readonly string[] = ['prod', 'production', 'prd', 'live'];

/**
 * Whether a connection is protected: a pattern of twelve digits is an account id, any other is matched, without
 * regard to case and with `*` for any text, against each segment of the profile's name. Segments end at
 * everything that is not a letter or digit, so `prod` matches `acme-prod` and not `nonprod`. A pattern of several
 * segments, such as a whole name, matches them in a row.
 */
export function isProtected(
  connection: Connection,
  accountId: string | undefined,
  patterns: readonly string[],
): boolean {
  if (connection.kind === 'local') return false;
  const name = segmentsOf(connectionName(connection)).join('-');
  return patterns.some((pattern) => {
    if (/^\d{12}$/.test(pattern)) return pattern === accountId;
    const segments = segmentsOf(pattern);
    if (segments.length === 0) return false;
    // Letters, digits and * alone: nothing else has a meaning in the expression.
    const words = segments.map((segment) => segment.replace(/\*+/g, '[^-]*')).join('-');
    return new RegExp(`(?:^|-)${words}(?:-|$)`, 'u').test(name);
  });
}

function segmentsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}*]+/u)
    .filter(Boolean);
}
