import type { Account } from '../../aws/account.ts';
import type { Log } from '../../core/base/log.ts';
import { UserError, type UserErrorCode } from '../../core/base/userError.ts';
import type { Books, Inventories } from './inventories.ts';

/** What is listed, from where, and into which books. */
export interface Refreshing {
  readonly inventories: Inventories;
  readonly books: Books;
  readonly account: Account;
  readonly log: Log;
}

/** Failures that are over soon or after a sign-in: what was known stands, with its age. */
const passing: ReadonlySet<UserErrorCode> = new Set([
  'aborted',
  'credentials-expired',
  'credentials-missing',
  'mfa-refused',
  'network',
  'sso-expired',
  'throttled',
]);

/**
 * Whether an error says that asking for `what` again is of no use: it is denied, or not there. Which IAM action is denied is
 * logged once for each connection; `title` says what is silent for it.
 */
export function isRefusal(
  { books: { refused }, log }: Refreshing,
  error: unknown,
  { what, title }: { readonly what: string; readonly title: string },
): boolean {
  if (!(error instanceof UserError)) throw error;
  if (passing.has(error.code)) {
    log.debug(`Not looked up, ${title}: ${error.message}`);
    return false;
  }
  const action = error.details.iamAction ?? what;
  if (error.code === 'access-denied' && !refused.has(action)) {
    log.info(`${error.message} So there is no word on this: ${title}. ${error.help}`);
  } else log.debug(`Not looked up, ${title}: ${error.message}`);
  refused.add(what).add(action);
  return true;
}
