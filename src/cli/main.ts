import { join } from 'node:path';
import { parseInvocation, usage } from './arguments.ts';
import { check } from './check.ts';

const output = (text: string): void => void process.stdout.write(text);
const errors = (text: string): void => void process.stderr.write(text);

async function main(): Promise<number> {
  const invocation = parseInvocation(process.argv.slice(2));
  switch (invocation.kind) {
    case 'help':
      output(usage);
      return 0;
    case 'wrong':
      errors(`sluice: ${invocation.message}\n\n${usage}`);
      return 2;
    case 'check':
      return await check(invocation.options, { input: process.stdin, output, errors });
    case 'local':
      // The endpoint is a program of its own beside this one; it reads the arguments that are left.
      process.argv.splice(1, 2, join(__dirname, 'localAccount.js'));
      await import(process.argv[1] ?? '');
      return 0;
  }
}

void main().then((code) => {
  process.exitCode = code;
});
