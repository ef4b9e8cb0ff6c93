import { commands, QuickPickItemKind } from 'vscode';
import { UserError } from '../../core/base/userError.ts';
import { connectionLabel } from '../../core/connections/connection.ts';
import type { App } from '../app.ts';
import { confirmPlace } from '../stages/confirmPlace.ts';
import { showInformation, showWarning } from '../prompts/notify.ts';
import { withProgress } from '../prompts/progress.ts';
import { back, pickOne, type Choice } from '../prompts/steps.ts';
import { applyCalls } from './applyCalls.ts';
import type { DeployPlan, PlannedCall, PlanVariant } from './deployPlan.ts';

type Parts = Pick<App, 'connections' | 'drifts' | 'pipelines' | 'planDocuments' | 'stages'>;
type Answer =
  { readonly kind: 'go'; readonly variant: PlanVariant } | { readonly kind: 'look'; readonly call?: PlannedCall };

/**
 * Shows what a plan would call, with the differences behind each call, and does it once the user says so; on a protected
 * connection after its name is typed. A failure on the way says what is done. Rejects with UserError, `aborted` where the
 * user leaves.
 */
export async function carryOut(parts: Parts, plan: DeployPlan): Promise<void> {
  const { connection, name, verb, variants, notes } = plan;
  const place = connectionLabel(connection);
  if (variants[0].calls.length === 0) {
    if (notes.length > 0) await showWarning(`Nothing to send to ${place}. ${notes.join(' ')}`);
    else await showInformation(`${name} in ${place} is as in the workspace.`);
    return;
  }
  const variant = await review(parts, plan);
  const action = { verb, name };
  await confirmPlace(connection, action, parts);
  const title = `${verb === 'Upload' ? 'Uploading' : 'Deploying'} ${name} to ${place}`;
  let done: readonly string[];
  try {
    done = await withProgress(title, async (signal, report) => await applyCalls(variant.calls, signal, report));
  } finally {
    // Also after half of it; and before the message, which stands until somebody closes it.
    parts.drifts.forget();
    parts.pipelines.renew([connection]);
  }
  await showInformation(`${name} in ${place}: ${done.join(', ')}.`);
}

async function review(
  { planDocuments }: Parts,
  { connection, name, verb, variants, notes }: DeployPlan,
): Promise<PlanVariant> {
  const place = connectionLabel(connection);
  const [{ calls }] = variants;
  for (;;) {
    const items: Choice<Answer>[] = [
      ...variants.map((variant): Choice<Answer> => ({
        label: `$(cloud-upload) ${variant.label}`,
        description: `${variant.calls.length} ${variant.calls.length === 1 ? 'call' : 'calls'} in ${place}`,
        value: { kind: 'go', variant },
      })),
      { label: 'what is called (Enter shows the difference)', kind: QuickPickItemKind.Separator },
      ...calls.map((call): Choice<Answer> => ({
        label: `$(${call.diff ? 'diff' : 'file-zip'}) ${call.label}`,
        description: call.action,
        detail: call.detail,
        value: { kind: 'look', call },
      })),
      ...notes.map((note): Choice<Answer> => ({ label: `$(info) ${note}`, value: { kind: 'look' } })),
    ];
    const answer = await pickOne<Answer>({
      at: { title: `${verb} ${name} to ${place}`, canGoBack: false },
      placeholder: 'Nothing is changed before you choose.',
      items,
      ignoreFocusOut: true,
    });
    if (answer === back) throw new UserError('aborted', 'Cancelled.');
    if (answer.kind === 'go') return answer.variant;
    const diff = answer.call?.diff;
    if (!diff) continue;
    const [before, after] = [planDocuments.show(diff.name, diff.before), planDocuments.show(diff.name, diff.after)];
    const title = `${diff.name}: ${place} ↔ workspace`;
    await commands.executeCommand('vscode.diff', before, after, title, { preserveFocus: true, preview: true });
  }
}
