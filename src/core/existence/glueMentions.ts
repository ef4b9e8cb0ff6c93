import type { GlueDocument } from '../glue/index.ts';
import type { ShapeName } from '../glue/fields/spec.ts';
import type { GlueFile, Resource } from '../glue/model.ts';
import type { Part } from '../glue/part.ts';
import { partsOf } from '../glue/place.ts';
import type { ResourceKind } from './kinds.ts';
import { givenIn, mentionOf, type Mention } from './mentions.ts';

/** The fields of a config that name something else, by shape and field. */
const FIELDS: Readonly<Partial<Record<ShapeName, Readonly<Record<string, ResourceKind>>>>> = {
  job: { Role: 'iamRole' },
  jobRun: { JobName: 'glueJob' },
  command: { ScriptLocation: 's3Bucket' },
  connections: { Connections: 'glueConnection' },
  trigger: { WorkflowName: 'glueWorkflow' },
  action: { JobName: 'glueJob', CrawlerName: 'glueCrawler' },
  condition: { JobName: 'glueJob', CrawlerName: 'glueCrawler' },
  crawler: { Role: 'iamRole' },
  s3Target: { Path: 's3Bucket', ConnectionName: 'glueConnection' },
  jdbcTarget: { ConnectionName: 'glueConnection' },
  mongoTarget: { ConnectionName: 'glueConnection' },
  dynamoTarget: { Path: 'dynamodbTable' },
  catalogTarget: { DatabaseName: 'glueDatabase', ConnectionName: 'glueConnection' },
};

/** What a field of a config names. */
export function kindOfField(shape: ShapeName, field: string): ResourceKind | undefined {
  return FIELDS[shape]?.[field];
}

/** What configs name by a literal, apart from what the document describes itself. */
export function mentionsInGlue({ file, text, isHosted }: GlueDocument): readonly Mention[] {
  const own = ownNames(file);
  const all = [...file.jobs, ...file.triggers, ...file.workflows, ...file.holdings].flatMap(mentionsOf);
  const places = new Set<string>();
  const found = all.filter(({ due, name, node: { start } }) => {
    // Several jobs of a program may share a variable.
    const place = `${due} ${String(start)}`;
    const isKnown = places.has(place);
    places.add(place);
    return own[due]?.has(name) !== true && !isKnown;
  });
  if (!isHosted) return found;
  // A template or program may make what it names: then the name stands in it once more.
  const counts = new Map<string, number>();
  for (const { name } of all) counts.set(name, (counts.get(name) ?? 0) + 1);
  return found.filter(({ name }) => text.split(name).length - 1 <= (counts.get(name) ?? 1));
}

function ownNames(file: GlueFile): Readonly<Partial<Record<ResourceKind, ReadonlySet<string | undefined>>>> {
  const { jobs, triggers, workflows, holdings } = file;
  const namesOf = (list: readonly { readonly name: string | undefined }[]): ReadonlySet<string | undefined> =>
    new Set(list.map(({ name }) => name));
  return {
    glueJob: namesOf(jobs.filter(({ use }) => use !== 'run')),
    glueTrigger: namesOf(triggers),
    glueWorkflow: namesOf(workflows),
    glueCrawler: namesOf(holdings.filter(({ kind }) => kind === 'crawler')),
    glueConnection: namesOf(holdings.filter(({ kind }) => kind === 'connection')),
  };
}

function mentionsOf(resource: Resource): Mention[] {
  const seen = new Set<Part['node']>();
  const found: Mention[] = [];
  for (const part of partsOf(resource)) {
    const fields = FIELDS[part.shape];
    if (fields === undefined || (seen.has(part.node) && part.shape !== 'crawler')) continue;
    seen.add(part.node);
    for (const [field, kind] of Object.entries(fields)) found.push(...mentionsOfField(part, field, kind));
  }
  return found;
}

function mentionsOfField(part: Part, field: string, kind: ResourceKind): Mention[] {
  const value = part.get(field);
  const nodes = value?.kind === 'array' ? value.items : [value];
  const given = kind === 'glueJob' && part.shape !== 'condition' ? givenIn(part.get('Arguments')) : undefined;
  return nodes
    .flatMap((node) => mentionOf(node, kind))
    .map((mention) => ({
      ...mention,
      ...(given && { given }),
      ...(kind === 'iamRole' && { service: 'glue.amazonaws.com' }),
    }));
}
