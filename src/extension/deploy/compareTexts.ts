import type { Account } from '../../aws/account.ts';
import type { StateMachineSummary } from '../../aws/stepFunctions/api.ts';
import { UserError } from '../../core/base/userError.ts';
import { connectionLabel } from '../../core/connections/connection.ts';
import { filledDefinition } from '../../core/deploy/compareDefinition.ts';
import { toJobInput } from '../../core/deploy/jobInput.ts';
import { mergeInput } from '../../core/deploy/mergeInput.ts';
import { mayBeNamed, type HostedResource } from '../../core/workspace/hosted.ts';
import { back, pickOne } from '../prompts/steps.ts';
import { readWorkspaceText } from '../workspace/workspaceFiles.ts';
import type { WorkspaceOwner } from './ownership.ts';

/** Both sides of a comparison. */
export interface ComparedTexts {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/**
 * What is deployed of a template's or program's resource, and what it would be: what the text leaves to the tool is taken as
 * it is deployed, so that only what the text says can differ. Rejects with UserError where nothing is deployed.
 */
export async function compareTexts(
  account: Account,
  { host }: WorkspaceOwner,
  resource: HostedResource,
  signal: AbortSignal,
): Promise<ComparedTexts> {
  if (resource.kind === 'job') {
    const names: string[] = [];
    for await (const page of account.glue.listJobs(signal)) names.push(...page.map(({ name }) => name));
    const name = await choose(account, resource, names);
    const deployed = toJobInput((await account.glue.findJob(name, signal)) ?? {});
    const { input } = mergeInput({ ...resource.input, Name: name }, deployed, undefined);
    return { name: `${name}.json`, before: pretty(deployed), after: pretty(toJobInput(input)) };
  }
  const machines: StateMachineSummary[] = [];
  for await (const page of account.stepFunctions.listStateMachines(signal)) machines.push(...page);
  const name = await choose(
    account,
    resource,
    machines.map((each) => each.name),
  );
  const arn = machines.find((each) => each.name === name)?.arn ?? '';
  const { definition } = await account.stepFunctions.describeStateMachine(arn, signal);
  const before: unknown = JSON.parse(definition);
  const local = resource.definition ?? (await definitionBeside(host.definitions));
  if (!local) {
    throw new UserError(
      'not-supported',
      `The definition of ${name} is put together by the program, so it is not known before the tool runs.`,
      'Let the tool show it: Preview Deployment.',
    );
  }
  return { name: `${name}.asl.json`, before: pretty(before), after: pretty(filledDefinition(local, before)) };
}

async function definitionBeside(
  definitions: WorkspaceOwner['host']['definitions'],
): Promise<Parameters<typeof filledDefinition>[0] | undefined> {
  const [uri] = definitions;
  if (uri === undefined || definitions.length > 1) return undefined;
  const text = await readWorkspaceText(uri);
  const { openDocument } = await import('../../core/asl/index.ts');
  return text === undefined ? undefined : openDocument(text, { fileName: uri.path });
}

/** The deployed thing of a resource's name; where the tool makes up the name, the user says which it is. */
async function choose(
  { connection }: Account,
  { name, address, kind }: HostedResource,
  deployed: readonly string[],
): Promise<string> {
  const fitting = deployed.filter((each) => mayBeNamed(name, each));
  const [only] = fitting;
  if (only !== undefined && fitting.length === 1) return only;
  const place = connectionLabel(connection);
  const what = kind === 'job' ? 'job' : 'state machine';
  const isKnown = name !== undefined && !/[${}#]/.test(name);
  if (deployed.length === 0 || (isKnown && fitting.length === 0)) {
    const called = name ?? address ?? '';
    throw new UserError('not-found', `${place} has no ${what} ${called} yet.`, 'Deploy it, or switch the connection.');
  }
  const chosen = await pickOne<string>({
    at: { title: 'Compare with Deployed', canGoBack: false },
    placeholder: `Which ${what} in ${place} is ${name ?? address ?? 'it'}?`,
    items: (fitting.length > 0 ? fitting : deployed).map((value) => ({ label: value, value })),
  });
  if (chosen === back) throw new UserError('aborted', 'Cancelled.');
  return chosen;
}

function pretty(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
