import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkVenv } from '../../../../src/processes/python/checkVenv.ts';
import { ensureVirtualEnvironment } from '../../../../src/processes/python/virtualEnvironment.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-venv-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));

/** A Python of a Debian image that has no package python3-venv. */
function pythonWithoutVenv() {
  const path = join(folder, 'python3');
  writeFileSync(path, `#!/bin/sh\necho "ModuleNotFoundError: No module named 'ensurepip'" >&2\nexit 1\n`);
  chmodSync(path, 0o755);
  return { path, version: '3.11.2' };
}

const told = expect.objectContaining({
  code: 'program-missing',
  help: expect.stringContaining('apt-get install python3.11-venv') as string,
}) as Error;

describe.skipIf(process.platform === 'win32')('a Python that cannot make environments', () => {
  it('is told with the package that it lacks', async () => {
    await expect(checkVenv(pythonWithoutVenv(), {})).rejects.toEqual(told);
  });

  it('is told before anything is made of an environment', async () => {
    const said: string[] = [];
    const request = {
      python: pythonWithoutVenv(),
      folder: join(folder, 'environments'),
      installs: [['boto3']],
      modules: {},
      env: {},
      onProgress: (line: string) => void said.push(line),
    };
    await expect(ensureVirtualEnvironment(request)).rejects.toEqual(told);
    expect(said).toHaveLength(1);
  });
});
