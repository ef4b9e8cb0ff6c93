import { AsyncLocalStorage } from 'node:async_hooks';

/** What a suite prints while another one runs beside it: kept, and shown in one piece. */
const kept = new AsyncLocalStorage();

/** Prints a line, or text as it comes with `end` empty: at once, or where `inOnePiece` keeps it. */
export function say(text, end = '\n') {
  const pieces = kept.getStore();
  if (pieces) pieces.push(`${text}${end}`);
  else process.stdout.write(`${text}${end}`);
}

/** Whether what is said now is kept for later. */
export function isKept() {
  return kept.getStore() !== undefined;
}

/**
 * Runs `work` and keeps what it says. It is shown when `work` ends, whichever way.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function inOnePiece(work) {
  const pieces = [];
  try {
    return await kept.run(pieces, work);
  } finally {
    say(pieces.join(''), '');
  }
}
