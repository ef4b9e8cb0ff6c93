import type { Clock } from '../../core/base/clock.ts';
import { AwsError } from '../http/awsError.ts';
import type { Input } from '../http/input.ts';
import { JsonService, type Operation } from '../http/jsonService.ts';
import { pageByKey } from '../http/paging.ts';
import { accountId } from '../sts.ts';
import { eventId, filterLogEvents } from './filterLogEvents.ts';
import { parseFilterPattern } from './filterPattern.ts';
import { getLogEvents } from './getLogEvents.ts';
import { groupOfArn } from './groupOfArn.ts';
import { LiveTail } from './liveTail.ts';
import type { LogStore } from './logStore.ts';
import type { LogStream } from './logStream.ts';

const maxEventBytes = 1024 * 1024;
const maxBatchEvents = 10_000;
const invalidCode = 'InvalidParameterException';

/** CloudWatch Logs. */
export function createLogsService(store: LogStore, region: string, clock: Clock): JsonService {
  const liveTail = new LiveTail(store, clock);
  const groupArn = (name: string): string => `arn:aws:logs:${region}:${accountId}:log-group:${name}`;
  const operations: Readonly<Record<string, Operation>> = {
    CreateLogGroup: async (input) => {
      const name = input.text('logGroupName', { min: 1, max: 512, pattern: /^[.\-_/#A-Za-z0-9]+$/ });
      if (store.hasGroup(name)) {
        throw new AwsError('ResourceAlreadyExistsException', 'The specified log group already exists');
      }
      await store.putGroup({ name });
      return {};
    },
    DeleteLogGroup: async (input) => {
      await store.deleteGroup(input.text('logGroupName'));
      return {};
    },
    PutRetentionPolicy: async (input) => {
      const name = input.text('logGroupName');
      if (!store.hasGroup(name)) {
        throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
      }
      const retentionInDays = input.optionalInteger('retentionInDays', { min: 1, max: 3653 });
      await store.putGroup({ name, ...(retentionInDays !== undefined && { retentionInDays }) });
      return {};
    },
    DeleteRetentionPolicy: async (input) => {
      const name = input.text('logGroupName');
      if (!store.hasGroup(name)) {
        throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
      }
      await store.putGroup({ name });
      return {};
    },
    CreateLogStream: async (input) => {
      const name = input.text('logStreamName', { min: 1, max: 512, pattern: /^[^:*]*$/ });
      await store.createStream(input.text('logGroupName'), name);
      return {};
    },
    DeleteLogStream: async (input) => {
      await store.deleteStream(input.text('logGroupName'), input.text('logStreamName'));
      return {};
    },
    DescribeLogGroups: (input) => {
      const prefix = input.optionalText('logGroupNamePrefix') ?? '';
      const pattern = input.optionalText('logGroupNamePattern')?.toLowerCase() ?? '';
      const groups = store
        .listGroups()
        .filter(({ name }) => name.startsWith(prefix) && name.toLowerCase().includes(pattern));
      const { items, nextToken } = pageByKey(groups, ({ name }) => name, pageAsk(input, 50));
      return {
        logGroups: items.map(({ name, createdMs, retentionInDays }) => ({
          logGroupName: name,
          creationTime: createdMs,
          retentionInDays,
          metricFilterCount: 0,
          storedBytes: 0,
          arn: `${groupArn(name)}:*`,
          logGroupArn: groupArn(name),
          logGroupClass: 'STANDARD',
        })),
        nextToken,
      };
    },
    DescribeLogStreams: async (input) => {
      const group = groupOf(input);
      const prefix = input.optionalText('logStreamNamePrefix');
      const orderBy = input.optionalWord('orderBy', ['LogStreamName', 'LastEventTime']) ?? 'LogStreamName';
      if (prefix !== undefined && orderBy === 'LastEventTime') {
        throw input.invalid('Cannot order by LastEventTime with a logStreamNamePrefix.');
      }
      const streams = (await store.listStreams(group)).filter(({ name }) => name.startsWith(prefix ?? ''));
      const ordered =
        orderBy === 'LastEventTime'
          ? streams.toSorted((left, right) => (left.lastMs ?? left.createdMs) - (right.lastMs ?? right.createdMs))
          : streams;
      const shown = input.optionalBoolean('descending') === true ? ordered.toReversed() : ordered;
      const { items, nextToken } = pageByKey(shown, ({ name }) => name, pageAsk(input, 50));
      return {
        logStreams: items.map((stream) => ({
          logStreamName: stream.name,
          creationTime: stream.createdMs,
          firstEventTimestamp: stream.firstMs,
          lastEventTimestamp: stream.lastMs,
          lastIngestionTime: stream.ingestedMs,
          uploadSequenceToken: String(stream.count),
          storedBytes: 0,
          arn: `${groupArn(group)}:log-stream:${stream.name}`,
        })),
        nextToken,
      };
    },
    PutLogEvents: async (input) => {
      const stream = await store.findStream(input.text('logGroupName'), input.text('logStreamName'));
      const events = (input.optionalObjects('logEvents') ?? []).map((event) => ({
        timestampMs: event.optionalInteger('timestamp', { min: 0 }) ?? Number.NaN,
        message: event.text('message', { min: 1 }),
      }));
      checkBatch(input, events);
      await store.write(input.text('logGroupName'), stream.name, events);
      return { nextSequenceToken: String(stream.count) };
    },
    GetLogEvents: async (input) => {
      const stream = await store.findStream(groupOf(input), input.text('logStreamName'));
      const page = await getLogEvents(stream, {
        startMs: input.optionalInteger('startTime'),
        endMs: input.optionalInteger('endTime'),
        limit: input.optionalInteger('limit', { min: 1, max: 10_000 }) ?? 10_000,
        token: input.optionalText('nextToken'),
        startFromHead: input.optionalBoolean('startFromHead') ?? false,
      });
      return {
        events: page.events.map(({ timestampMs, ingestedMs, message }) => ({
          timestamp: timestampMs,
          message,
          ingestionTime: ingestedMs,
        })),
        nextForwardToken: page.nextForwardToken,
        nextBackwardToken: page.nextBackwardToken,
      };
    },
    FilterLogEvents: async (input) => {
      const streams = await streamsOf(store, input);
      const { events, next } = await filterLogEvents(streams, {
        startMs: input.optionalInteger('startTime'),
        endMs: endOf(input),
        limit: input.optionalInteger('limit', { min: 1, max: 10_000 }) ?? 10_000,
        token: input.optionalText('nextToken'),
        matches: parseFilterPattern(input.optionalText('filterPattern') ?? ''),
      });
      return {
        events: events.map((found) => ({
          logStreamName: found.stream,
          timestamp: found.event.timestampMs,
          message: found.event.message,
          ingestionTime: found.event.ingestedMs,
          eventId: eventId(found),
        })),
        searchedLogStreams: [],
        nextToken: next,
      };
    },
    StartLiveTail: (input, signal) => liveTail.start(input, signal),
  };
  return new JsonService({
    name: 'logs',
    targetPrefix: 'Logs_20140328',
    jsonVersion: '1.1',
    messageMember: 'message',
    validationCode: invalidCode,
    operations,
  });
}

/** FilterLogEvents takes events up to and with `endTime`, GetLogEvents those before it. */
function endOf(input: Input): number | undefined {
  const end = input.optionalInteger('endTime');
  return end === undefined ? undefined : end + 1;
}

function pageAsk(input: Input, most: number) {
  return {
    token: input.optionalText('nextToken'),
    size: input.optionalInteger('limit', { min: 1, max: most }) ?? most,
    invalidCode,
  };
}

function groupOf(input: Input): string {
  const identifier = input.optionalText('logGroupIdentifier');
  if (identifier === undefined) return input.text('logGroupName', { min: 1, max: 512 });
  return groupOfArn(identifier) ?? identifier;
}

async function streamsOf(store: LogStore, input: Input): Promise<readonly LogStream[]> {
  const group = groupOf(input);
  const prefix = input.optionalText('logStreamNamePrefix');
  const names = input.optionalTexts('logStreamNames');
  if (prefix !== undefined && names) {
    throw input.invalid('LogStreamNames and logStreamNamePrefix cannot be given together.');
  }
  if (names) return await Promise.all(names.map(async (name) => await store.findStream(group, name)));
  return (await store.listStreams(group)).filter(({ name }) => name.startsWith(prefix ?? ''));
}

function checkBatch(input: Input, events: readonly { readonly timestampMs: number; readonly message: string }[]): void {
  if (events.length === 0 || events.length > maxBatchEvents) {
    throw input.invalid(`A batch has between 1 and ${maxBatchEvents} log events.`);
  }
  let before = -Infinity;
  for (const { timestampMs, message } of events) {
    if (Number.isNaN(timestampMs)) throw input.invalid('Each log event needs a timestamp.');
    if (timestampMs < before) {
      throw input.invalid('Log events in a single PutLogEvents request must be in chronological order.');
    }
    if (Buffer.byteLength(message) > maxEventBytes) throw input.invalid('Log event too large: it exceeds 1 MB.');
    before = timestampMs;
  }
}
