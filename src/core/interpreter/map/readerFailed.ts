import { StateError } from '../stateError.ts';

/** An ItemReader that cannot give its items. */
export function readerFailed(cause: string): StateError {
  return new StateError('States.ItemReaderFailed', cause);
}
