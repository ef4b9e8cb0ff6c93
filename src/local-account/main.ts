import { parseArgs } from 'node:util';
import { join, resolve } from 'node:path';
import { engineChoices, type EngineChoice } from '../processes/docker/engineChoice.ts';
import { noWorkspace } from '../processes/localAccount/workspaceSettings.ts';
import { runLocalAccountProcess } from './runProcess.ts';

const usage = `Usage: sluice local [options]

Runs the local account: an AWS endpoint for Glue, Step Functions, S3 and CloudWatch Logs on this machine.

  --state <folder>         where its state is kept (default: .sluice-local in the current folder)
  --port <number>          port on the loopback address (default: the one used last, else any free one)
  --cache <folder>         where Python environments are kept (default: in the state folder)
  --region <name>          region in ARNs (default: us-east-1)
  --idle-exit <seconds>    end when no client holds a lease and no run is on for so long (default: never)
  --wait-scale <number>    multiplies waits of state machines: 1 is real time, 0 skips them (default: 1)
  --workspace <folder>     folder with Lambda handlers and mocks of state machines; may be given several times
  --engine <name>          docker or podman, which run Spark jobs (default: the first that answers)
  --image <version=name>   image for Spark jobs of a Glue version, instead of AWS's own; may be given several times
  --mocks <file>           mock configuration of Step Functions Local (default: MockConfigFile.json of the workspace)
  --verbose                log every request
`;

function numberOf(name: string, text: string | undefined, fallback: number | undefined): number | undefined {
  if (text === undefined) return fallback;
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0)
    throw new Error(`--${name} needs a number, not "${text}".`);
  return value;
}

function engineOf(name = 'auto'): EngineChoice {
  const choice = engineChoices.find((known) => known === name);
  if (!choice) throw new Error(`--engine needs one of ${engineChoices.join(', ')}, not "${name}".`);
  return choice;
}

function imageOf(text: string): readonly [version: string, reference: string] {
  const [, version, reference] = /^([\d.]+)=(\S+)$/.exec(text) ?? [];
  if (version !== undefined && reference !== undefined) return [version, reference];
  throw new Error(`--image needs a Glue version and an image, as in 5.0=my-registry/glue:5, not "${text}".`);
}

async function main(): Promise<number> {
  // `sluice local …` and the process of the extension are the same program.
  const args = process.argv.slice(2).filter((arg, index) => !(index === 0 && arg === 'local'));
  const { values } = parseArgs({
    args,
    options: {
      state: { type: 'string' },
      port: { type: 'string' },
      cache: { type: 'string' },
      region: { type: 'string' },
      'idle-exit': { type: 'string' },
      'wait-scale': { type: 'string' },
      workspace: { type: 'string', multiple: true },
      mocks: { type: 'string' },
      engine: { type: 'string' },
      image: { type: 'string', multiple: true },
      verbose: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help === true) {
    process.stdout.write(usage);
    return 0;
  }
  const stateFolder = resolve(values.state ?? '.sluice-local');
  const idleExit = numberOf('idle-exit', values['idle-exit'], undefined);
  return await runLocalAccountProcess({
    stateFolder,
    port: numberOf('port', values.port, undefined),
    cacheFolder: values.cache === undefined ? join(stateFolder, 'cache') : resolve(values.cache),
    region: values.region ?? 'us-east-1',
    idleExitMs: idleExit === undefined ? undefined : idleExit * 1000,
    workspace: {
      ...noWorkspace,
      folders: (values.workspace ?? []).map((folder) => resolve(folder)),
      mockFile: values.mocks === undefined ? noWorkspace.mockFile : resolve(values.mocks),
      waitScale: numberOf('wait-scale', values['wait-scale'], 1) ?? 1,
      containers: { engine: engineOf(values.engine), images: Object.fromEntries((values.image ?? []).map(imageOf)) },
    },
    isVerbose: values.verbose === true,
  });
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    process.exit(2);
  },
);
