import { createHash } from 'node:crypto';

const longest = 180;

/** A file name for any key: readable, the same for the same key, different for different keys on any file system. */
export function fileNameOf(key: string): string {
  const encoded = encodeURIComponent(key).replace(
    /[*'()!~.]/g,
    (character) => `%${character.charCodeAt(0).toString(16)}`,
  );
  // Lower-case twins would be one file where the file system ignores case.
  if (encoded.length <= longest && encoded === encoded.toLowerCase()) return encoded;
  const digest = createHash('sha256').update(key).digest('hex').slice(0, 24);
  return `${encoded.slice(0, longest - 30)}~${digest}`;
}
