import { window } from 'vscode';
import { streamLabel } from '../../views/runs/document/presentLine.ts';
import { noFilter, type RunFilter } from '../../views/runs/document/presentFilter.ts';
import { runScheme } from '../../views/runs/document/presentUri.ts';
import type { App } from '../app.ts';
import { back, pickOne, type Choice } from '../prompts/steps.ts';

/** Chooses which lines the run document in front shows; typed text is looked for in the lines. */
export async function filterRun({ runDocuments }: Pick<App, 'runDocuments'>): Promise<void> {
  const uri = window.activeTextEditor?.document.uri;
  const open = uri?.scheme === runScheme ? runDocuments.runOf(uri) : undefined;
  if (!uri || !open) return;
  const { filter, run } = open;
  const states = [...new Set(run.timeline.steps.map(({ name }) => name))];
  const with_ = (change: RunFilter): RunFilter => ({ ...filter, ...change });
  const items: Choice<RunFilter>[] = [
    { label: 'Everything', value: noFilter },
    { label: 'Errors only', description: 'level', value: with_({ level: 'error' }) },
    { label: 'Warnings and errors', description: 'level', value: with_({ level: 'warn' }) },
    ...(['out', 'err', 'log', 'insight'] as const).map((stream) => ({
      label: streamLabel({ stream }),
      description: 'stream',
      value: with_({ stream }),
    })),
    ...states.map((state) => ({ label: state, description: 'state', value: with_({ state }) })),
  ];
  const picked = await pickOne<RunFilter>({
    at: { title: 'Filter', canGoBack: false },
    placeholder: 'A level, stream or state; or type a text that lines must hold',
    items,
    fromText: (text) => (text === '' ? undefined : { label: `Lines with “${text}”`, value: with_({ text }) }),
  });
  if (picked !== back) runDocuments.setFilter(uri, picked);
}
