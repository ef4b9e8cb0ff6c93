import type { Clock } from '../../core/base/clock.ts';
import { AwsError } from '../http/awsError.ts';
import type { Input, Members } from '../http/input.ts';
import type { Operation } from '../http/jsonService.ts';
import { pageByKey } from '../http/paging.ts';
import type { Roles } from '../iam/roles.ts';
import { invalidInput, notFound } from './errors.ts';
import type { GlueState } from './glueState.ts';
import { jobDefinitionOf } from './jobDefinition.ts';
import { presentJob } from './present.ts';
import type { JobRecord } from './records.ts';
import type { GlueTags } from './tags.ts';

/** No control characters but the tab. */
export const nameLimits = { min: 1, max: 255, pattern: /^[\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}\t]*$/u };

interface JobParts {
  readonly state: GlueState;
  readonly tags: GlueTags;
  readonly roles: Roles;
  readonly clock: Clock;
}

/** Jobs: create, update, read, list, delete. */
export function jobOperations({ state, tags, roles, clock }: JobParts): Readonly<Record<string, Operation>> {
  const { jobs, bookmarks } = state;
  const get = (name: string): JobRecord => {
    const job = jobs.get(name);
    if (!job) throw notFound(`Entity Not Found: job ${name} does not exist.`);
    return job;
  };
  const definitionIn = (input: Input): Members => {
    const definition = jobDefinitionOf(input);
    const role = input.text('Role');
    if (roles.isAssumable(role, 'glue.amazonaws.com')) return definition;
    throw invalidInput(`Role ${role} should be given assume role permissions for Glue Service.`);
  };
  const sorted = (): readonly JobRecord[] =>
    [...jobs.values()].sort((left, right) => (left.name < right.name ? -1 : 1));
  return {
    CreateJob: async (input) => {
      const name = input.text('Name', nameLimits);
      const given = tags.given(input);
      if (jobs.has(name)) throw new AwsError('AlreadyExistsException', `Job already exists: ${name}.`);
      const now = clock.now();
      const definition = definitionIn(input);
      await jobs.put(name, { name, definition, createdMs: now, modifiedMs: now });
      await tags.add(tags.arnOf('job', name), given);
      return { Name: name };
    },
    UpdateJob: async (input) => {
      const job = get(input.text('JobName', nameLimits));
      const definition = definitionIn(input.object('JobUpdate'));
      await jobs.put(job.name, { ...job, definition, modifiedMs: clock.now() });
      return { JobName: job.name };
    },
    GetJob: (input) => ({ Job: presentJob(get(input.text('JobName', nameLimits))) }),
    GetJobs: (input) => {
      const page = pageByKey(sorted(), ({ name }) => name, pageAsk(input, 1000));
      return { Jobs: page.items.map(presentJob), NextToken: page.nextToken };
    },
    ListJobs: (input) => {
      const wanted = input.optionalTextMap('Tags') ?? {};
      const found = sorted().filter(({ name }) => tags.has(tags.arnOf('job', name), wanted));
      const page = pageByKey(found, ({ name }) => name, pageAsk(input, 1000));
      return { JobNames: page.items.map(({ name }) => name), NextToken: page.nextToken };
    },
    BatchGetJobs: (input) => {
      const names = input.texts('JobNames');
      const found = names.flatMap((name) => jobs.get(name) ?? []);
      return { Jobs: found.map(presentJob), JobsNotFound: names.filter((name) => !jobs.has(name)) };
    },
    DeleteJob: async (input) => {
      const name = input.text('JobName', nameLimits);
      await jobs.delete(name);
      await bookmarks.delete(name);
      await tags.drop(tags.arnOf('job', name));
      return { JobName: name };
    },
  };
}

/** How the list operations of Glue ask for a page. */
export function pageAsk(input: Input, most: number) {
  const size = input.optionalInteger('MaxResults', { min: 1, max: most }) ?? Math.min(most, 100);
  return { token: input.optionalText('NextToken') || undefined, size, invalidCode: 'InvalidInputException' };
}

/** The members of an action or run that must be a map of arguments; keys start with two hyphens on Glue. */
export function argumentsIn(input: Input, name = 'Arguments'): Readonly<Record<string, string>> {
  const map = input.optionalTextMap(name) ?? {};
  if (JSON.stringify(map).length > 260 * 1024) throw invalidInput(`${name} exceed 260 KB.`);
  return map;
}
