import type { App } from '../app.ts';

/** Brings the Sluice log into view. */
export function showLog({ showLog: show }: Pick<App, 'showLog'>): void {
  show();
}
