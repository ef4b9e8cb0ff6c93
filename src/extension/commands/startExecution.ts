import { window, workspace } from 'vscode';
import type { App } from '../app.ts';
import { readInputFile } from '../starts/readInputFile.ts';
import { pickInput, type InputChoice } from '../prompts/pickInput.ts';
import { pickMachine } from '../prompts/pickMachine.ts';
import { askText, back, runSteps, type Back, type Step } from '../prompts/steps.ts';
import { activeConnection, machineTargetOf, type MachineTarget } from '../starts/machineTarget.ts';
import { launchExecution, type StartParts } from '../starts/launchExecution.ts';
import { startKey } from '../starts/startHistory.ts';

interface Draft {
  readonly target?: MachineTarget;
  readonly input?: Exclude<InputChoice, { kind: 'name' }>;
  readonly name?: string;
}

/**
 * Starts an execution of a state machine: of a tree row, of a definition file, or of one that is picked. The input is
 * asked for; leaving at any step starts nothing.
 */
export async function startExecution(app: StartParts & Pick<App, 'inputEditors'>, from?: unknown): Promise<void> {
  const given = await machineTargetOf(app, from ?? window.activeTextEditor?.document.uri);
  const title = given ? `Start ${given.name}` : 'Start Execution';
  const draft = await runSteps<Draft>(title, given ? { target: given } : {}, [
    async (known, at) => {
      if (known.target) return known;
      const account = await app.connections.account(activeConnection(app.connections));
      const target = await pickMachine(at, account, await app.startHistory.recent());
      return target === back ? back : { target };
    },
    inputStep(app),
  ]);
  const { target, input, name } = draft;
  if (!target || !input) return;
  if (input.kind === 'editor') {
    const document = await workspace.openTextDocument({ language: 'json', content: seedText(input.seed) });
    app.inputEditors.add(document, target, name);
    await window.showTextDocument(document, { preview: false });
    return;
  }
  const text = input.kind === 'file' ? await readInputFile(input.file) : input.text;
  await launchExecution(app, { target, input: text, ...(name === undefined ? {} : { name }) });
}

function inputStep(app: StartParts): Step<Draft> {
  return async (known, at) => {
    const { target } = known;
    if (!target) return known;
    const last = await app.startHistory.last(startKey(target.connection.id, 'execution', target.name));
    let { name } = known;
    for (;;) {
      const input = await pickInput(at, target.file, last);
      if (input === back) return back;
      if (input.kind !== 'name') return { target, input, ...(name === undefined ? {} : { name }) };
      const named = await askName(at.title, name);
      if (named !== back) name = named === '' ? undefined : named;
    }
  };
}

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html */
async function askName(title: string, value: string | undefined): Promise<string | Back> {
  return await askText({
    at: { title, canGoBack: true },
    prompt: 'Name of the execution. A name can be used again after 90 days; empty makes one up.',
    ...(value === undefined ? {} : { value }),
    problemOf: (text) => {
      if (text.length > 80) return 'A name has at most 80 characters.';
      return /^[\w-]*$/.test(text) ? undefined : 'A name has only letters, digits, - and _.';
    },
  });
}

function seedText(seed: string): string {
  try {
    return `${JSON.stringify(JSON.parse(seed), undefined, 2)}\n`;
  } catch {
    return seed;
  }
}
