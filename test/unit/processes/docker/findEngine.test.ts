import { describe, expect, test } from 'vitest';
import { engineFailure } from '../../../../src/processes/docker/engineProgram.ts';
import { engineOf, isRemoteHost } from '../../../../src/processes/docker/findEngine.ts';
import { ownerOf } from '../../../../src/processes/docker/ownerOf.ts';

// What `docker info` and `podman info` say as JSON, cut to what is read.
const program = { path: 'docker', env: {} };
const docker = {
  ServerVersion: '28.2.2',
  Architecture: 'x86_64',
  OperatingSystem: 'Debian GNU/Linux 12 (bookworm)',
  SecurityOptions: ['name=seccomp,profile=builtin', 'name=cgroupns'],
};
const rootless = {
  ...docker,
  SecurityOptions: ['name=seccomp,profile=builtin', 'name=rootless', 'name=cgroupns'],
};
const desktop = { ...docker, Architecture: 'aarch64', OperatingSystem: 'Docker Desktop' };
const podman = {
  host: { arch: 'amd64', security: { rootless: false }, serviceIsRemote: false },
  version: { APIVersion: '4.3.1', Version: '4.3.1' },
};
const rootlessPodman = { ...podman, host: { ...podman.host, security: { rootless: true } } };
const podmanMachine = { ...rootlessPodman, host: { ...rootlessPodman.host, arch: 'arm64', serviceIsRemote: true } };
const local = 'unix:///var/run/docker.sock';

describe('an engine', () => {
  test.each([
    ['Docker', docker, local, 'linux', { kind: 'docker', architecture: 'amd64', isRootless: false, isRemote: false }],
    ['rootless Docker', rootless, 'unix:///run/user/1000/docker.sock', 'linux', { isRootless: true, isRemote: false }],
    ['Docker Desktop', desktop, local, 'darwin', { architecture: 'arm64', translatesOwners: true }],
    ['Docker Desktop on Linux', desktop, local, 'linux', { translatesOwners: true, isRemote: false }],
    ['Docker over ssh', docker, 'ssh://me@build', 'linux', { isRemote: true }],
    ['Docker over TCP', docker, 'tcp://10.0.0.7:2376', 'linux', { isRemote: true }],
    ['Podman', podman, '', 'linux', { kind: 'podman', version: '4.3.1', isRootless: false, isRemote: false }],
    ['rootless Podman', rootlessPodman, '', 'linux', { isRootless: true, translatesOwners: false, isRemote: false }],
    ['podman machine', podmanMachine, '', 'darwin', { architecture: 'arm64', translatesOwners: true, isRemote: false }],
    ['Podman of another machine', podmanMachine, 'ssh://core@build/run/podman.sock', 'linux', { isRemote: true }],
    ['Podman behind a socket', podmanMachine, 'unix:///run/podman/podman.sock', 'linux', { isRemote: false }],
  ] as const)('%s is told by what it says of itself', (...[, facts, host, platform, expected]) => {
    expect(engineOf(program, facts, host, platform)).toMatchObject(expected);
  });

  test('gives files to whom the workspace belongs', () => {
    const own = { uid: process.getuid?.(), gid: process.getgid?.() };
    const ownerIn = (facts: object): unknown => ownerOf(engineOf(program, { ...facts }, local, 'linux'));
    expect(ownerIn(docker)).toEqual(own);
    expect(ownerIn(podman)).toEqual(own);
    // Root of a rootless container is the user himself.
    expect(ownerIn(rootless)).toEqual({ uid: 0, gid: 0 });
    expect(ownerIn(rootlessPodman)).toEqual({ uid: 0, gid: 0 });
    expect(ownerIn(desktop)).toBeUndefined();
  });

  test.each([
    ['ssh://user@host', true],
    ['tcp://build.example.com:2375', true],
    ['tcp://127.0.0.1:2375', false],
    ['npipe:////./pipe/docker_engine', false],
    [local, false],
  ])('at %s is another machine: %s', (host, isRemote) => expect(isRemoteHost(host)).toBe(isRemote));
});

test.each([
  ['docker: Error response from daemon: mkdir /var/lib/docker/tmp: no space left on device.', 'engine is full'],
  ['Error: writing blob: storing blob to file: write /var/tmp/x: no space left on device', 'engine is full'],
  [
    'Error: container-init binary not found on the host: stat /usr/libexec/podman/catatonit: no such file',
    'init program',
  ],
  ['Cannot connect to Podman. Please verify your connection to the Linux system', 'does not answer'],
  [
    'docker: Error response from daemon: driver failed: Bind for 127.0.0.1:4040 failed: port is already allocated.',
    'port',
  ],
])('%s is told in our words', (said, words) => {
  const { message, help } = engineFailure(said);
  expect(message).toContain(words);
  expect(help).not.toBe('');
});
