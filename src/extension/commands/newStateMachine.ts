import type { App } from '../app.ts';
import { makeNew } from '../scaffold/makeNew.ts';

/** Makes a state machine in the workspace, with a job that it runs where the user wants one. */
export async function newStateMachine(app: Pick<App, 'jobIndex'>, target?: unknown): Promise<void> {
  await makeNew(app, 'machine', target);
}
