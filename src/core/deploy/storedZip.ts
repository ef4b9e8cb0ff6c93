/** A file of an archive; `path` has `/` between its parts. */
export interface ZipEntry {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/**
 * A ZIP archive of at most 65,535 files and 4 GiB whose bytes depend on paths and contents alone: sorted, not compressed
 * (compressors differ from version to version), and dated 1980-01-01.
 * https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export function storedZip(entries: readonly ZipEntry[]): Uint8Array {
  const sorted = entries.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const { path, bytes } of sorted) {
    const name = new TextEncoder().encode(path);
    // Version 2.0, names in UTF-8, stored, 1980-01-01 00:00:00.
    const shared = [
      ...u16(20),
      ...u16(0x0800),
      ...u16(0),
      ...u16(0),
      ...u16(0x0021),
      ...u32(crc32(bytes)),
      ...u32(bytes.length),
      ...u32(bytes.length),
      ...u16(name.length),
      ...u16(0),
    ];
    const local = Uint8Array.from([...u32(0x04034b50), ...shared, ...name]);
    // A regular file that everybody may read, as made on Unix.
    const attributes = (0o100644 << 16) >>> 0;
    const tail = [...u16(0), ...u16(0), ...u16(0), ...u32(attributes), ...u32(offset)];
    directory.push(Uint8Array.from([...u32(0x02014b50), ...u16(0x0314), ...shared, ...tail, ...name]));
    parts.push(local, bytes);
    offset += local.length + bytes.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const count = u16(sorted.length);
  const end = [...u32(0x06054b50), ...u16(0), ...u16(0), ...count, ...count, ...u32(size), ...u32(offset), ...u16(0)];
  return joined([...parts, ...directory, Uint8Array.from(end)]);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function u16(value: number): readonly number[] {
  return [value & 0xff, (value >>> 8) & 0xff];
}

function u32(value: number): readonly number[] {
  return [...u16(value & 0xffff), ...u16(value >>> 16)];
}

const table = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

function crc32(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) value = (table[(value ^ byte) & 0xff] ?? 0) ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}
