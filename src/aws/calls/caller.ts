import { Readable } from 'node:stream';
import type { GetOutputType, MetadataBearer } from '@smithy/types';
import type { Clock } from '../../core/base/clock.ts';
import type { Log } from '../../core/base/log.ts';
import type { Connection } from '../../core/connections/connection.ts';
import type { CredentialSource } from '../credentials.ts';
import { toAwsError } from '../errors.ts';
import { linkSignals, orAbort, withTimeout } from './abort.ts';
import type { ClientSettings } from './clientSettings.ts';
import { NotAwsAnswer, type Failure } from './failure.ts';
import { isObject } from './foreign.ts';
import type { RateLimits } from './rateLimit.ts';
import { withRetry } from './retry.ts';
import type { ServiceName } from './service.ts';

/** What the services of one connection share. */
export interface CallerContext {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => number;
  readonly limits: RateLimits;
  readonly credentials: CredentialSource;
  readonly settings: (service: ServiceName, signal: AbortSignal) => Promise<ClientSettings>;
  /** Whose quota the calls draw from. */
  readonly accountKey: () => string;
  readonly lifetime: AbortSignal;
}

type Command = new (input: never) => { readonly input: object };
type Commands = Readonly<Record<string, Command>>;

interface SdkClient {
  send(command: never, options: { readonly abortSignal: AbortSignal }): Promise<unknown>;
  readonly middlewareStack: { add(middleware: never, options: never): void };
  destroy(): void;
}

/** A service's part of the SDK, loaded on first use. */
export interface SdkPart<C extends Commands> {
  readonly commands: C;
  readonly client: (settings: ClientSettings) => SdkClient;
}

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /** Whether the call starts something and carries no idempotency token. */
  readonly isSentOnce?: boolean;
  /** How long one attempt may take. */
  readonly timeoutMs?: number;
}

const attemptTimeoutMs = 30_000;

/** The calls of one service on one connection, under the one rate and retry policy. All reject with UserError. */
export class ServiceCalls<C extends Commands> {
  readonly #context: CallerContext;
  readonly #service: ServiceName;
  readonly #load: () => Promise<SdkPart<C>>;
  #client:
    Promise<{ readonly client: SdkClient; readonly commands: C; readonly endpoint: string | undefined }> | undefined;
  #serverAheadMs: number | undefined;

  constructor(context: CallerContext, service: ServiceName, load: () => Promise<SdkPart<C>>) {
    this.#context = context;
    this.#service = service;
    this.#load = load;
  }

  async call<K extends keyof C & string>(
    operation: K,
    input: ConstructorParameters<C[K]>[0],
    options: CallOptions = {},
  ): Promise<GetOutputType<InstanceType<C[K]>>> {
    const { connection, clock, limits, random, credentials, lifetime } = this.#context;
    const link = linkSignals(lifetime, options.signal);
    const { signal } = link;
    let endpoint: string | undefined;
    try {
      endpoint = (await orAbort((this.#client ??= this.#make(lifetime)), signal)).endpoint;
      return (await withRetry(
        async () => {
          const made = await orAbort((this.#client ??= this.#make(lifetime)), signal);
          endpoint = made.endpoint;
          const Make = made.commands[operation] as new (input: unknown) => never;
          await credentials.get(signal);
          const startedMs = clock.now();
          const output = await withTimeout(
            async (abortSignal) => await made.client.send(new Make(input), { abortSignal }),
            { clock, signal, timeoutMs: options.timeoutMs ?? attemptTimeoutMs },
          );
          this.#trace(operation, clock.now() - startedMs, output);
          return output;
        },
        {
          clock,
          random,
          signal,
          limit: limits.of({
            account: this.#context.accountKey(),
            region: connection.region,
            service: this.#service,
            endpoint,
          }),
          isSentOnce: options.isSentOnce ?? false,
          renewCredentials: async () => await credentials.renew(credentials.known, signal),
          onFailure: (failure, attempt) => this.#failed(operation, failure, attempt),
        },
      )) as GetOutputType<InstanceType<C[K]>>;
    } catch (error) {
      const isKnownRegion = (await import('../sdk/partitions.ts')).isKnownRegion(connection.region);
      throw toAwsError(error, {
        connection,
        service: this.#service,
        operation,
        isKnownRegion,
        ...(endpoint === undefined ? {} : { endpoint }),
      });
    } finally {
      link.release();
    }
  }

  /** How far the service's clock is ahead of ours, by the Date of its last answer; undefined before one came. */
  get serverAheadMs(): number | undefined {
    return this.#serverAheadMs;
  }

  /** The next call makes a client anew, with the endpoint of then; calls under way go on. */
  reset(): void {
    this.#client = undefined;
  }

  /** Ends what is under way. */
  close(): void {
    this.#client?.then(
      ({ client }) => client.destroy(),
      () => undefined,
    );
    this.reset();
  }

  async #make(signal: AbortSignal): Promise<{ client: SdkClient; commands: C; endpoint: string | undefined }> {
    try {
      const [{ commands, client }, settings] = await Promise.all([
        this.#load(),
        this.#context.settings(this.#service, signal),
      ]);
      const made = client(settings);
      this.#watchAnswers(made);
      return { client: made, commands, endpoint: settings.endpoint };
    } catch (error) {
      this.#client = undefined;
      throw error;
    }
  }

  /** Sees each answer before the SDK parses it: what is no AWS answer fails with its own words, and the Date is kept. */
  #watchAnswers(client: SdkClient): void {
    const isS3 = this.#service === 's3';
    const middleware =
      (next: (args: object) => Promise<{ response: unknown; output: MetadataBearer }>) => async (args: object) => {
        const result = await next(args);
        const { response } = result;
        if (!isObject(response) || !isObject(response.headers)) return result;
        const date = Date.parse(typeof response.headers.date === 'string' ? response.headers.date : '');
        // Date counts whole seconds: half a second more on average.
        if (!Number.isNaN(date)) this.#serverAheadMs = date + 500 - this.#context.clock.now();
        const status = Number(response.statusCode);
        const type = typeof response.headers['content-type'] === 'string' ? response.headers['content-type'] : '';
        // Objects in S3 may well be HTML, and an answer to HEAD has no body that could be one.
        const isHead = isObject(args) && isObject(args.request) && args.request.method === 'HEAD';
        if (/^text\/html/i.test(type) && !isHead && !(isS3 && status < 300)) {
          if (response.body instanceof Readable) response.body.resume();
          throw new NotAwsAnswer(status, 'a web page');
        }
        return result;
      };
    client.middlewareStack.add(
      middleware as never,
      { step: 'deserialize', priority: 'low', name: 'sluiceAnswer' } as never,
    );
  }

  #trace(operation: string, tookMs: number, output: unknown): void {
    const metadata = isObject(output) && isObject(output.$metadata) ? output.$metadata : {};
    const request = typeof metadata.requestId === 'string' ? `, request ${metadata.requestId}` : '';
    this.#context.log.debug(`${this.#service}.${operation} took ${tookMs} ms${request}`);
  }

  #failed(operation: string, failure: Failure, attempt: number): void {
    if (failure.kind === 'unreachable' && this.#context.connection.kind === 'local') {
      // Its process may have ended: asking for it anew starts it, perhaps on another port.
      this.reset();
      this.#context.credentials.forget();
    }
    const facts = [
      failure.name,
      failure.networkCode,
      failure.status,
      failure.requestId && `request ${failure.requestId}`,
    ];
    this.#context.log.warn(
      `${this.#service}.${operation} attempt ${attempt} failed: ${facts.filter(Boolean).join(', ')}`,
    );
  }
}
