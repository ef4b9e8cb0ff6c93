import { AwsError } from '../http/awsError.ts';

/**
 * How keys become paths that people recognise: a slash is a folder. Whatever a file system would not take or would
 * confuse is percent-encoded; a lone `%` with a letter that is no hexadecimal digit is ours and cannot come from a key.
 */
const emptySegment = '%_';
/** Ending of the file of an object whose key is also a folder (`a` beside `a/b`). */
export const besideFolder = '%@';

const longestSegmentBytes = 250;
// Reserved on some system, a control character, or our own escape; a lone surrogate has no UTF-8 form.
const unsafe = /[<>:"\\|?*%\u0000-\u001f\u007f]|[. ]$/gu;
const windowsDevice = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

/** Folder and file names, outermost first, below the bucket's folder. Throws KeyTooLongError. */
export function pathOfKey(key: string): readonly string[] {
  if (Buffer.byteLength(key) > 1024) throw new AwsError('KeyTooLongError', 'Your key is too long');
  const names = key.split('/').map(encodeSegment);
  if (names.some((name) => Buffer.byteLength(name) + besideFolder.length > longestSegmentBytes)) {
    throw new AwsError(
      'KeyTooLongError',
      `The local account keeps objects as files: each part of a key between slashes may have ${longestSegmentBytes} bytes.`,
    );
  }
  return names;
}

/** The part of a key that a file or folder name stands for; undefined for a name that no key gives. */
export function segmentOfName(name: string): string | undefined {
  const plain = name.endsWith(besideFolder) ? name.slice(0, -besideFolder.length) : name;
  if (plain === emptySegment) return '';
  try {
    const segment = decodeURIComponent(plain);
    return encodeSegment(segment) === plain ? segment : undefined;
  } catch {
    return undefined;
  }
}

function encodeSegment(segment: string): string {
  if (segment === '') return emptySegment;
  if (Buffer.from(segment).toString() !== segment) throw new AwsError('InvalidURI', 'The key is not valid UTF-8.');
  if (/^\.+$/.test(segment)) return segment.replaceAll('.', '%2E');
  return segment.replace(unsafe, percent).replace(windowsDevice, (name) => percent(name.charAt(0)) + name.slice(1));
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

/** Orders keys as S3 lists them, by their UTF-8 bytes. */
export function compareKeys(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const a = left.charCodeAt(index);
    const b = right.charCodeAt(index);
    if (a !== b) return utf8Rank(a) - utf8Rank(b);
  }
  return left.length - right.length;
}

/** Surrogates stand for code points above all others, though their numbers are below U+E000. */
function utf8Rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
