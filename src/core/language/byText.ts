/**
 * Makes a function of a text that reads the same text once: definitions repeat their expressions, and each edit asks for
 * all of them again. Of the texts read, as many as `limit` are kept.
 */
export function byText<T extends object>(limit: number, read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    let value = known.get(text);
    if (value === undefined) {
      value = read(text);
      if (known.size >= limit) known.clear();
      known.set(text, value);
    }
    return value;
  };
}
