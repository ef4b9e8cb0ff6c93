import { createHash } from 'node:crypto';
import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { S3 } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OwnedAccount } from '../../../src/aws/createAccount.ts';
import { accountAt } from '../../support/awsAccount.ts';
import { rejection } from '../../support/rejection.ts';
import { startTestAccount, type TestAccount } from '../localAccount/account.ts';

// A script's libraries on their way to the Local connection, over a line that is cut once in the middle of a part.
const mebibyte = 1024 * 1024;
const fileBytes = 100 * mebibyte;

let folder: string;
let path: string;
let local: TestAccount;
let line: CuttingLine;
let account: OwnedAccount;
let s3: S3;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-large-upload-'));
  path = join(folder, 'libs.zip');
  const file = await open(path, 'w');
  const block = Buffer.alloc(mebibyte);
  for (let count = 0; count < fileBytes / mebibyte; count += 1) {
    for (let at = 0; at < block.length; at += 4) block.writeUInt32LE((count * 2_654_435_761 + at) >>> 0, at);
    await file.write(block);
  }
  await file.close();
  local = await startTestAccount();
  line = await CuttingLine.open(Number(new URL(local.server.endpoint).port));
  const { endpoint } = line;
  const { credentials } = local.client;
  account = accountAt(endpoint, { local: async () => await Promise.resolve({ endpoint, credentials }) });
  s3 = new S3(local.client);
  await account.s3.ensureBucket('code');
});
afterAll(async () => {
  account.dispose();
  s3.destroy();
  line.close();
  await local.dispose();
  rmSync(folder, { recursive: true, force: true });
});

/** What nobody holds any more does not count. */
const collectGarbage: () => void = (() => {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
})();

async function digest(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of stream) hash.update(chunk);
  return hash.digest('hex');
}

test(
  '100 MB arrive whole although the line is cut in the middle of a part, and never lie in memory at once',
  { timeout: 240_000 },
  async () => {
    line.cutAfter(30 * mebibyte);
    const shares: number[] = [];
    let most = 0;
    collectGarbage();
    const before = process.memoryUsage().arrayBuffers;
    await account.s3.uploadFile('s3://code/libs.zip', path, (sent, total) => {
      shares.push(sent / total);
      collectGarbage();
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    });
    expect(line.cuts).toBe(1);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.length).toBeGreaterThan(10);
    expect(shares.at(-1)).toBe(1);
    // Both sides are in this process: four parts under way, and what the account has not written yet.
    expect(most).toBeLessThan(fileBytes * 0.75);
    const { Body } = await s3.getObject({ Bucket: 'code', Key: 'libs.zip' });
    expect(await digest(Body as Readable)).toBe(await digest(createReadStream(path)));
  },
);

test('cancelled on its way it leaves neither an object nor parts', async () => {
  const cancel = new AbortController();
  const sending = account.s3.uploadFile('s3://code/cancelled.zip', path, () => cancel.abort(), cancel.signal);
  expect(await rejection(sending)).toMatchObject({ code: 'aborted' });
  expect((await s3.listMultipartUploads({ Bucket: 'code' })).Uploads ?? []).toEqual([]);
  expect((await s3.listObjectsV2({ Bucket: 'code', Prefix: 'cancelled' })).KeyCount).toBe(0);
});

/** Carries bytes to a port of this machine, and resets the connection over which a given one of them comes. */
class CuttingLine {
  cuts = 0;
  #left = Infinity;
  readonly #sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  static async open(port: number): Promise<CuttingLine> {
    const server = createServer();
    const line_ = new CuttingLine(server);
    server.on('connection', (near) => line_.#carry(near, connect({ host: '127.0.0.1', port })));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return line_;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  cutAfter(bytes: number): void {
    this.#left = bytes;
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.server.close();
  }

  #carry(near: Socket, far: Socket): void {
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.once('close', () => {
        this.#sockets.delete(socket);
        other.destroy();
      });
    }
    near.on('data', (chunk: Buffer) => {
      this.#left -= chunk.length;
      if (this.#left > 0) return;
      this.#left = Infinity;
      this.cuts += 1;
      near.resetAndDestroy();
      far.resetAndDestroy();
    });
    near.pipe(far);
    far.pipe(near);
  }
}
