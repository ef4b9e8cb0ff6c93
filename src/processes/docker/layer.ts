import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { UserError } from '../../core/base/userError.ts';
import { toHostPath, type LayerSpec } from '../../core/glue/localRun/index.ts';
import { runProcess } from '../run.ts';
import { mountText } from './containerArguments.ts';
import { askEngine, engineEnvironment, engineFailure, type EngineProgram } from './engineProgram.ts';
import { commitImage, findImage } from './images.ts';

export interface LayerOptions {
  /** Unique to this run. */
  readonly runId: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Hears what is going on, a line at a time. */
  readonly onProgress: (line: string) => void;
}

/**
 * Gives the image with these packages on top: made on first use, and kept for the same list on the same image. Rejects
 * with `process-failed` and pip's last lines.
 */
export async function ensureLayer(
  program: EngineProgram,
  layer: LayerSpec,
  options: LayerOptions,
  signal: AbortSignal,
): Promise<string> {
  const base = await findImage(program, layer.image, signal);
  if (!base) throw new UserError('not-found', `The image ${layer.image} is not on this machine.`);
  const contents = await Promise.all(layer.pip.map(async (word) => await fileKey(word, layer)));
  const key = createHash('sha256')
    .update(JSON.stringify([base.id, layer.pip, contents]))
    .digest('hex');
  const tag = `sluice-local-run:${key.slice(0, 16)}`;
  if (await findImage(program, tag, signal)) return tag;
  const name = `sluice-layer-${options.runId}`;
  options.onProgress(`Installing ${layer.pip.filter((word) => !word.startsWith('-')).join(', ')}, once for this list.`);
  try {
    await install(program, layer, { ...options, name }, signal);
    await commitImage(program, name, { tag, labels: { 'dev.sluice.layer': layer.pip.join(' ') } }, signal);
  } finally {
    await askEngine(program, ['rm', '--force', name]);
  }
  options.onProgress('The packages are installed.');
  return tag;
}

/** What tells a file of the workspace from a later one of its name: a wheel's time and size, a list's content. */
async function fileKey(word: string, { mounts }: LayerSpec): Promise<string> {
  const path = word.startsWith('/') ? toHostPath(word, mounts) : undefined;
  if (path === undefined) return '';
  if (path.endsWith('.txt')) return await readFile(path, 'utf8').catch(() => '');
  const file = await stat(path).catch(() => undefined);
  return file ? `${file.size} ${file.mtimeMs}` : '';
}

async function install(
  program: EngineProgram,
  layer: LayerSpec,
  { name, labels, onProgress }: LayerOptions & { readonly name: string },
  signal: AbortSignal,
): Promise<void> {
  const script =
    'umask 022; export PIP_BREAK_SYSTEM_PACKAGES=1 PIP_ROOT_USER_ACTION=ignore; exec python3 -m pip install --user --disable-pip-version-check --no-input --progress-bar off "$@"';
  const args = [
    ...['run', '--init', '--pull', 'never', '--name', name],
    ...Object.entries(labels).flatMap(([label, value]) => ['--label', `${label}=${value}`]),
    ...layer.mounts.flatMap((mount) => ['--mount', `${mountText(mount)},readonly`]),
    ...(layer.user === undefined ? [] : ['--user', layer.user, '--env', `HOME=${layer.home}`]),
    ...['--workdir', layer.workdir, '--entrypoint', 'bash', layer.image, '-l', '-c', script, 'sluice', ...layer.pip],
  ];
  const running = runProcess({ command: program.path, args, env: engineEnvironment(program) }, signal);
  const last: string[] = [];
  for await (const { text } of running.lines) {
    onProgress(text);
    last.push(text);
    if (last.length > 8) last.shift();
  }
  const { code } = await running.exit;
  signal.throwIfAborted();
  if (code === 0) return;
  if (last.some((text) => /no space left on device/i.test(text))) throw engineFailure(last.join('\n'));
  throw new UserError(
    'process-failed',
    `The modules of --additional-python-modules could not be installed. ${last.join(' ')}`,
    'Check the names and versions, and that the container reaches the package index.',
  );
}
