import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

export type ChecksumAlgorithm = 'CRC32' | 'CRC32C' | 'CRC64NVME' | 'SHA1' | 'SHA256';

export const checksumAlgorithms: readonly ChecksumAlgorithm[] = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'];

/** `x-amz-checksum-crc32` and so on. */
export function checksumHeader(algorithm: ChecksumAlgorithm): string {
  return `x-amz-checksum-${algorithm.toLowerCase()}`;
}

/** A running checksum; `digest` gives it in base64, as S3 writes it. */
export interface Checksum {
  update(bytes: Uint8Array): void;
  digest(): string;
}

export function startChecksum(algorithm: ChecksumAlgorithm): Checksum {
  switch (algorithm) {
    case 'SHA1':
    case 'SHA256': {
      const hash = createHash(algorithm);
      return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest('base64') };
    }
    case 'CRC32': {
      let value = 0;
      return { update: (bytes) => void (value = crc32(bytes, value)), digest: () => base64Of([value]) };
    }
    case 'CRC32C': {
      let value = 0xffffffff;
      return {
        update: (bytes) => {
          for (const byte of bytes) value = (value >>> 8) ^ at(castagnoli, (value ^ byte) & 0xff);
        },
        digest: () => base64Of([~value]),
      };
    }
    case 'CRC64NVME':
      return startCrc64();
  }
}

/** Two halves of 32 bits: a 64-bit number would need a BigInt for every byte. */
function startCrc64(): Checksum {
  let high = 0xffffffff;
  let low = 0xffffffff;
  return {
    update: (bytes) => {
      for (const byte of bytes) {
        const index = (low ^ byte) & 0xff;
        low = ((low >>> 8) | (high << 24)) ^ at(nvmeLow, index);
        high = (high >>> 8) ^ at(nvmeHigh, index);
      }
    },
    digest: () => base64Of([~high, ~low]),
  };
}

function base64Of(words: readonly number[]): string {
  const bytes = Buffer.alloc(words.length * 4);
  words.forEach((word, index) => bytes.writeUInt32BE(word >>> 0, index * 4));
  return bytes.toString('base64');
}

function at(table: Uint32Array, index: number): number {
  return table[index] ?? 0;
}

const castagnoli = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1;
  return value;
});

const nvmePolynomial = 0x9a6c9329ac4bc9b5n;
const nvme = Array.from({ length: 256 }, (_, index) => {
  let value = BigInt(index);
  for (let bit = 0; bit < 8; bit += 1) value = value & 1n ? (value >> 1n) ^ nvmePolynomial : value >> 1n;
  return value;
});
const nvmeHigh = Uint32Array.from(nvme, (value) => Number(value >> 32n));
const nvmeLow = Uint32Array.from(nvme, (value) => Number(value & 0xffffffffn));
