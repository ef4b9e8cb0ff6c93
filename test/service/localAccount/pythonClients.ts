import { execFile, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { findPython } from '../../../src/processes/python/interpreter.ts';
import { ensureVirtualEnvironment } from '../../../src/processes/python/virtualEnvironment.ts';
import { accessKeyId, pythonCache, type TestAccount } from './account.ts';

/** The Python with boto3 and the AWS command line, made once and kept. */
export async function pythonWithClients(): Promise<string> {
  const { python } = await ensureVirtualEnvironment({
    python: await findPython(process.env),
    folder: pythonCache,
    installs: [['boto3', 'awscli']],
    modules: {},
    env: process.env,
    onProgress: () => undefined,
  });
  return python;
}

/** Runs Python against an account and gives what it printed; what it wrote on stderr becomes the error's text. */
export async function runPython(python: string, account: TestAccount, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(python, args, { env: environmentOf(account) });
  return stdout;
}

export interface CommandLine {
  /** Runs `aws` with these arguments; gives its output, rejects with its error output where it fails. One at a time. */
  run(...args: string[]): Promise<string>;
  close(): void;
}

export function openCommandLine(python: string, account: TestAccount): CommandLine {
  const script = join(import.meta.dirname, 'clients/commandLines.py');
  const running = spawn(python, [script], { env: environmentOf(account), stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: running.stdout })[Symbol.asyncIterator]();
  return {
    run: async (...args) => {
      running.stdin.write(`${JSON.stringify(args)}\n`);
      const line = await lines.next();
      if (line.done === true) throw new Error('The command line has ended.');
      const { code, stdout, stderr } = JSON.parse(line.value) as Record<'stdout' | 'stderr', string> & { code: number };
      if (code !== 0) throw new Error(stderr);
      return stdout;
    },
    close: () => running.stdin.end(),
  };
}

function environmentOf(account: TestAccount): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    AWS_ENDPOINT_URL: account.client.endpoint,
    AWS_DISABLE_HOST_PREFIX_INJECTION: 'true',
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: 'unused',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_PAGER: '',
  };
}
