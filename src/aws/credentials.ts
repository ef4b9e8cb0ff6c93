import type { Clock } from '../core/base/clock.ts';
import type { Connection } from '../core/connections/connection.ts';
import { linkSignals, orAbort } from './calls/abort.ts';
import type { ClientSettings, Credentials } from './calls/clientSettings.ts';
import type { fromIni } from './sdk/credentials.ts';
import { toCredentialsError } from './credentialErrors.ts';
import { loadSharedConfig, sectionOf } from './profiles/sharedConfig.ts';

/** Credentials that end within this time are renewed first. */
const renewBeforeMs = 5 * 60_000;
/** A failure stands for what is asked in the same breath: three groups of a tree ask for one MFA code, not for three. */
const failureStandsMs = 3_000;

export interface CredentialPorts {
  /** The account on this machine: started on demand. */
  readonly local: (signal: AbortSignal) => Promise<{ readonly endpoint: string; readonly credentials: Credentials }>;
  /** Asks the user for the code of an MFA device; rejects when they decline. */
  readonly mfaCode: (serial: string, signal: AbortSignal) => Promise<string>;
}

type FromIni = NonNullable<Parameters<typeof fromIni>[0]>;

interface CredentialOptions {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly ports: CredentialPorts;
  /** Settings for the clients that fetch credentials (STS); their own credentials are filled in. */
  readonly stsSettings: (signal: AbortSignal) => Promise<Omit<ClientSettings, 'credentials'>>;
  readonly lifetime: AbortSignal;
}

/**
 * The credentials of one connection: fetched once however many calls wait for them, kept until shortly before they
 * end. Rejects with UserError. The fetch is aborted when nobody waits for it any more.
 */
export class CredentialSource {
  readonly #options: CredentialOptions;
  #known: Credentials | undefined;
  #failure: { readonly error: unknown; readonly atMs: number } | undefined;
  #pending:
    { readonly result: Promise<Credentials>; readonly abort: (reason: unknown) => void; waiting: number } | undefined;

  constructor(options: CredentialOptions) {
    this.#options = options;
  }

  async get(signal: AbortSignal): Promise<Credentials> {
    const { clock } = this.#options;
    if (this.#known && !isEnding(this.#known, clock.now())) return this.#known;
    if (this.#failure && clock.now() - this.#failure.atMs < failureStandsMs) throw this.#failure.error;
    const pending = (this.#pending ??= this.#start());
    pending.waiting += 1;
    try {
      return await orAbort(pending.result, signal);
    } finally {
      pending.waiting -= 1;
      if (pending.waiting === 0) pending.abort(new DOMException('Nobody waits for credentials.', 'AbortError'));
    }
  }

  /** Forgets what is known: the next call fetches anew. */
  forget(): void {
    this.#known = undefined;
    this.#failure = undefined;
  }

  /** Fetches anew and says whether the credentials differ from `refused`. */
  async renew(refused: Credentials | undefined, signal: AbortSignal): Promise<boolean> {
    if (this.#known === undefined || this.#known === refused) this.#known = undefined;
    const fresh = await this.get(signal);
    return fresh.accessKeyId !== refused?.accessKeyId || fresh.sessionToken !== refused.sessionToken;
  }

  get known(): Credentials | undefined {
    return this.#known;
  }

  #start(): { readonly result: Promise<Credentials>; readonly abort: (reason: unknown) => void; waiting: number } {
    const { connection, clock, lifetime } = this.#options;
    const link = linkSignals(lifetime);
    const result = this.#fetch(link.signal)
      .then((credentials) => {
        this.#failure = undefined;
        return (this.#known = credentials);
      })
      .catch((error: unknown) => {
        const failure = toCredentialsError(error, connection);
        if (!link.signal.aborted) this.#failure = { error: failure, atMs: clock.now() };
        throw failure;
      })
      .finally(() => {
        link.release();
        this.#pending = undefined;
      });
    // Every waiter may have gone by the time it fails.
    result.catch(() => undefined);
    return { result, abort: link.abort, waiting: 0 };
  }

  async #fetch(signal: AbortSignal): Promise<Credentials> {
    const { connection, ports, stsSettings } = this.#options;
    if (connection.kind === 'local') return (await ports.local(signal)).credentials;
    if (connection.kind === 'profile') sectionOf(await loadSharedConfig(), connection.profile);
    const providers = await import('./sdk/credentials.ts');
    const settings = await stsSettings(signal);
    // No region here: it would take the place of the SSO session's own.
    const clientConfig = { requestHandler: settings.requestHandler, maxAttempts: 3 };
    const shared: FromIni = {
      ignoreCache: true,
      clientConfig,
      mfaCodeProvider: async (serial) => await ports.mfaCode(serial, signal),
      roleAssumer: async (source, params) => {
        const { stsClient, stsCommands } = await import('./sdk/sts.ts');
        const client = stsClient({ ...settings, credentials: async () => await Promise.resolve(source) });
        const { Credentials: assumed, AssumedRoleUser: user } = await client.send(new stsCommands.AssumeRole(params), {
          abortSignal: signal,
        });
        if (!assumed?.AccessKeyId || !assumed.SecretAccessKey) throw new Error('AssumeRole gave no credentials.');
        const accountId = user?.Arn?.split(':')[4];
        return {
          accessKeyId: assumed.AccessKeyId,
          secretAccessKey: assumed.SecretAccessKey,
          ...(assumed.SessionToken ? { sessionToken: assumed.SessionToken } : {}),
          ...(assumed.Expiration ? { expiration: assumed.Expiration } : {}),
          ...(accountId ? { accountId } : {}),
        };
      },
    };
    const provider =
      connection.kind === 'profile'
        ? providers.fromIni({ ...shared, profile: connection.profile })
        : providers.fromNodeProviderChain(shared);
    const fetched = provider({ callerClientConfig: { region: async () => await Promise.resolve(connection.region) } });
    return await orAbort(fetched, signal);
  }
}

function isEnding({ expiration }: Credentials, nowMs: number): boolean {
  return expiration !== undefined && expiration.getTime() - nowMs < renewBeforeMs;
}
