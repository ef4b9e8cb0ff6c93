import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProcess } from '../../../../src/processes/run.ts';
import { findTool } from '../../../../src/processes/tools/findTool.ts';
import { handOver, takeOver } from '../../../../src/processes/tools/handOver.ts';

const credentials = {
  accessKeyId: 'AKIATEST',
  secretAccessKey: 'not-in-argv',
  sessionToken: 'token',
  region: 'eu-west-1',
};
let folder: string;
let launcher: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-tool-'));
  launcher = join(folder, 'launcher.cjs');
  const entryPoints = [join(import.meta.dirname, '../../../../src/processes/tools/main.ts')];
  await build({ entryPoints, outfile: launcher, bundle: true, platform: 'node', format: 'cjs', logLevel: 'silent' });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number | undefined;
  readonly output: string;
}

async function launch(address: string, ...tool: readonly string[]): Promise<Ended> {
  const env = { PATH: process.env['PATH'] ?? '', AWS_PROFILE: 'other', SLUICE_HAND_OVER: address };
  const running = runProcess({ command: process.execPath, args: [launcher, ...tool], cwd: folder, env });
  const lines: string[] = [];
  for await (const { text } of running.lines) lines.push(text);
  return { code: (await running.exit).code, output: lines.join('\n') };
}

describe('a tool that is started with credentials', () => {
  it('has them in its environment and nowhere else, runs in its folder, and ends the launcher as it ends', async () => {
    const virtualEnvironment = join(folder, '.venv');
    const handing = await handOver({
      credentials,
      virtualEnvironment,
      place: { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' },
    });
    const script =
      'console.log(JSON.stringify({ env: process.env, argv: process.argv, cwd: process.cwd() })); process.exit(3)';
    const { code, output } = await launch(handing.address, process.execPath, '-e', script, '--', 'a b');
    expect(code).toBe(3);
    const { env, argv, cwd } = JSON.parse(output) as {
      readonly env: Record<string, string>;
      readonly argv: readonly string[];
      readonly cwd: string;
    };
    expect(env).toMatchObject({
      AWS_ACCESS_KEY_ID: 'AKIATEST',
      AWS_SECRET_ACCESS_KEY: 'not-in-argv',
      AWS_SESSION_TOKEN: 'token',
      AWS_REGION: 'eu-west-1',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
      VIRTUAL_ENV: virtualEnvironment,
    });
    expect(env['PATH']?.split(delimiter)[0]).toContain('.venv');
    expect(Object.keys(env)).not.toContain('AWS_PROFILE');
    expect(Object.keys(env)).not.toContain('SLUICE_HAND_OVER');
    expect(argv.at(-1)).toBe('a b');
    expect(argv.join(' ')).not.toContain('not-in-argv');
    expect(cwd).toBe(folder);
    const again = await launch(handing.address, process.execPath, '-e', 'console.log("ran")');
    expect(again).toMatchObject({ code: 1 });
    expect(again.output).toContain('start it again from Sluice');
    expect(again.output).not.toContain('ran');
    handing.dispose();
  });

  it('that cannot be started says so', async () => {
    const handing = await handOver({ credentials });
    const { code, output } = await launch(handing.address, join(folder, 'nothing-here'));
    expect(code).toBe(1);
    expect(output).toContain('could not be started');
    handing.dispose();
  });

  it('gets none where the address is another one', async () => {
    const handing = await handOver({ credentials });
    await expect(takeOver(handing.address.slice(0, -1))).rejects.toThrow();
    expect(await takeOver(handing.address)).toEqual({ credentials });
    await expect(takeOver(handing.address)).rejects.toThrow();
    handing.dispose();
  });
});

describe('a tool', () => {
  it('is found in the project first, then on PATH, the preferred name first', async () => {
    const [bin, project] = [join(folder, 'bin'), join(folder, 'project')];
    const own = join(folder, 'node_modules', '.bin');
    for (const path of [bin, project, own]) mkdirSync(path, { recursive: true });
    const make = (path: string): string => {
      writeFileSync(path, '#!/bin/sh\n');
      chmodSync(path, 0o755);
      return path;
    };
    const env = { PATH: bin };
    const search = { folder: project, env, platform: 'linux' } as const;
    expect(await findTool({ ...search, programs: ['cdk'] })).toBeUndefined();
    const tofu = make(join(bin, 'tofu'));
    expect(await findTool({ ...search, programs: ['terraform', 'tofu'] })).toBe(tofu);
    const global = make(join(bin, 'cdk'));
    expect(await findTool({ ...search, programs: ['cdk'] })).toBe(global);
    const local = make(join(own, 'cdk'));
    expect(await findTool({ ...search, programs: ['cdk'] })).toBe(local);
    const windows = join(bin, 'sam.cmd');
    writeFileSync(windows, '');
    const onWindows = { folder: project, env: { Path: bin, PATHEXT: '.EXE;.CMD' }, platform: 'win32' } as const;
    expect(await findTool({ ...onWindows, programs: ['sam'] })).toBe(windows);
  });
});
