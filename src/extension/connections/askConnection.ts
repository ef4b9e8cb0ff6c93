import { QuickPickItemKind } from 'vscode';
import {
  connectionLabel,
  environmentConnection,
  localConnection,
  profileConnection,
  type Connection,
} from '../../core/connections/connection.ts';
import type { Profile } from '../../aws/profiles/profiles.ts';
import type { UserError } from '../../core/base/userError.ts';
import { isRegionId, regionNames } from '../../core/connections/regions.ts';
import { back, pickOne, type Back, type Choice, type Step, type StepPosition } from '../prompts/steps.ts';
import { describeProfile, type ListProfiles } from './profileChoice.ts';

/** Where credentials come from: the choice before the region. */
type Source = { readonly kind: 'profile'; readonly profile: Profile } | { readonly kind: 'environment' | 'local' };

interface Draft {
  readonly source?: Source;
  readonly connection?: Connection;
}

const separator = (label: string): Choice<never> => ({ label, kind: QuickPickItemKind.Separator });

/** The two questions that make a connection. `recentRegions` come first in the second. */
export function connectionSteps(listProfiles: ListProfiles, recentRegions: readonly string[]): readonly Step<Draft>[] {
  return [
    async (_known, at) => {
      const source = await askSource(listProfiles, at);
      return source === back ? source : { source };
    },
    async (known, at) => {
      const { source } = known;
      if (!source) return known;
      if (source.kind === 'local') return { source, connection: localConnection };
      const own = source.kind === 'profile' ? source.profile.region : process.env['AWS_REGION'];
      const region = await askRegion(at, own, recentRegions);
      if (region === back) return region;
      const connection =
        source.kind === 'profile' ? profileConnection(source.profile.name, region) : environmentConnection(region);
      return { source, connection };
    },
  ];
}

async function askSource(listProfiles: ListProfiles, at: StepPosition): Promise<Source | Back> {
  const picked = await pickOne<Source | { readonly kind: 'problem'; readonly problem: UserError }>({
    at,
    placeholder: 'Where do the credentials come from?',
    items: listProfiles().then(({ profiles, problems }) => [
      ...(profiles.length === 0 ? [] : [separator('profiles')]),
      ...profiles.map((profile) => ({
        label: profile.name,
        description: describeProfile(profile),
        value: { kind: 'profile' as const, profile },
      })),
      separator('without a profile'),
      { label: 'Local', description: 'an account on this machine, no sign-up', value: { kind: 'local' as const } },
      {
        label: 'Environment',
        description: 'what AWS_* variables, the container or the instance give',
        value: { kind: 'environment' as const },
      },
      ...(problems.length === 0 ? [] : [separator('problems of the AWS config files')]),
      ...problems.map((problem) => ({
        label: `$(warning) ${problem.message}`,
        value: { kind: 'problem' as const, problem },
      })),
    ]),
  });
  if (picked === back || picked.kind !== 'problem') return picked;
  throw picked.problem;
}

/** A region: the profile's own first, then those in use, then all; a newer one is typed. */
export async function askRegion(
  at: StepPosition,
  own: string | undefined,
  recent: readonly string[],
): Promise<string | Back> {
  const first = [...new Set([...(own === undefined ? [] : [own]), ...recent])];
  const rest = Object.keys(regionNames).filter((id) => !first.includes(id));
  const item = (id: string): Choice<string> => ({
    label: id,
    description: [regionNames[id], id === own ? "the profile's region" : ''].filter(Boolean).join(' · '),
    value: id,
  });
  return await pickOne<string>({
    at,
    placeholder: 'Which region?',
    items: [...first.map(item), ...(first.length > 0 ? [separator('all regions')] : []), ...rest.map(item)],
    fromText: (text) =>
      isRegionId(text) && !(text in regionNames) && !first.includes(text)
        ? { label: text, description: 'a region that Sluice does not know by name', value: text }
        : undefined,
  });
}

/** One of the connections of this workspace. */
export async function askConnection(
  at: StepPosition,
  connections: readonly Connection[],
  active: Connection | undefined,
): Promise<Connection | Back> {
  return await pickOne<Connection>({
    at,
    placeholder: 'Which connection?',
    items: connections.map((connection) => ({ label: connectionLabel(connection), value: connection })),
    isActive: ({ id }) => id === active?.id,
  });
}
