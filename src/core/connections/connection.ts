import { isRegionId } from './regions.ts';

/**
 * Where calls go: a profile of the shared AWS config files and a region, what the environment gives, or the
 * account on this machine. `id` is stable over restarts and unique among connections.
 */
export type Connection = ProfileConnection | EnvironmentConnection | LocalConnection;

export interface ProfileConnection {
  readonly kind: 'profile';
  readonly id: string;
  readonly profile: string;
  readonly region: string;
}

/** Credentials from environment variables, a container or an instance role, as the SDK's default chain finds them. */
export interface EnvironmentConnection {
  readonly kind: 'environment';
  readonly id: string;
  readonly region: string;
}

export interface LocalConnection {
  readonly kind: 'local';
  readonly id: 'local';
  readonly region: string;
}

export const localConnection: LocalConnection = { kind: 'local', id: 'local', region: 'us-east-1' };

export function profileConnection(profile: string, region: string): ProfileConnection {
  return { kind: 'profile', id: `profile:${profile}@${region}`, profile, region };
}

export function environmentConnection(region: string): EnvironmentConnection {
  return { kind: 'environment', id: `environment@${region}`, region };
}

/** The connection that `id` names, or undefined where it is none (an id from a newer or broken state file). */
export function parseConnectionId(id: string): Connection | undefined {
  if (id === 'local') return localConnection;
  const at = id.lastIndexOf('@');
  if (at < 0) return undefined;
  const region = id.slice(at + 1);
  if (!isRegionId(region)) return undefined;
  const head = id.slice(0, at);
  if (head === 'environment') return environmentConnection(region);
  if (head.startsWith('profile:') && head.length > 'profile:'.length) {
    return profileConnection(head.slice('profile:'.length), region);
  }
  return undefined;
}

/** What a user calls it: the profile's name, "Local", or "environment". */
export function connectionName(connection: Connection): string {
  switch (connection.kind) {
    case 'local':
      return 'Local';
    case 'environment':
      return 'environment';
    case 'profile':
      return connection.profile;
  }
}

/** Name and region as the tree and the status bar show them; the Local connection has no region worth showing. */
export function connectionLabel(connection: Connection): string {
  return connection.kind === 'local' ? 'Local' : `${connectionName(connection)} · ${connection.region}`;
}
