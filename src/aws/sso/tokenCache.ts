import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { getSSOTokenFilepath } from '@smithy/shared-ini-file-loader';
import type { SsoSession } from './session.ts';

/** What a sign-in gave. Times are milliseconds since the epoch. */
export interface SsoToken {
  readonly accessToken: string;
  readonly expiresMs: number;
  readonly refreshToken?: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly registrationExpiresMs: number;
}

/**
 * Writes the token where the `aws` CLI and all SDKs look for it, in the CLI's own format: readable by the user only,
 * and never half written.
 */
export async function writeToken(session: SsoSession, token: SsoToken): Promise<void> {
  const path = getSSOTokenFilepath(session.name ?? session.startUrl);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const content = {
    startUrl: session.startUrl,
    region: session.region,
    accessToken: token.accessToken,
    expiresAt: timestamp(token.expiresMs),
    clientId: token.clientId,
    clientSecret: token.clientSecret,
    registrationExpiresAt: timestamp(token.registrationExpiresMs),
    ...(token.refreshToken === undefined ? {} : { refreshToken: token.refreshToken }),
  };
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    await writeFile(draft, JSON.stringify(content, null, 2), { mode: 0o600, flag: 'wx' });
    await rename(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
}

/** In whole seconds, as the CLI writes and parses it. */
function timestamp(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
