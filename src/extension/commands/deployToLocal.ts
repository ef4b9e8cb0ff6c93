import { UserError } from '../../core/base/userError.ts';
import type { App } from '../app.ts';
import { deployToLocalAccount } from '../deploy/deployToLocalAccount.ts';
import { showInformation } from '../prompts/notify.ts';

/** Deploys the definitions, job configs, scripts and data files of the workspace to the account on this machine. */
export async function deployToLocal(
  app: Pick<App, 'connections' | 'drifts' | 'files' | 'localFolder' | 'pipelines'>,
): Promise<void> {
  const { deployed, problems } = await deployToLocalAccount(app);
  const [problem] = problems;
  if (problem) {
    const { uri, line, message } = problem;
    const others = problems.length > 1 ? ` ${problems.length - 1} more files have problems.` : '';
    throw new UserError('bad-input', `Not all was deployed. ${message}${others}`, '', { file: uri.fsPath, line });
  }
  if (deployed > 0) await showInformation(`Deployed to Local: ${deployed} ${deployed === 1 ? 'change' : 'changes'}.`);
  else await showInformation('Local has all that the workspace holds.');
}
