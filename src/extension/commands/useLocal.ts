import { localConnection } from '../../core/connections/connection.ts';
import type { App } from '../app.ts';

/** Works with the account on this machine from now on. */
export async function useLocal({ connections }: Pick<App, 'connections'>): Promise<void> {
  await connections.use(localConnection);
}
