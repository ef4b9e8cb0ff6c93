import { randomBytes } from 'node:crypto';
import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pullImage, type PullProgress } from '../../src/processes/docker/images.ts';
import { rejection } from '../support/rejection.ts';

// Images from a registry on this machine: Debian's docker-registry, as it is packaged.
const program = { path: 'docker', env: process.env };
const layerBytes = 8 * 1024 * 1024;
let folder: string;
let registry: ChildProcess;
let reference: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-registry-'));
  const port = await freePort();
  writeFileSync(
    join(folder, 'config.yml'),
    `version: 0.1\nstorage:\n  filesystem:\n    rootdirectory: ${join(folder, 'data')}\nhttp:\n  addr: 127.0.0.1:${port}\n`,
  );
  registry = spawn('docker-registry', ['serve', join(folder, 'config.yml')], { stdio: 'ignore' });
  reference = `127.0.0.1:${port}/sluice-test:1`;
  await untilAnswers(`http://127.0.0.1:${port}/v2/`);
  writeFileSync(join(folder, 'layer'), randomBytes(layerBytes));
  execFileSync('sh', ['-c', 'tar -C "$1" -c layer | docker import - "$2"', 'sh', folder, reference]);
  docker('push', '--quiet', reference);
});
afterAll(() => {
  registry.kill();
  spawnSync('docker', ['rmi', '--force', reference]);
  rmSync(folder, { recursive: true, force: true });
});

function docker(...args: readonly string[]): string {
  return execFileSync('docker', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
}

async function untilAnswers(url: string): Promise<void> {
  for (;;) {
    const reply = await fetch(url).catch(() => undefined);
    if (reply?.ok === true) return;
    await delay(100);
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}

test('a pull tells its bytes through the engine, and its layers through the command', async () => {
  const host = process.env['DOCKER_HOST'] ?? 'unix:///var/run/docker.sock';
  for (const address of [host, 'tcp://127.0.0.1:9']) {
    docker('rmi', '--force', reference);
    const seen: PullProgress[] = [];
    await pullImage(program, reference, (progress) => seen.push(progress), { host: address });
    expect(docker('image', 'inspect', '--format', '{{.Id}}', reference)).not.toBe('');
    expect(seen.at(-1)).toMatchObject({ layersDone: 1, layers: 1 });
    if (address === host) expect(seen.at(-1)?.totalBytes).toBeGreaterThanOrEqual(layerBytes);
  }
});

test('an image that does not exist is a failure in plain words, and a cancelled pull ends', async () => {
  const nowhere = reference.replace('sluice-test', 'sluice-nowhere');
  const failure = await rejection(
    pullImage(program, nowhere, () => undefined, { host: process.env['DOCKER_HOST'] ?? '' }),
  );
  expect(failure).toMatchObject({ code: 'not-found' });
  docker('rmi', '--force', reference);
  const options = { host: process.env['DOCKER_HOST'] ?? '', signal: AbortSignal.abort() };
  await expect(pullImage(program, reference, () => undefined, options)).rejects.toThrow();
  expect(spawnSync('docker', ['image', 'inspect', reference]).status).not.toBe(0);
});
