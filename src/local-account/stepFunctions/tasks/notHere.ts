/** A task names what the local account does not have; the message says what that is, and why. */
export class NotHere extends Error {
  override readonly name = 'NotHere';

  constructor(what: string, why = '') {
    super(`${what} is not part of the local account.${why === '' ? '' : ` ${why}`}`);
  }
}
