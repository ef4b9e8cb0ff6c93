type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The members that have a value, so that optional ones are absent and not `undefined`. */
export function defined<T extends object>(members: T): Defined<T> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Defined<T>;
}
