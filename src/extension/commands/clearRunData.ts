import type { App } from '../app.ts';

/** Forgets the runs that have ended, with the logs that were written of them. */
export async function clearRunData({ runs, fullLogs }: Pick<App, 'runs' | 'fullLogs'>): Promise<void> {
  await runs.clear();
  await fullLogs.clear();
}
