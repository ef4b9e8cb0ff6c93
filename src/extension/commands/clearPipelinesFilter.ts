import type { App } from '../app.ts';
import { setPipelinesFilter } from '../pipelines/filter.ts';

/** Shows all names in the Pipelines view again. */
export async function clearPipelinesFilter(app: Pick<App, 'pipelines' | 'state' | 'contextKeys'>): Promise<void> {
  await setPipelinesFilter(app, '');
}
