import type { App } from '../app.ts';
import { makeNew } from '../scaffold/makeNew.ts';

/** Makes a Glue job in the workspace: script, test, and config in the form that the user chooses. */
export async function newGlueJob(app: Pick<App, 'jobIndex'>, target?: unknown): Promise<void> {
  await makeNew(app, 'job', target);
}
