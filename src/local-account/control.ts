import { AwsError } from './http/awsError.ts';
import { reply, type HttpCall } from './http/call.ts';
import type { StateProblems } from './state/stateProblems.ts';
import { readBody } from './http/body.ts';
import { accountVersion } from './version.ts';
import type { Workspace } from './workspace.ts';
import { parseWorkspaceSettings } from '../processes/localAccount/workspaceSettings.ts';

export interface ControlOptions {
  readonly problems: StateProblems;
  readonly workspace: Workspace;
  /** Whether a run is on, so that the process must not end. */
  readonly isBusy: () => boolean;
}

/**
 * What the windows ask of the process itself: `GET health`; `GET lease`, a reply that never ends: a window that goes away,
 * however it ends, closes its lease with its connection; `PUT workspace` with its settings; and `POST reset`, refused while a run is on, after which the
 * process ends and removes its state.
 */
export class Control {
  #leases = 0;
  readonly #reset = new AbortController();

  constructor(private readonly options: ControlOptions) {}

  /** Whether no window holds a lease and no run is on. */
  get isIdle(): boolean {
    return this.#leases === 0 && !this.options.isBusy();
  }

  /** Aborts when a reset was asked for and granted. */
  get resetSignal(): AbortSignal {
    return this.#reset.signal;
  }

  async serve(call: HttpCall, path: string): Promise<void> {
    if (path === 'health') {
      const body = { version: accountVersion, pid: process.pid, problems: this.options.problems.list };
      reply(call, 200, { 'content-type': 'application/json' }, JSON.stringify(body));
    } else if (path === 'lease') {
      this.#leases += 1;
      call.response.writeHead(200, { 'content-type': 'text/plain' });
      call.response.write('held\n');
      await new Promise((resolve) => call.signal.addEventListener('abort', resolve, { once: true }));
      this.#leases -= 1;
    } else if (path === 'workspace' && call.request.method === 'PUT') {
      const settings = parseWorkspaceSettings(jsonOf(await readBody(call.request)));
      if (!settings) throw new AwsError('BadRequest', 'These are not the settings of a workspace.');
      this.options.workspace.update(settings);
      reply(call, 204, {}, '');
    } else if (path === 'reset' && call.request.method === 'POST') {
      if (this.options.isBusy()) throw new AwsError('Busy', 'A run is on.', 409);
      call.response.once('close', () => this.#reset.abort());
      reply(call, 202, { 'content-type': 'text/plain' }, 'resetting\n');
    } else throw new AwsError('NotFound', `No such control path: ${path}.`, 404);
  }
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
