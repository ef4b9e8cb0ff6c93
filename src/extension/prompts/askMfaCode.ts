import type { Connection } from '../../core/connections/connection.ts';
import { connectionName } from '../../core/connections/connection.ts';
import { UserError } from '../../core/base/userError.ts';

/** The code of an MFA device that a profile needs to assume its role. Rejects with `aborted` when the user declines. */
export async function askMfaCode(connection: Connection, serial: string, signal?: AbortSignal): Promise<string> {
  const { askText } = await import('./steps.ts');
  const code = await askText({
    at: { title: `MFA Code for ${connectionName(connection)}`, canGoBack: false },
    prompt: `Code of the MFA device ${serial}`,
    placeholder: '123456',
    problemOf: (text) => (/^\d{6}$/.test(text.trim()) ? undefined : 'The code has six digits.'),
    ...(signal ? { signal } : {}),
  });
  if (typeof code !== 'string') throw new UserError('aborted', 'Cancelled.');
  return code.trim();
}
