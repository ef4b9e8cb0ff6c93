import type { Clock } from '../core/base/clock.ts';
import type { Event } from '../core/base/emitter.ts';
import type { Log } from '../core/base/log.ts';
import type { Connection } from '../core/connections/connection.ts';
import type { Account, CallerIdentity } from './account.ts';
import { ServiceCalls, type CallerContext } from './calls/caller.ts';
import type { ClientSettings } from './calls/clientSettings.ts';
import { isLoopback, type RateLimits, type SlowChange } from './calls/rateLimit.ts';
import type { ServiceName } from './calls/service.ts';
import { CredentialSource, type CredentialPorts } from './credentials.ts';
import { configuredEndpoint, endpointVariables } from './endpoints.ts';
import { Glue, glueCalls } from './glue/glue.ts';
import { Inventory, inventoryCalls } from './inventory/inventory.ts';
import { Logs, logsCalls } from './logs.ts';
import { S3, s3Calls } from './s3/s3.ts';
import { cloudFormationCalls, describeStackOf } from './stacks.ts';
import { loadSharedConfig, sectionOf, type Section, type SharedConfig } from './profiles/sharedConfig.ts';
import { StepFunctions, stepFunctionsCalls } from './stepFunctions/stepFunctions.ts';

export interface AccountOptions extends CredentialPorts {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly log: Log;
  /** Gives [0, 1): for jitter and for the names of executions, so it must not repeat over processes. */
  readonly random: () => number;
  /** Shared by all connections of the extension. */
  readonly limits: RateLimits;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** An account with what only its owner uses. */
export interface OwnedAccount extends Account {
  /** Forgets credentials, endpoints and clients: the next call reads the AWS files anew. After sign-in, edits, Retry. */
  reset(): void;
  /** Fires when AWS has limited this connection's requests for half a minute, and when it stopped doing so. */
  readonly onDidChangeSlow: Event<SlowChange>;
}

const connectTimeoutMs = 6_000;

/** The account behind a connection. Nothing is loaded, read or asked before the first call. */
export function createAccount(options: AccountOptions): OwnedAccount {
  const { connection, clock, limits } = options;
  const lifetime = new AbortController();
  let identity: CallerIdentity | undefined;
  const settings = async (service: ServiceName, signal: AbortSignal): Promise<Omit<ClientSettings, 'credentials'>> => {
    const endpoint = await endpointOf(options, service, signal);
    return {
      region: connection.region,
      disableHostPrefix: endpoint !== undefined,
      ignoreConfiguredEndpointUrls: true,
      maxAttempts: 1,
      requestHandler: { connectionTimeout: connectTimeoutMs, ...(await trusted(options)) },
      ...(endpoint === undefined ? {} : { endpoint }),
    };
  };
  const credentials = new CredentialSource({
    connection,
    clock,
    ports: options,
    stsSettings: async (signal) => await settings('sts', signal),
    lifetime: lifetime.signal,
  });
  const provider = Object.assign(async () => await credentials.get(lifetime.signal), { memoized: true });
  const context: CallerContext = {
    connection,
    clock,
    log: options.log,
    random: options.random,
    limits,
    credentials,
    settings: async (service, signal) => ({ ...(await settings(service, signal)), credentials: provider }),
    accountKey: () => identity?.accountId ?? credentials.known?.accountId ?? connection.id,
    lifetime: lifetime.signal,
  };
  const listing = inventoryCalls(context);
  const calls = {
    ...listing,
    glue: glueCalls(context),
    states: stepFunctionsCalls(context),
    s3: s3Calls(context),
    logs: logsCalls(context),
    cloudFormation: cloudFormationCalls(context),
    sts: new ServiceCalls(context, 'sts', async () => {
      const { stsClient, stsCommands } = await import('./sdk/sts.ts');
      return { client: stsClient, commands: stsCommands };
    }),
  };
  const glue = new Glue(calls.glue, context);
  const stepFunctions = new StepFunctions(calls.states, context);
  const logs = new Logs(calls.logs);

  const whoAmI = async (signal?: AbortSignal): Promise<CallerIdentity> => {
    if (identity) return identity;
    const { Account: accountId = '', Arn: arn = '' } = await calls.sts.call('GetCallerIdentity', {}, { signal });
    return (identity = { accountId, arn });
  };

  return {
    connection,
    glue,
    stepFunctions,
    inventory: new Inventory({ calls, glue, stepFunctions, region: connection.region, identity: whoAmI }),
    s3: new S3(calls.s3, context),
    stackOf: async (resource, signal) => await describeStackOf(calls.cloudFormation, resource, signal),
    getJobRun: async (...run) => await glue.getJobRun(...run),
    getWorkflowRun: async (...run) => await glue.getWorkflowRun(...run),
    describeExecution: async (...execution) => await stepFunctions.describeExecution(...execution),
    getExecutionHistory: async (...page) => await stepFunctions.getExecutionHistory(...page),
    describeDefinitionOfExecution: async (...execution) =>
      await stepFunctions.describeDefinitionOfExecution(...execution),
    getLogEvents: async (...page) => await logs.getLogEvents(...page),
    listLogStreams: async (...streams) => await logs.listLogStreams(...streams),
    isNear: async (signal = lifetime.signal) => {
      try {
        const asked = ['glue', 'states', 'logs'] as const;
        const endpoints = await Promise.all(asked.map(async (service) => await endpointOf(options, service, signal)));
        return endpoints.every(isLoopback);
      } catch {
        // The first call tells what is wrong with the profile.
        return false;
      }
    },
    identity: whoAmI,
    credentials: async (signal) => await credentials.get(signal),
    variables: async (signal) => await variablesOf(options, signal),
    onDidChangeSlow: (listener) =>
      limits.onDidChangeSlow((change) => {
        if (change.region === connection.region && change.account === context.accountKey()) listener(change);
      }),
    reset: () => {
      identity = undefined;
      credentials.forget();
      for (const service of Object.values(calls)) service.reset();
    },
    dispose: () => {
      lifetime.abort(new DOMException('The connection was closed.', 'AbortError'));
      for (const service of Object.values(calls)) service.close();
    },
  };
}

async function endpointOf(
  { connection, local, environment }: AccountOptions,
  service: ServiceName,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (connection.kind === 'local') return (await local(signal)).endpoint;
  const { config, name, section } = await profileOf(connection, environment);
  return configuredEndpoint(service, { name, section }, config, environment);
}

async function variablesOf(
  { connection, local, environment }: AccountOptions,
  signal: AbortSignal,
): Promise<Readonly<Record<string, string>>> {
  if (connection.kind === 'local') return { AWS_ENDPOINT_URL: (await local(signal)).endpoint };
  const { config, section } = await profileOf(connection, environment);
  const bundle = environment['AWS_CA_BUNDLE'] ?? section['ca_bundle'];
  return { ...endpointVariables(section, config, environment), ...(bundle ? { AWS_CA_BUNDLE: bundle } : {}) };
}

async function profileOf(
  connection: Exclude<Connection, { readonly kind: 'local' }>,
  environment: AccountOptions['environment'],
): Promise<{ readonly config: SharedConfig; readonly name: string; readonly section: Section }> {
  const config = await loadSharedConfig();
  const name = connection.kind === 'profile' ? connection.profile : (environment['AWS_PROFILE'] ?? 'default');
  const section = connection.kind === 'profile' ? sectionOf(config, name) : (config.profiles[name] ?? {});
  return { config, name, section };
}

/** The certificates of AWS_CA_BUNDLE or the profile's `ca_bundle`, beside those that Node trusts. */
async function trusted({ connection, environment }: AccountOptions): Promise<{ httpsAgent?: { ca: string[] } }> {
  if (connection.kind === 'local') return {};
  const name = connection.kind === 'profile' ? connection.profile : (environment['AWS_PROFILE'] ?? 'default');
  const file = environment['AWS_CA_BUNDLE'] ?? (await loadSharedConfig()).profiles[name]?.['ca_bundle'];
  if (!file) return {};
  const [{ readFile }, { rootCertificates }] = await Promise.all([import('node:fs/promises'), import('node:tls')]);
  return { httpsAgent: { ca: [...rootCertificates, await readFile(file, 'utf8')] } };
}
