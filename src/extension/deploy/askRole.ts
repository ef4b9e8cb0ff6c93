import { UserError } from '../../core/base/userError.ts';
import { connectionLabel, type Connection } from '../../core/connections/connection.ts';
import { askText, back } from '../prompts/steps.ts';

/** The role that a new state machine runs as; the account on this machine checks none. */
export async function askRole(connection: Connection, name: string): Promise<string> {
  if (connection.kind === 'local') return 'arn:aws:iam::000000000000:role/sluice-local';
  const role = await askText({
    at: { title: `Create ${name} in ${connectionLabel(connection)}`, canGoBack: false },
    prompt: 'ARN of the IAM role that the state machine runs as.',
    placeholder: 'arn:aws:iam::123456789012:role/name',
    problemOf: (text) =>
      /^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/.test(text.trim())
        ? undefined
        : 'Write it as arn:aws:iam::123456789012:role/name.',
  });
  if (role === back) throw new UserError('aborted', 'Cancelled.');
  return role.trim();
}
