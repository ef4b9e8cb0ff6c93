import { window } from 'vscode';
import { UserError } from '../../core/base/userError.ts';
import { formatStart } from '../../core/runs/format.ts';
import type { RunKey } from '../../core/runs/model.ts';
import { parseKey } from '../../core/runs/records.ts';
import { runTitle } from '../../core/runs/runTitle.ts';
import type { RunSnapshot } from '../../core/runs/snapshot.ts';
import { parseRunAddress, runScheme } from '../../views/runs/document/presentUri.ts';
import { runStateWord } from '../../views/runs/presentRunState.ts';
import type { App } from '../app.ts';
import { back, pickOne } from '../prompts/steps.ts';

/** The run that a command is about: the row or link it was called from, the run document in front, or undefined. */
export function targetRun(target: unknown): RunKey | undefined {
  if (isObject(target)) {
    const key = parseKey(target) ?? parseKey(target['key']);
    if (key) return key;
    const { run } = target;
    if (isObject(run)) return parseKey(run['key']);
    const { scheme, path, query } = target;
    if (scheme === runScheme && typeof path === 'string' && typeof query === 'string')
      return parseRunAddress({ path, query })?.key;
  }
  const uri = window.activeTextEditor?.document.uri;
  return uri?.scheme === runScheme ? parseRunAddress(uri)?.key : undefined;
}

/** As `targetRun`; where there is none, the user picks from the runs for which `isFit` holds. Rejects with `aborted`. */
export async function askRun(
  { runs }: Pick<App, 'runs'>,
  target: unknown,
  title: string,
  isFit: (run: RunSnapshot) => boolean = () => true,
): Promise<RunKey> {
  const known = targetRun(target);
  if (known) return known;
  const fit = runs.list().filter(isFit);
  if (fit.length === 0) throw new UserError('not-found', 'There is no such run.', 'Start or open one first.');
  const items = fit.map((run) => ({
    label: runTitle(run.key),
    description: [
      runStateWord(run.outcome.state),
      run.outcome.startedMs === undefined ? '' : formatStart(run.outcome.startedMs, Date.now()),
    ].join(' '),
    value: run.key,
  }));
  const picked = await pickOne({ at: { title, canGoBack: false }, placeholder: 'Which run?', items });
  if (picked === back) throw new UserError('aborted', 'Cancelled.');
  return picked;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
