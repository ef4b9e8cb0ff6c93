import type { Account } from '../../aws/account.ts';
import type { Log } from '../../core/base/log.ts';
import { connectionLabel, type Connection } from '../../core/connections/connection.ts';
import type { PlanPorts } from '../deploy/deployPlan.ts';
import { planUploads, type UploadSource } from '../deploy/planUploads.ts';

export interface SavedScript {
  /** Of the jobs that the user chose for upload on save. */
  readonly job: string;
  readonly source: UploadSource;
}

export interface SavedParts {
  readonly connection: Connection;
  readonly askProtected: (connection: Connection) => Promise<boolean>;
  /** How the active stage and the connection differ in account; undefined where nothing speaks against an upload. */
  readonly askDifference: (connection: Connection) => Promise<string | undefined>;
  readonly account: (signal: AbortSignal) => Promise<Account>;
  readonly ports: (account: Account, job: string) => Promise<PlanPorts>;
  readonly log: Log;
  /** Says in passing what was done, or why nothing was. */
  readonly say: (message: string) => void;
  /** Tells that nothing was uploaded since stage and account differ, and offers what to do. */
  readonly tellDifference: (difference: string, notDone: string) => void;
}

/**
 * Uploads a saved script to where its job has it, unless S3 has it already. Never on a protected connection, or in an
 * account that is not the active stage's: there an upload is a decision of its own. An object that somebody else changed
 * asks first. Rejects with UserError.
 */
export async function uploadSaved({ job, source }: SavedScript, parts: SavedParts, signal: AbortSignal): Promise<void> {
  const { connection, say, log } = parts;
  const place = connectionLabel(connection);
  if (await parts.askProtected(connection)) {
    say(`${place} is protected: ${source.label} is not uploaded on save.`);
    return;
  }
  const difference = await parts.askDifference(connection);
  if (difference !== undefined) {
    parts.tellDifference(difference, `${source.label} is not uploaded on save.`);
    return;
  }
  const account = await parts.account(signal);
  const ports = await parts.ports(account, job);
  const { calls, notes } = await planUploads(account, [source], ports, signal);
  const [foreign] = notes;
  const detail = `Uploading ${source.label} puts what you saved in its place.`;
  if (foreign !== undefined && !(await ports.confirm(foreign, detail, 'Replace'))) {
    say(`${source.label} was not uploaded to ${place}.`);
    return;
  }
  for (const call of calls) {
    const done = await call.run(signal, () => undefined);
    log.info(`On save, ${place}: ${done}`);
    say(`${source.label} uploaded to ${place} for ${job}.`);
  }
}
