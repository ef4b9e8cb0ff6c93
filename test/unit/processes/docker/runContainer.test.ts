import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readyLine } from '../../../../src/core/glue/localRun/index.ts';
import { runContainer } from '../../../../src/processes/docker/runContainer.ts';

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'sluice-client-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// The engine was cut off between the program's first line and its own answer to the start.
const client = `#!/bin/sh
[ "$1" = run ] || exit 0
echo '${readyLine}'
echo on
echo >&2
echo 'docker: error during connect: Post "http://docker/containers/1/start": EOF' >&2
echo >&2
echo "Run 'docker run --help' for more information" >&2
exit 125
`;

it.runIf(process.platform !== 'win32')('keeps what the client says of a lost engine out of the lines', async () => {
  const path = join(folder, 'docker');
  writeFileSync(path, client);
  chmodSync(path, 0o755);
  const spec = {
    name: 'job',
    image: 'image',
    workdir: '/',
    entrypoint: '',
    command: ['true'],
    env: {},
    secretEnv: [],
    mounts: [],
    ports: [],
    labels: {},
  };
  const running = runContainer(
    { path, env: { PATH: process.env['PATH'] ?? '' } },
    spec,
    { secrets: {}, onReady: () => undefined },
    new AbortController().signal,
  );
  const lines: string[] = [];
  for await (const { stream, text } of running.lines) lines.push(`${stream} ${text}`);
  expect(lines.sort()).toEqual(['stderr ', 'stdout on']);
  expect(await running.end).toMatchObject({
    kind: 'failed',
    error: { message: 'The container engine went away in the middle of the run.' },
  });
});
