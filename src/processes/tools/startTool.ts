import { spawn, type ChildProcess } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { toolEnvironment } from '../../core/deploy/tools/environment.ts';
import type { HandOver } from './handOver.ts';

/** Variables between the extension and the launcher, which no tool sees. */
export const launcherVariables = { address: 'SLUICE_HAND_OVER', asNode: 'ELECTRON_RUN_AS_NODE' } as const;

/** Starts a tool in this process's terminal, with the credentials that it was handed. */
export function startTool(
  [program, ...args]: readonly [string, ...string[]],
  { credentials, place, virtualEnvironment }: HandOver,
  { env, platform }: Pick<NodeJS.Process, 'env' | 'platform'>,
): ChildProcess {
  const variables = toolEnvironment(env, credentials, place);
  for (const name of Object.values(launcherVariables)) Reflect.deleteProperty(variables, name);
  if (virtualEnvironment !== undefined) {
    const name = Object.keys(variables).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
    const programs = join(virtualEnvironment, platform === 'win32' ? 'Scripts' : 'bin');
    variables[name] = [programs, variables[name] ?? ''].filter(Boolean).join(delimiter);
    variables['VIRTUAL_ENV'] = virtualEnvironment;
  }
  const options = { stdio: 'inherit', env: variables } as const;
  // Windows starts a batch file, as npm makes them, only by its shell.
  return platform === 'win32' && /\.(?:cmd|bat)$/i.test(program)
    ? spawn(env['ComSpec'] ?? 'cmd.exe', ['/d', '/s', '/c', `"${[program, ...args].map(quoted).join(' ')}"`], {
        ...options,
        windowsVerbatimArguments: true,
      })
    : spawn(program, args, options);
}

function quoted(argument: string): string {
  return /[\s&()^;,='"]/.test(argument) ? `"${argument.replaceAll('"', '""')}"` : argument;
}
