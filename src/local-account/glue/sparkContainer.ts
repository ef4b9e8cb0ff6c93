import { createHash } from 'node:crypto';
import { chmod, mkdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Clock } from '../../core/base/clock.ts';
import type { Log } from '../../core/base/log.ts';
import { UserError } from '../../core/base/userError.ts';
import { localJobKind, pickImage, planLocalRun, splitList, type GlueImage } from '../../core/glue/localRun/index.ts';
import { findEngine, type Engine } from '../../processes/docker/findEngine.ts';
import { findImage } from '../../processes/docker/images.ts';
import { ensureLayer } from '../../processes/docker/layer.ts';
import { ownerLabels, removeLeftovers } from '../../processes/docker/leftovers.ts';
import { ownerOf } from '../../processes/docker/ownerOf.ts';
import { createCredentialsServer } from '../../processes/docker/relay/credentialsServer.ts';
import { openRelay } from '../../processes/docker/relay/openRelay.ts';
import { runContainer, type ContainerEnd } from '../../processes/docker/runContainer.ts';
import { Input } from '../http/input.ts';
import type { ObjectStore } from '../s3/objectStore.ts';
import type { ScriptSurroundings } from '../scriptEnvironment.ts';
import type { Workspace } from '../workspace.ts';
import type { JobRunner, RunEnd, RunSurroundings } from './jobRunner.ts';
import type { JobRunRecord } from './records.ts';
import { runArguments, scriptLocationOf } from './runArguments.ts';
import { fetchObject, withRunFolder } from './runFolder.ts';
import { SparkLines } from './sparkLines.ts';

export interface SparkContainerOptions extends ScriptSurroundings {
  readonly objects: ObjectStore;
  /** A folder for each run, mounted into its container, removed when the run has ended. */
  readonly workFolder: string;
  readonly workspace: Workspace;
  readonly clock: Clock;
  readonly log: Log;
}

/** Runs Spark jobs in the image of their Glue version, where the machine has an engine and the image. */
export function createSparkRunner(options: SparkContainerOptions): JobRunner {
  return {
    run: async (surroundings, signal) =>
      await withRunFolder(options.workFolder, surroundings, signal, async (folder) => {
        return await runIn(folder, options, surroundings, signal);
      }),
    recover: async () => {
      const { program } = await findEngine(options.workspace.settings.containers.engine, options.env);
      for (const name of await removeLeftovers(program)) options.log.info(`Removed the container ${name}.`);
    },
  };
}

async function runIn(
  folder: string,
  options: SparkContainerOptions,
  { run, log, onRunning }: RunSurroundings,
  signal: AbortSignal,
): Promise<RunEnd> {
  const image = imageOf(run, options.workspace);
  const engine = await engineFor(options, image, signal);
  const { program } = engine;
  const work = join(folder, 'workspace');
  await mkdir(work, { mode: 0o755 });
  const given = await localArguments(run, options.objects, work);
  const script = await fetchObject(options.objects, scriptLocationOf(run), work);
  const runId = run.id
    .slice(0, 19)
    .concat(run.attempt === 0 ? '' : `-${run.attempt}`)
    .replaceAll('_', '-');
  const owner = ownerOf(engine);
  const plan = planLocalRun({
    job: { name: run.jobName, kind: localJobKind(commandOf(run)), arguments: given.arguments },
    stage: { kind: 'run' },
    image,
    folder: work,
    script: basename(script),
    scriptText: await readFile(script, 'utf8'),
    runId,
    region: options.region,
    reach: 'local',
    files: given.files,
    mappings: [],
    env: {},
    ...(owner && { owner }),
  });
  for (const warning of plan.warnings) await log.write('error', `Sluice: ${warning}`);
  const labels = await ownerLabels();
  const onProgress = (line: string): void => void log.write('output', line);
  const layer = plan.layer && (await ensureLayer(program, plan.layer, { runId, labels, onProgress }, signal));
  const spec = {
    ...plan.container,
    ...(layer !== undefined && { image: layer }),
    labels: { ...plan.container.labels, ...labels },
  };
  const { accessKeyId, endpoint } = options;
  const credentials = createCredentialsServer(
    async () => await Promise.resolve({ accessKeyId, secretAccessKey: 'local' }),
  );
  let began: Promise<void> | undefined;
  const running = runContainer(
    program,
    spec,
    {
      secrets: { AWS_CONTAINER_AUTHORIZATION_TOKEN: credentials.token },
      onReady: () => {
        const services = { credentials, endpoint: async () => await Promise.resolve(endpoint), log: options.log };
        openRelay(program, spec.name, services);
        began = onRunning(undefined);
        // Waited for below; until then nothing may be left unhandled.
        began.catch(() => undefined);
      },
    },
    signal,
  );
  const lines = new SparkLines(options.clock);
  for await (const line of running.lines) {
    const sorted = lines.sort(line);
    if (sorted) await log.write(sorted.kind, sorted.text);
  }
  const end = await running.end;
  await began;
  return endOf(end, lines.lastError);
}

