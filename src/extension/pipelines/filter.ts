import type { App } from '../app.ts';

/** Filters the Pipelines view, and keeps the filter for this workspace. */
export async function setPipelinesFilter(
  { pipelines, state, contextKeys }: Pick<App, 'pipelines' | 'state' | 'contextKeys'>,
  text: string,
): Promise<void> {
  pipelines.filter = text;
  contextKeys.set('sluice.isPipelinesFiltered', text.trim() !== '');
  await state.workspace.set('pipelinesFilter', text.trim());
}
