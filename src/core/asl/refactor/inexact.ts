/** Why a rewriting is not offered: it would not do the same. The message is a sentence for the user. */
export class Inexact extends Error {
  override readonly name = 'Inexact';
}