function commandOf(run: JobRunRecord): string {
  return new Input(run.definition).object('Command').text('Name');
}

function imageOf(run: JobRunRecord, workspace: Workspace): GlueImage {
  if (runArguments(run)['--job-language'] === 'scala') {
    throw new UserError('not-supported', 'Scala jobs do not run on Local: the Glue images bring no Scala compiler.');
  }
  const version = new Input(run.definition).optionalText('GlueVersion');
  const choice = pickImage(version, workspace.settings.containers.images);
  if (choice.kind === 'image') return choice.image;
  throw new UserError(
    'not-supported',
    choice.message,
    `Set the job's Glue version to ${choice.offer}, or name an image of your own in the setting sluice.localRun.images.`,
  );
}

/** An engine that has the image and sees this machine's folders. Rejects with UserError that says what to do. */
async function engineFor(
  { workspace, env }: SparkContainerOptions,
  image: GlueImage,
  signal: AbortSignal,
): Promise<Engine> {
  const engine = await findEngine(workspace.settings.containers.engine, env, signal);
  if (engine.isRemote) {
    throw new UserError(
      'not-supported',
      'The container engine is on another machine, which cannot see the folders of this one.',
      'Switch to an engine of this machine (docker context use default).',
    );
  }
  if (await findImage(engine.program, image.reference, signal)) return engine;
  const size = image.downloadGb === undefined ? '' : ` (about ${image.downloadGb} GB to download)`;
  throw new UserError(
    'not-found',
    `The image of Glue ${image.glueVersion}${size} is not on this machine.`,
    `Fetch it with "${engine.kind} pull ${image.reference}" or by "Run Script Locally", then start the run again.`,
  );
}

interface LocalArguments {
  readonly arguments: Readonly<Record<string, string>>;
  /** Files below the run's folder, by the location that the arguments name them by. */
  readonly files: ReadonlyMap<string, string>;
}

/** Fetches what the arguments name, and adds those that AWS passes to each run. */
async function localArguments(run: JobRunRecord, objects: ObjectStore, work: string): Promise<LocalArguments> {
  const { '--extra-files': extraFiles, ...given } = runArguments(run);
  const files = new Map<string, string>();
  for (const key of ['--extra-py-files', '--extra-jars', '--additional-python-modules']) {
    for (const location of splitList(given[key])) {
      if (!/^s3[an]?:/.test(location)) continue;
      const path = await fetchObject(objects, location, join(work, folderOf(key)));
      files.set(location, `${folderOf(key)}/${basename(path)}`);
    }
  }
  for (const location of splitList(extraFiles)) await chmod(await fetchObject(objects, location, work), 0o644);
  const jobId = `j_${createHash('sha256').update(run.jobName).digest('hex')}`;
  return { arguments: { ...given, '--JOB_ID': jobId, '--JOB_RUN_ID': run.id }, files };
}

function folderOf(argument: string): string {
  return argument.slice(2);
}

function endOf(end: ContainerEnd, lastError: string | undefined): RunEnd {
  if (end.kind === 'failed') return { kind: 'failed', message: [end.error.message, end.error.help].join(' ').trim() };
  if (end.kind === 'stopped') return { kind: 'failed', message: 'The container was stopped.' };
  if (end.code === 0) return { kind: 'succeeded' };
  const reason = end.code === 137 ? ': it was killed, as when memory runs out' : '';
  return { kind: 'failed', message: lastError ?? `Command failed with exit code ${end.code}${reason}` };
}
