import type { Clock } from '../../../core/base/clock.ts';
import { AwsError } from '../../http/awsError.ts';
import type { Input, Members } from '../../http/input.ts';
import type { Operation } from '../../http/jsonService.ts';
import { pageByKey } from '../../http/paging.ts';
import type { Roles } from '../../iam/roles.ts';
import { parseSchedule } from '../cron.ts';
import { invalidInput, notFound } from '../errors.ts';
import type { GlueState } from '../glueState.ts';
import { nameLimits, pageAsk } from '../jobOperations.ts';
import type { GlueTags } from '../tags.ts';
import type { CrawlerEngine } from './crawlerEngine.ts';
import { presentCrawl, presentCrawler, presentMetrics } from './presentCrawler.ts';
import type { CrawlerRecord } from './records.ts';
import { s3TargetsOf } from './s3Target.ts';

/** Members of a crawler's definition that a caller may give. */
const members = [
  'Role',
  'DatabaseName',
  'Description',
  'Targets',
  'Classifiers',
  'TablePrefix',
  'SchemaChangePolicy',
  'RecrawlPolicy',
  'LineageConfiguration',
  'LakeFormationConfiguration',
  'Configuration',
  'CrawlerSecurityConfiguration',
];

export interface CrawlerParts {
  readonly state: GlueState;
  readonly tags: GlueTags;
  readonly roles: Roles;
  readonly engine: CrawlerEngine;
  readonly clock: Clock;
}

/** Crawlers: create, update, read, list, start, stop, schedule, delete; and their crawls. */
export function crawlerOperations(parts: CrawlerParts): Readonly<Record<string, Operation>> {
  const { state, tags, roles, engine, clock } = parts;
  const { crawlers } = state;
  const get = (name: string): CrawlerRecord => {
    const crawler = crawlers.get(name);
    if (!crawler) throw notFound(`Crawler entry with name ${name} does not exist`);
    return crawler;
  };
  const sorted = (): readonly CrawlerRecord[] =>
    [...crawlers.values()].sort((left, right) => (left.name < right.name ? -1 : 1));
  const present = (crawler: CrawlerRecord): Members =>
    presentCrawler(crawler, {
      current: engine.current(crawler.name),
      crawls: engine.crawlsOf(crawler.name),
      now: clock.now(),
    });
  const checkRole = (role: string): void => {
    if (roles.isAssumable(role, 'glue.amazonaws.com')) return;
    throw invalidInput("Service is unable to assume provided role. Please verify role's TrustPolicy");
  };
  const mustBeReady = (name: string): void => {
    if (engine.current(name)) throw new AwsError('CrawlerRunningException', `Crawler with name ${name} is running`);
  };
  return {
    CreateCrawler: async (input) => {
      const name = input.text('Name', nameLimits);
      const given = tags.given(input);
      if (crawlers.has(name)) throw new AwsError('AlreadyExistsException', `Crawler already exists: ${name}`);
      checkRole(input.text('Role'));
      const now = clock.now();
      const record = {
        name,
        definition: definitionOf(input),
        ...scheduleIn(input),
        version: 1,
        createdMs: now,
        updatedMs: now,
      };
      await crawlers.put(name, record);
      await tags.add(tags.arnOf('crawler', name), given);
      return {};
    },
    UpdateCrawler: async (input) => {
      const before = get(input.text('Name', nameLimits));
      mustBeReady(before.name);
      const role = input.optionalText('Role');
      if (role !== undefined) checkRole(role);
      const definition = { ...before.definition, ...definitionOf(input, before.definition) };
      const schedule = input.has('Schedule') ? scheduleIn(input) : {};
      await crawlers.put(before.name, {
        ...before,
        definition,
        ...schedule,
        version: before.version + 1,
        updatedMs: clock.now(),
      });
      return {};
    },
    DeleteCrawler: async (input) => {
      const { name } = get(input.text('Name', nameLimits));
      mustBeReady(name);
      await crawlers.delete(name);
      await tags.drop(tags.arnOf('crawler', name));
      return {};
    },
    GetCrawler: (input) => ({ Crawler: present(get(input.text('Name', nameLimits))) }),
    GetCrawlers: (input) => {
      const page = pageByKey(sorted(), ({ name }) => name, pageAsk(input, 1000));
      return { Crawlers: page.items.map(present), NextToken: page.nextToken };
    },
    ListCrawlers: (input) => {
      const wanted = input.optionalTextMap('Tags') ?? {};
      const found = sorted().filter(({ name }) => tags.has(tags.arnOf('crawler', name), wanted));
      const page = pageByKey(found, ({ name }) => name, pageAsk(input, 1000));
      return { CrawlerNames: page.items.map(({ name }) => name), NextToken: page.nextToken };
    },
    BatchGetCrawlers: (input) => {
      const names = input.texts('CrawlerNames');
      return {
        Crawlers: names.flatMap((name) => crawlers.get(name) ?? []).map(present),
        CrawlersNotFound: names.filter((name) => !crawlers.has(name)),
      };
    },
    StartCrawler: async (input) => {
      await engine.start(input.text('Name', nameLimits));
      return {};
    },
    StopCrawler: async (input) => {
      await engine.stop(input.text('Name', nameLimits));
      return {};
    },
    ...scheduleOperations(parts, get),
    GetCrawlerMetrics: (input) => {
      const wanted = input.optionalTexts('CrawlerNameList') ?? [];
      const found = sorted().filter(({ name }) => wanted.length === 0 || wanted.includes(name));
      const page = pageByKey(found, ({ name }) => name, pageAsk(input, 1000));
      const metrics = page.items.map(({ name }) => presentMetrics(name, engine.crawlsOf(name), clock.now()));
      return { CrawlerMetricsList: metrics, NextToken: page.nextToken };
    },
    ListCrawls: (input) => {
      const { name } = get(input.text('CrawlerName', nameLimits));
      const page = pageByKey(engine.crawlsOf(name), ({ id }) => id, pageAsk(input, 1000));
      return { Crawls: page.items.map(presentCrawl), NextToken: page.nextToken };
    },
  };
}

