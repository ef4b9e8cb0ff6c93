import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { HashAlgorithm } from '../ports.ts';

const DIGESTS = { MD5: md5, 'SHA-1': sha1, 'SHA-256': sha256, 'SHA-384': sha384, 'SHA-512': sha512 } as const;

/** Digest of the UTF-8 bytes of a text in lower-case hexadecimal, for callers that bring no hash of their own. */
export function hashText(algorithm: HashAlgorithm, text: string): string {
  return bytesToHex(DIGESTS[algorithm](utf8ToBytes(text)));
}
