import type { Account } from '../../aws/account.ts';
import type { StateMachine } from '../../aws/stepFunctions/api.ts';
import { UserError } from '../../core/base/userError.ts';
import { connectionLabel, type Connection } from '../../core/connections/connection.ts';
import type { DefinitionFile } from '../../core/workspace/definitions.ts';
import type { App } from '../app.ts';
import type { DeployPlan, PlannedCall } from './deployPlan.ts';
import { lateAliases, versionVariants } from './planVersions.ts';
import { stackOf } from './stackOf.ts';

interface MachineRequest {
  readonly file: DefinitionFile;
  readonly report: (message: string) => void;
  /** ARN of the role that a new machine runs as. */
  readonly askRole: (connection: Connection, name: string) => Promise<string>;
  /** What else of the workspace describes it and deploys it, in words: then it is compared, and not updated. */
  readonly ownedBy?: string | undefined;
}

/** Compares a definition of the workspace with the state machine of its name. Rejects where AWS finds it invalid. */
export async function planMachine(
  { log }: Pick<App, 'log'>,
  account: Account,
  { file, report, askRole, ownedBy }: MachineRequest,
  signal: AbortSignal,
): Promise<DeployPlan> {
  const { name } = file;
  const { connection, stepFunctions } = account;
  rejectPlaceholders(file);
  const deployed = await findMachine(account, name, signal);
  const plan = { verb: 'Deploy', connection, name } as const;
  const before = deployed ? pretty(deployed.definition) : '';
  const after = pretty(file.definition);
  if (deployed && before === after && ownedBy === undefined) {
    const [first = { label: 'Deploy', calls: [] }, ...others] = await lateAliases(account, deployed, signal);
    return { ...plan, variants: [first, ...others], notes: [] };
  }
  const type = file.type ?? deployed?.type ?? 'STANDARD';
  report('validating');
  const notes = await validate(account, { ...file, type }, signal);
  const differs = deployed ? `It differs: ${lineChanges(before, after)}.` : 'It is not deployed yet.';
  if (ownedBy !== undefined) {
    const note = `The state machine is described in ${ownedBy}. ${differs}`;
    return { ...plan, variants: [{ label: 'Deploy', calls: [] }], notes: [note, ...notes] };
  }
  const stack = deployed && (await stackOf({ account, kind: 'machine', name, log }, signal));
  if (stack !== undefined) {
    const note = `The state machine belongs to the CloudFormation stack ${stack}, which has to change it. ${differs}`;
    return { ...plan, variants: [{ label: 'Deploy', calls: [] }], notes: [note, ...notes] };
  }
  const roleArn = deployed?.roleArn ?? (await askRole(connection, name));
  const put: PlannedCall = {
    label: `${deployed ? 'Update' : 'Create'} state machine ${name}`,
    action: deployed ? 'states:UpdateStateMachine' : 'states:CreateStateMachine',
    detail: deployed ? lineChanges(before, after) : `new in ${connectionLabel(connection)}, ${type.toLowerCase()}`,
    diff: { name: `${name}.asl.json`, before, after },
    run: async (taskSignal) => {
      if (deployed) await rejectChanged(account, deployed, taskSignal);
      const { change } = await stepFunctions.putStateMachine(
        { name, definition: file.definition, roleArn, type },
        taskSignal,
      );
      return `state machine ${change}`;
    },
  };
  return {
    ...plan,
    variants: [
      { label: 'Deploy', calls: [put] },
      ...(deployed ? await versionVariants(account, { put, deployed }, signal) : []),
    ],
    notes,
  };
}

async function findMachine(account: Account, name: string, signal: AbortSignal): Promise<StateMachine | undefined> {
  for await (const page of account.stepFunctions.listStateMachines(signal)) {
    const found = page.find((machine) => machine.name === name);
    if (found) return await account.stepFunctions.describeStateMachine(found.arn, signal);
  }
  return undefined;
}

/** SAM, CDK and Terraform fill in `${Name}` when they deploy; Step Functions would take it as it stands. */
function rejectPlaceholders({ name, definition }: DefinitionFile): void {
  const [placeholder] = /\$\{[\w.:-]+\}/.exec(definition) ?? [];
  if (placeholder === undefined) return;
  throw new UserError(
    'not-supported',
    `The definition of ${name} has a placeholder (${placeholder}) that a template fills in.`,
    'Deploy it with the tool that owns the template.',
  );
}

async function validate(
  { stepFunctions }: Account,
  { name, definition, type }: DefinitionFile & { readonly type: 'STANDARD' | 'EXPRESS' },
  signal: AbortSignal,
): Promise<readonly string[]> {
  let problems;
  try {
    problems = await stepFunctions.validateDefinition(definition, type, signal);
  } catch (error) {
    if (!(error instanceof UserError && /^(access-denied|not-supported)$/.test(error.code))) throw error;
    return [`The definition was not validated first: ${error.message}`];
  }
  const words = problems.map(({ message, location }) =>
    location === undefined ? message : `${message} (${location})`,
  );
  const [worst] = problems;
  if (worst?.severity === 'ERROR') {
    throw new UserError(
      'bad-input',
      `AWS refuses the definition of ${name}: ${words[0] ?? worst.code}`,
      'Correct it, then deploy.',
    );
  }
  return words;
}

async function rejectChanged({ stepFunctions }: Account, seen: StateMachine, signal: AbortSignal): Promise<void> {
  const now = await stepFunctions.describeStateMachine(seen.arn, signal);
  if (now.definition === seen.definition && now.revisionId === seen.revisionId) return;
  const message = `The state machine ${seen.name} was changed by somebody else since it was compared.`;
  throw new UserError('conflict', message, 'Deploy again to see what differs now.');
}

/** The same text for the same definition, however it is laid out. */
function pretty(definition: string): string {
  try {
    return `${JSON.stringify(JSON.parse(definition), undefined, 2)}\n`;
  } catch {
    return definition;
  }
}

function lineChanges(before: string, after: string): string {
  const [old, fresh] = [new Set(before.split('\n')), new Set(after.split('\n'))];
  const added = [...fresh].filter((line) => !old.has(line)).length;
  const removed = [...old].filter((line) => !fresh.has(line)).length;
  return `definition: ${added} lines added, ${removed} removed`;
}
