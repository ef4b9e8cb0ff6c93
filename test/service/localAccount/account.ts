import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OwnedAccount } from '../../../src/aws/createAccount.ts';
import { silentLog, type Log } from '../../../src/core/base/log.ts';
import { startLocalAccount, type LocalAccountServer } from '../../../src/local-account/server.ts';
import { noWorkspace, type WorkspaceSettings } from '../../../src/processes/localAccount/workspaceSettings.ts';
import { systemClock } from '../../../src/processes/systemClock.ts';
import { accountAt } from '../../support/awsAccount.ts';

export const accessKeyId = 'LOCALTESTKEY';

/** Python environments for all tests of this machine, kept with what else the tests need: making one takes a while. */
export const pythonCache = join(process.env['SLUICE_TEST_CACHE'] ?? tmpdir(), 'sluice-test-python');

export interface TestAccount {
  readonly server: LocalAccountServer;
  readonly stateFolder: string;
  /** What every client of the SDK takes. */
  readonly client: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
    readonly disableHostPrefix: true;
    readonly forcePathStyle: true;
    readonly maxAttempts: number;
  };
  /** Ends the account and starts one over the same state. */
  restart(): Promise<TestAccount>;
  /** Ends the account and removes its state. */
  dispose(): Promise<void>;
}

/** An account in this process, over a folder of its own. */
export async function startTestAccount(
  log: Log = silentLog,
  folder?: string,
  workspace: Partial<WorkspaceSettings> = {},
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<TestAccount> {
  const stateFolder = folder ?? (await mkdtemp(join(tmpdir(), 'sluice-account-')));
  const server = await startLocalAccount({
    stateFolder,
    port: 0,
    accessKeyId,
    region: 'us-east-1',
    cacheFolder: pythonCache,
    workspace: { ...noWorkspace, ...workspace },
    env,
    clock: systemClock,
    log,
  });
  return {
    server,
    stateFolder,
    client: {
      endpoint: server.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId, secretAccessKey: 'unused' },
      disableHostPrefix: true,
      forcePathStyle: true,
      maxAttempts: 1,
    },
    restart: async () => {
      await server.close();
      return await startTestAccount(log, stateFolder, workspace, env);
    },
    dispose: async () => {
      await server.close();
      await rm(stateFolder, { recursive: true, force: true });
    },
  };
}

/** There is no client of EventBridge among the dependencies: it is asked by its protocol. */
export async function askEvents(
  account: { readonly endpoint: string; readonly accessKeyId: string },
  operation: string,
  members: object,
): Promise<string> {
  const scope = `${account.accessKeyId}/20260101/us-east-1/events/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`;
  const headers = { 'x-amz-target': `AWSEvents.${operation}`, authorization };
  const reply = await fetch(account.endpoint, { method: 'POST', headers, body: JSON.stringify(members) });
  return await reply.text();
}

/** The account as Sluice talks to it on its Local connection. */
export function connectTo({ client: { endpoint, credentials } }: TestAccount): OwnedAccount {
  return accountAt(endpoint, { local: async () => await Promise.resolve({ endpoint, credentials }) });
}
