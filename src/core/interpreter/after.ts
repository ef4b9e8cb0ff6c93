/**
 * Goes on with a value: at once where it is there, later where it is a promise. Most states wait for nothing, and a
 * promise for each of their steps would take longer than the states themselves.
 */
export function after<T, R>(value: T | Promise<T>, next: (value: T) => R | Promise<R>): R | Promise<R> {
  return value instanceof Promise ? value.then(next) : next(value);
}
