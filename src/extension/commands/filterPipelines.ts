import type { App } from '../app.ts';
import { askText } from '../prompts/steps.ts';
import { setPipelinesFilter } from '../pipelines/filter.ts';

/** Asks for words that names in the Pipelines view must have; the filter is kept until it is cleared. */
export async function filterPipelines(app: Pick<App, 'pipelines' | 'state' | 'contextKeys'>): Promise<void> {
  const answer = await askText({
    at: { title: 'Filter Pipelines', canGoBack: false },
    prompt: 'Show only jobs, workflows and state machines whose name has all these words.',
    placeholder: 'Part of a name; empty shows all',
    value: app.state.workspace.get('pipelinesFilter'),
  });
  if (typeof answer === 'string') await setPipelinesFilter(app, answer);
}
