import { Uri, window, workspace } from 'vscode';
import { UserError } from '../../core/base/userError.ts';
import { connectionLabel } from '../../core/connections/connection.ts';
import type { App } from '../app.ts';
import { showInformation, showWarning } from '../prompts/notify.ts';
import { pickDefinition } from '../prompts/pickDefinition.ts';
import { withProgress } from '../prompts/progress.ts';
import { activeConnection } from '../starts/machineTarget.ts';

/** Asks AWS whether it would take a definition: of the document given, or the one in front. Keeps nothing there. */
export async function validateOnAws(
  app: Pick<App, 'connections' | 'awsFindings' | 'stages'>,
  from?: unknown,
): Promise<void> {
  const connection = activeConnection(app.connections);
  if (connection.kind === 'local') {
    const help = 'Switch to a connection of an AWS profile and try again.';
    throw new UserError('not-supported', 'Local is no AWS: it checks as the editor does.', help);
  }
  const document = from instanceof Uri ? await workspace.openTextDocument(from) : window.activeTextEditor?.document;
  if (!document) throw new UserError('bad-input', 'No definition is open.', 'Open a state machine definition first.');
  const picked = await pickDefinition('Validate on AWS', { document, editor: window.activeTextEditor });
  if (!picked) return;
  const { definition } = picked;
  const { placeDiagnostics, toSentDefinition } = await import('../../core/asl/awsValidation.ts');
  const { readActiveStage } = await import('../stages/readStages.ts');
  const stage = await readActiveStage(app.stages);
  const { version } = document;
  const diagnostics = await withProgress(`Validating on ${connectionLabel(connection)}`, async (signal) => {
    const account = await app.connections.account(connection, signal);
    const type = definition.machine?.type ?? 'STANDARD';
    return await account.stepFunctions.validateDefinition(toSentDefinition(definition, stage?.values), type, signal);
  });
  // What was typed meanwhile moved the places.
  if (document.version === version) app.awsFindings.show(document, placeDiagnostics(definition, diagnostics));
  const warnings = diagnostics.filter(({ severity }) => severity === 'WARNING').length;
  const errors = diagnostics.length - warnings;
  if (errors > 0) {
    await showWarning(`AWS refuses this definition: ${count(errors, 'error')}. The Problems view has them.`);
  } else if (warnings > 0) {
    await showInformation(`AWS accepts this definition, with ${count(warnings, 'warning')} in the Problems view.`);
  } else await showInformation('AWS accepts this definition.');
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
