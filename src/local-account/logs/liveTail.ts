import { randomUUID } from 'node:crypto';
import type { Clock } from '../../core/base/clock.ts';
import { AwsError } from '../http/awsError.ts';
import { EventStreamReply, type StreamMessage } from '../http/eventStream.ts';
import type { Input } from '../http/input.ts';
import { parseFilterPattern } from './filterPattern.ts';
import { groupOfArn } from './groupOfArn.ts';
import type { LogStore, WrittenEvents } from './logStore.ts';

const updateMs = 1000;
const sessionMs = 3 * 60 * 60 * 1000;
const mostSessions = 15;
const mostGroups = 10;
const mostEvents = 500;
/** What a caller that reads too slowly finds later: the oldest beyond it are dropped. */
const mostWaiting = 5000;

interface Session {
  /** ARNs as they were asked for, by the name of the group. */
  readonly groups: ReadonlyMap<string, string>;
  readonly names: readonly string[] | undefined;
  readonly prefixes: readonly string[] | undefined;
  readonly pattern: string;
  readonly matches: (message: string) => boolean;
}

/** StartLiveTail: what is written to log groups from now on, once a second, for three hours at most. */
export class LiveTail {
  #sessions = 0;

  constructor(
    private readonly store: LogStore,
    private readonly clock: Clock,
  ) {}

  start(input: Input, signal: AbortSignal): EventStreamReply {
    const session = sessionOf(this.store, input);
    if (this.#sessions >= mostSessions) {
      throw new AwsError('LimitExceededException', `More than ${mostSessions} Live Tail sessions are on.`);
    }
    return new EventStreamReply(this.#follow(session, signal));
  }

  async *#follow(session: Session, signal: AbortSignal): AsyncGenerator<StreamMessage> {
    const endMs = this.clock.now() + sessionMs;
    let waiting: object[] = [];
    const listening = this.store.onDidWrite((written) => {
      waiting = [...waiting, ...resultsOf(session, written)].slice(-mostWaiting);
    });
    this.#sessions += 1;
    try {
      yield { kind: 'event', type: 'sessionStart', payload: startOf(session) };
      while (this.clock.now() < endMs) {
        const isOver = await this.clock.sleep(updateMs, signal).then(
          () => false,
          () => true,
        );
        if (isOver) return;
        const results = sample(waiting);
        const payload = { sessionMetadata: { sampled: waiting.length > mostEvents }, sessionResults: results };
        waiting = [];
        yield { kind: 'event', type: 'sessionUpdate', payload };
      }
      const message = 'The Live Tail session was open for three hours.';
      yield { kind: 'exception', type: 'SessionTimeoutException', payload: { message } };
    } finally {
      this.#sessions -= 1;
      listening.dispose();
    }
  }
}

function sessionOf(store: LogStore, input: Input): Session {
  const identifiers = input.texts('logGroupIdentifiers');
  const names = input.optionalTexts('logStreamNames');
  const prefixes = input.optionalTexts('logStreamNamePrefixes');
  if (identifiers.length === 0 || identifiers.length > mostGroups) {
    throw input.invalid(`A Live Tail session takes between 1 and ${mostGroups} log groups.`);
  }
  if (names && prefixes) throw input.invalid('logStreamNames and logStreamNamePrefixes cannot be given together.');
  if ((names ?? prefixes) && identifiers.length > 1) {
    throw input.invalid('Log streams can be chosen for a single log group only.');
  }
  const groups = new Map(
    identifiers.map((arn) => {
      const group = arn.endsWith('*') ? undefined : groupOfArn(arn);
      if (group === undefined) throw input.invalid(`'${arn}' is not the ARN of a log group without an asterisk.`);
      return [group, arn] as const;
    }),
  );
  for (const group of groups.keys()) {
    if (!store.hasGroup(group)) {
      throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
    }
  }
  const pattern = input.optionalText('logEventFilterPattern') ?? '';
  return { groups, names, prefixes, pattern, matches: parseFilterPattern(pattern) };
}

function startOf({ groups, names, prefixes, pattern }: Session): object {
  return {
    requestId: randomUUID(),
    sessionId: randomUUID(),
    logGroupIdentifiers: [...groups.values()],
    logStreamNames: names ?? [],
    logStreamNamePrefixes: prefixes ?? [],
    logEventFilterPattern: pattern,
  };
}

function resultsOf(session: Session, { group, stream, events, ingestedMs }: WrittenEvents): readonly object[] {
  const { groups, names, prefixes, matches } = session;
  const logGroupIdentifier = groups.get(group);
  if (logGroupIdentifier === undefined) return [];
  if (names?.includes(stream) === false || prefixes?.some((prefix) => stream.startsWith(prefix)) === false) return [];
  return events
    .filter(({ message }) => matches(message))
    .map(({ timestampMs, message }) => ({
      logGroupIdentifier,
      logStreamName: stream,
      message,
      timestamp: timestampMs,
      ingestionTime: ingestedMs,
    }));
}

/** At most 500 of them, evenly chosen. */
function sample(events: readonly object[]): readonly object[] {
  if (events.length <= mostEvents) return events;
  return Array.from({ length: mostEvents }, (_none, at) => events[Math.floor((at * events.length) / mostEvents)] ?? {});
}
