import { commands } from 'vscode';
import { UserError } from '../../core/base/userError.ts';
import { connectionLabel } from '../../core/connections/connection.ts';
import type { App } from '../app.ts';
import { compareTexts } from '../deploy/compareTexts.ts';
import { chooseResource, hostTarget } from '../deploy/hostTarget.ts';
import { withProgress } from '../prompts/progress.ts';
import { activeConnection } from '../starts/machineTarget.ts';

/** Shows a job or a state machine of a template or program beside the one that is deployed; nothing is changed. */
export async function compareWithDeployed(
  app: Pick<App, 'connections' | 'drifts' | 'hosts' | 'planDocuments'>,
  target?: unknown,
): Promise<void> {
  const owner = await hostTarget(app, target);
  if (!owner) {
    throw new UserError(
      'not-found',
      'This file describes no job or state machine that a tool deploys.',
      'Use Deploy for *.glue.json and *.asl.json files: it shows the difference before it changes something.',
    );
  }
  const connection = activeConnection(app.connections);
  const place = connectionLabel(connection);
  const resource = await chooseResource(owner, 'Compare with Deployed');
  const texts = await withProgress(
    `Reading ${resource.name ?? resource.address ?? ''} from ${place}`,
    async (signal) => {
      const account = await app.connections.account(connection, signal);
      return await compareTexts(account, owner, resource, signal);
    },
  );
  // What the lens says is as old as its look; this one is of now.
  app.drifts.forget();
  const { name, before, after } = texts;
  const sides = [app.planDocuments.show(name, before), app.planDocuments.show(name, after)];
  await commands.executeCommand('vscode.diff', ...sides, `${name}: ${place} ↔ ${owner.host.path}`, { preview: true });
}
