import { env, window } from 'vscode';
import { checkEnvironment, type CheckPoint } from '../localRuns/checkEnvironment.ts';
import type { App } from '../app.ts';
import { withProgress } from '../prompts/progress.ts';

/** Reports each thing that a run on this machine needs, with what to do about it where it is missing. */
export async function checkLocalGlue({ settings }: Pick<App, 'settings'>): Promise<void> {
  const options = {
    engine: settings.get('localRun.engine'),
    images: settings.get('localRun.images'),
    env: process.env,
  };
  const points = await withProgress(
    'Checking what local runs need',
    async (signal) => await checkEnvironment(options, signal),
  );
  const missing = points.filter(({ isGood }) => !isGood).length;
  const placeholder =
    missing === 0 ? 'Everything is there.' : `${missing} of ${points.length} need something. Enter copies a fix.`;
  const chosen = await window.showQuickPick(points.map(toItem), {
    title: 'Check Local Glue',
    placeHolder: placeholder,
  });
  if (chosen?.fix !== undefined) await env.clipboard.writeText(chosen.fix);
}

function toItem(point: CheckPoint): {
  readonly label: string;
  readonly description: string;
  readonly detail?: string;
  readonly fix?: string;
} {
  const { name, isGood, found, fix } = point;
  return {
    label: `${isGood ? '$(pass)' : '$(error)'} ${name}`,
    description: found,
    ...(fix === undefined ? {} : { detail: fix, fix }),
  };
}
