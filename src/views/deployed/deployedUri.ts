/** What a read-only document shows: a job's script or a state machine's definition, as it is deployed. */
export interface DeployedSource {
  readonly connectionId: string;
  readonly kind: 'script' | 'definition';
  /** `s3://bucket/key` of a script, ARN of a state machine. */
  readonly resource: string;
}

export const deployedScheme = 'sluice-deployed';

/** `name` is what the tab shows; its ending decides the language. */
export function deployedUriParts(source: DeployedSource, name: string): { path: string; query: string } {
  const { connectionId, kind, resource } = source;
  return { path: `/${name.replaceAll('/', '_')}`, query: JSON.stringify([connectionId, kind, resource]) };
}

/** Undefined where the address is not one of ours. */
export function parseDeployedQuery(query: string): DeployedSource | undefined {
  let parts: unknown;
  try {
    parts = JSON.parse(query);
  } catch {
    return undefined;
  }
  if (!Array.isArray(parts) || parts.length !== 3 || !parts.every((part) => typeof part === 'string')) return undefined;
  const [connectionId = '', kind, resource = ''] = parts;
  return kind === 'script' || kind === 'definition' ? { connectionId, kind, resource } : undefined;
}
