import { UserError, type UserErrorCode, type UserErrorFacts } from '../../src/core/base/userError.ts';

export interface Rejection extends UserErrorFacts {
  readonly code: UserErrorCode;
  readonly message: string;
  readonly help: string;
}

/** What a user is told when `work` fails; throws when it does not fail, or fails with anything but a UserError. */
export async function rejection(work: Promise<unknown>): Promise<Rejection> {
  let error: unknown;
  try {
    await work;
  } catch (thrown) {
    error = thrown;
  }
  if (!(error instanceof UserError)) throw new Error('It did not fail with a UserError.', { cause: error });
  const { code, message, help, details } = error;
  return { code, message, help, ...details };
}
