import { commands, env, Uri } from 'vscode';
import { UserError } from '../../core/base/userError.ts';
import { pickImage, type GlueImage, type LocalJob } from '../../core/glue/localRun/index.ts';
import { formatBytes } from '../../core/runs/format.ts';
import type { PullProgress } from '../../processes/docker/images.ts';
import type { Engine } from '../../processes/docker/findEngine.ts';
import type { App } from '../app.ts';
import { showWarning } from '../prompts/notify.ts';
import { waitFor } from '../connections/waitFor.ts';
import { withProgress, withSlowProgress, type Report } from '../prompts/progress.ts';
import { askAboutEngine, type EngineHelpEffects } from './engineHelp.ts';

type Parts = Pick<App, 'settings' | 'log'>;

/** An engine that answers, and on it the image of a job. */
export interface PreparedContainer {
  readonly engine: Engine;
  readonly image: GlueImage;
}

const imagesSetting = 'sluice.localRun.images';

/**
 * Sees to it that a job's container can be started: the engine answers, and the image is there, after the user agreed to
 * fetch it. Rejects with UserError, `aborted` where the user declines.
 */
export async function prepareContainer(parts: Parts, job: LocalJob, signal?: AbortSignal): Promise<PreparedContainer> {
  const image = await chooseImage(parts, job, [], signal);
  const prepared =
    image === 'without' ? undefined : await prepareWithHelp(parts, image, { canDoWithout: false }, signal);
  if (!prepared) throw new UserError('aborted', 'Cancelled.');
  return prepared;
}

const without = 'Run as Plain Python';

/**
 * The same for a script that can do without: undefined where it runs on a Spark of PyPI, because the settings say so or the
 * user does, who is asked where there is no engine or no image of the Glue version.
 */
export async function prepareRun(
  parts: Parts,
  job: LocalJob,
  signal?: AbortSignal,
): Promise<PreparedContainer | undefined> {
  if (parts.settings.get('localRun.engine') === 'none') return undefined;
  const image = await chooseImage(parts, job, [without], signal);
  if (image === 'without') return undefined;
  return await prepareWithHelp(parts, image, { canDoWithout: true }, signal);
}

/** Asks the user what to do where no engine answers. Gives undefined where the answer is to do without. */
async function prepareWithHelp(
  parts: Parts,
  image: GlueImage,
  options: { readonly canDoWithout: boolean },
  signal: AbortSignal | undefined,
): Promise<PreparedContainer | undefined> {
  for (;;) {
    try {
      return await prepareImage(parts, image, signal);
    } catch (error) {
      const answer = await waitFor(askAboutEngine(error, effectsOf(parts), options), signal);
      if (answer === 'without') return undefined;
      if (answer === 'nothing') throw new UserError('aborted', 'Cancelled.', '', { cause: error });
    }
  }
}

function effectsOf({ settings }: Parts): EngineHelpEffects {
  return {
    ask: showWarning,
    open: async (address) => await env.openExternal(Uri.parse(address)),
    isInstalled: async (program) => {
      const { askProgram } = await import('../../processes/docker/findEngine.ts');
      return (await askProgram({ path: program, env: process.env })).kind !== 'missing';
    },
    choose: async (engine) => await settings.setForUser('localRun.engine', engine),
  };
}

async function prepareImage(
  parts: Parts,
  image: GlueImage,
  signal: AbortSignal | undefined,
): Promise<PreparedContainer> {
  const { findEngine } = await import('../../processes/docker/findEngine.ts');
  const choice = parts.settings.get('localRun.engine');
  const engine = await withSlowProgress(
    'Asking the container engine',
    async (wanted) => await findEngine(choice, process.env, wanted),
    signal,
  );
  if (engine.isRemote) {
    throw new UserError(
      'not-supported',
      'The container engine is on another machine, which cannot see the folders of this one.',
      'Switch to an engine of this machine (docker context use default), or open the folder on that machine.',
    );
  }
  await ensureImage(parts, engine, image, signal);
  return { engine, image };
}

async function chooseImage(
  { settings }: Parts,
  job: LocalJob,
  others: readonly string[],
  signal: AbortSignal | undefined,
): Promise<GlueImage | 'without'> {
  const overrides = settings.get('localRun.images');
  const choice = pickImage(job.glueVersion, overrides);
  if (choice.kind === 'image') return choice.image;
  const run = `Run on Glue ${choice.offer}`;
  const pressed = await waitFor(showWarning(choice.message, [run, ...others, 'Choose Image…']), signal);
  if (pressed !== undefined && others.includes(pressed)) return 'without';
  const offered = pickImage(choice.offer, overrides);
  if (pressed !== run || offered.kind !== 'image') return await leave(pressed);
  return { ...offered.image, note: choice.message };
}

async function ensureImage(
  { log }: Parts,
  engine: Engine,
  image: GlueImage,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { program, architecture, host } = engine;
  const { findImage, pullImage } = await import('../../processes/docker/images.ts');
  const looking = `Looking for the Glue ${image.glueVersion} image`;
  const found = await withSlowProgress(
    looking,
    async (wanted) => await findImage(program, image.reference, wanted),
    signal,
  );
  if (found) {
    if (found.architecture !== architecture && architecture !== '' && found.architecture !== '') {
      log.warn(`${image.reference} is for ${found.architecture}; the engine has ${architecture}.`);
    }
    return;
  }
  const size = image.downloadGb === undefined ? '' : ` (about ${image.downloadGb} GB to download, twice that on disk)`;
  const { freeImageBytes, imageBytes } = await import('../../processes/docker/engineDisk.ts');
  const free =
    image.downloadGb === undefined
      ? undefined
      : await withSlowProgress(looking, async (wanted) => await freeImageBytes(engine, wanted), signal);
  const isTight = free !== undefined && free < imageBytes(image.downloadGb ?? 0);
  const room = isTight ? ` The disk of the container engine has only ${formatBytes(free)} free.` : '';
  const question = `The Glue ${image.glueVersion} image${size} is not on this machine.${room}`;
  const pressed = await waitFor(showWarning(`${question} ${image.reference}`, ['Pull', 'Choose Image…']), signal);
  if (pressed !== 'Pull') await leave(pressed);
  const pulling = `Pulling the Glue ${image.glueVersion} image`;
  const pull = async (wanted: AbortSignal, report: Report): Promise<void> => {
    report('asking the registry');
    const onProgress = ({ layersDone, layers, bytes, totalBytes }: PullProgress): void => {
      const ofBytes = bytes !== undefined && totalBytes ? `${formatBytes(bytes)} of ${formatBytes(totalBytes)}, ` : '';
      report(`${ofBytes}${layersDone} of ${layers} layers`);
    };
    await pullImage(program, image.reference, onProgress, { host, signal: wanted });
  };
  await withProgress(pulling, pull, signal);
}

/** The user wants something else, or nothing. */
async function leave(pressed: string | undefined): Promise<never> {
  if (pressed === 'Choose Image…') await commands.executeCommand('workbench.action.openSettings', imagesSetting);
  throw new UserError('aborted', 'Cancelled.');
}
