import { toUserError } from '../../core/base/userError.ts';
import { defaultGlueVersion, pickImage } from '../../core/glue/localRun/index.ts';
import { formatBytes } from '../../core/runs/format.ts';
import type { EngineChoice } from '../../processes/docker/engineChoice.ts';
import type { Engine } from '../../processes/docker/findEngine.ts';

/** One point of what local runs need, and what to do where it does not hold. */
export interface CheckPoint {
  readonly name: string;
  readonly isGood: boolean;
  readonly found: string;
  readonly fix?: string;
}

interface Options {
  readonly engine: EngineChoice;
  readonly images: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Looks at all that a run on this machine needs, one point after the other; what depends on a missing point is left out. */
export async function checkEnvironment(options: Options, signal: AbortSignal): Promise<readonly CheckPoint[]> {
  const [engine, ...rest] = await checkEngine(options, signal);
  const withoutEngine = engine?.isGood === false ? [await checkJava(options, signal)] : [];
  return [...(engine ? [engine, ...rest] : []), await checkPython(options, signal), ...withoutEngine];
}

async function checkEngine(options: Options, signal: AbortSignal): Promise<readonly CheckPoint[]> {
  const [{ findEngine }, { findImage }] = await Promise.all([
    import('../../processes/docker/findEngine.ts'),
    import('../../processes/docker/images.ts'),
  ]);
  let engine;
  try {
    engine = await findEngine(options.engine, options.env, signal);
  } catch (error) {
    signal.throwIfAborted();
    const { message, help } = toUserError(error);
    return [{ name: 'Container engine', isGood: false, found: message, fix: help }];
  }
  const { kind, version, architecture, isRootless, isRemote } = engine;
  const how = isRootless ? ', rootless' : '';
  const points: CheckPoint[] = [
    { name: 'Container engine', isGood: true, found: `${kind} ${version} (${architecture}${how})` },
    isRemote
      ? {
          name: 'Folders',
          isGood: false,
          found: 'The engine is on another machine, which cannot see the folders of this one.',
          fix: 'Switch to an engine of this machine: docker context use default.',
        }
      : { name: 'Folders', isGood: true, found: 'The engine is on this machine.' },
  ];
  const choice = pickImage(defaultGlueVersion, options.images);
  if (choice.kind === 'none') return points;
  const { reference, downloadGb, glueVersion } = choice.image;
  const name = `Image of Glue ${glueVersion}`;
  const image = await findImage(engine.program, reference, signal);
  if (!image) {
    const size = downloadGb === undefined ? '' : `, about ${downloadGb} GB`;
    const fix = `It is fetched with the first run, after a question${size}; or now: ${kind} pull ${reference}.`;
    const missing = { name, isGood: false, found: `${reference} is not on this machine.`, fix };
    return [...points, missing, ...(downloadGb === undefined ? [] : await checkDisk(engine, downloadGb, signal))];
  }
  const fits = image.architecture === '' || architecture === '' || image.architecture === architecture;
  return [
    ...points,
    fits
      ? { name, isGood: true, found: reference }
      : {
          name,
          isGood: false,
          found: `${reference} is for ${image.architecture} and runs emulated, slowly and not always.`,
          fix: `Remove it and pull that of ${architecture}: ${kind} rmi ${reference}.`,
        },
  ];
}

async function checkDisk(engine: Engine, downloadGb: number, signal: AbortSignal): Promise<readonly CheckPoint[]> {
  const { freeImageBytes, imageBytes } = await import('../../processes/docker/engineDisk.ts');
  const free = await freeImageBytes(engine, signal);
  if (free === undefined) return [];
  const [name, found] = ['Disk of the engine', `${formatBytes(free)} free`];
  const fix = `The image needs about ${formatBytes(imageBytes(downloadGb))}: ${engine.kind} system prune removes what nothing uses.`;
  return [free < imageBytes(downloadGb) ? { name, isGood: false, found, fix } : { name, isGood: true, found }];
}

async function checkPython({ env }: Options, signal: AbortSignal): Promise<CheckPoint> {
  const { findPython } = await import('../../processes/python/interpreter.ts');
  const { checkVenv } = await import('../../processes/python/checkVenv.ts');
  const name = 'Python, for Python shell jobs';
  try {
    const python = await findPython(env, signal);
    await checkVenv(python, env, signal);
    const { path, version } = python;
    return { name, isGood: true, found: `${path} ${version}` };
  } catch (error) {
    signal.throwIfAborted();
    const { message, help } = toUserError(error);
    return { name, isGood: false, found: message, fix: help };
  }
}

/** Without an engine a Spark script can run on a Spark of PyPI, whatever its version: Java 17 fits all but the oldest. */
async function checkJava({ env }: Options, signal: AbortSignal): Promise<CheckPoint> {
  const { findJava } = await import('../../processes/python/java.ts');
  const name = 'Java, for Spark without a container';
  try {
    const { path, version } = await findJava(env, { from: 8, to: 21, forWhat: 'Spark from PyPI' }, signal);
    return { name, isGood: true, found: `${path} ${version}` };
  } catch (error) {
    signal.throwIfAborted();
    const { message, help } = toUserError(error);
    return { name, isGood: false, found: message, fix: help };
  }
}