function scheduleOperations(
  { state, clock }: CrawlerParts,
  get: (name: string) => CrawlerRecord,
): Readonly<Record<string, Operation>> {
  const put = async (crawler: CrawlerRecord): Promise<object> => {
    await state.crawlers.put(crawler.name, { ...crawler, updatedMs: clock.now() });
    return {};
  };
  return {
    UpdateCrawlerSchedule: async (input) => {
      const crawler = get(input.text('CrawlerName', nameLimits));
      return await put({ ...crawler, ...scheduleIn(input) });
    },
    StartCrawlerSchedule: async (input) => {
      const crawler = get(input.text('CrawlerName', nameLimits));
      if (crawler.schedule === undefined) {
        throw new AwsError('NoScheduleException', `Crawler ${crawler.name} has no schedule`);
      }
      if (crawler.scheduleState === 'SCHEDULED') {
        throw new AwsError('SchedulerRunningException', `The schedule of crawler ${crawler.name} is on already`);
      }
      return await put({ ...crawler, scheduleState: 'SCHEDULED' });
    },
    StopCrawlerSchedule: async (input) => {
      const crawler = get(input.text('CrawlerName', nameLimits));
      if (crawler.scheduleState !== 'SCHEDULED') {
        throw new AwsError('SchedulerNotRunningException', `The schedule of crawler ${crawler.name} is not on`);
      }
      return await put({ ...crawler, scheduleState: 'NOT_SCHEDULED' });
    },
  };
}

function scheduleIn(input: Input): Pick<CrawlerRecord, 'schedule' | 'scheduleState'> {
  const schedule = input.optionalText('Schedule');
  if (schedule === undefined || schedule === '') return { scheduleState: 'NOT_SCHEDULED' };
  const parsed = parseSchedule(schedule);
  if ('problem' in parsed) throw invalidInput(parsed.problem);
  return { schedule, scheduleState: 'SCHEDULED' };
}

function definitionOf(input: Input, before: Members = {}): Members {
  const given = Object.fromEntries(members.flatMap((name) => (input.has(name) ? [[name, input.members[name]]] : [])));
  const whole = { ...before, ...given };
  const targets = input.optionalObject('Targets');
  if (!targets && !('Targets' in whole)) throw invalidInput('Targets are required.');
  if (targets) {
    s3TargetsOf(targets);
    const other = Object.keys(targets.members).find(
      (name) => name !== 'S3Targets' && (targets.optionalObjects(name) ?? []).length > 0,
    );
    if (other !== undefined) throw invalidInput(`The local account crawls S3Targets only, not ${other}.`);
    if ((targets.optionalObjects('S3Targets') ?? []).length === 0)
      throw invalidInput('A crawler needs at least one target.');
  }
  if (typeof whole['DatabaseName'] !== 'string' || whole['DatabaseName'] === '') {
    throw invalidInput('DatabaseName is required for S3 targets.');
  }
  return whole;
}
