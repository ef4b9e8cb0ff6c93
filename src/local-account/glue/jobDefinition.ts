import { Input, type Members } from '../http/input.ts';
import { invalidInput } from './errors.ts';

export type JobKind = 'glueetl' | 'gluestreaming' | 'pythonshell' | 'glueray';

const kinds: readonly JobKind[] = ['glueetl', 'gluestreaming', 'pythonshell', 'glueray'];

/** Members that only replies have; the service refuses them, and so does a call that sends a saved reply back. */
const replyOnly = ['CreatedOn', 'LastModifiedOn', 'ProfileName', 'AutoUpgradeMetadata'];

/** Checks the members of a create or update call as the service does, and adds what it fills in. */
export function jobDefinitionOf(input: Input): Members {
  const command = input.object('Command');
  const kind = kindOf(command);
  command.optionalText('ScriptLocation', { max: 400_000 });
  command.optionalText('PythonVersion', { pattern: /^([2-3]|3[.]9)$/ });
  input.text('Role');
  input.optionalText('Description', { max: 2048 });
  input.optionalText('GlueVersion', { min: 1, max: 255, pattern: /^(?:(?:\w+\.)+\w+|auto)$/ });
  for (const name of replyOnly) {
    if (input.has(name)) throw invalidInput(`Unknown parameter in input: "${name}"; a reply's member cannot be sent.`);
  }
  const capacity = input.optionalNumber('MaxCapacity');
  if (capacity !== undefined && (input.has('WorkerType') || input.has('NumberOfWorkers'))) {
    throw invalidInput('Please do not set Max Capacity if using Worker Type and Number of Workers.');
  }
  if (kind === 'pythonshell') checkPythonShell(input, capacity);
  const timeout = input.optionalInteger('Timeout', { min: 1, max: 10_080 });
  const maxRetries = input.optionalInteger('MaxRetries', { min: 0, max: 10 }) ?? 0;
  const concurrency = input.optionalObject('ExecutionProperty')?.optionalInteger('MaxConcurrentRuns', { min: 1 }) ?? 1;
  input.optionalTextMap('DefaultArguments');
  input.optionalTextMap('NonOverridableArguments');
  const members = Object.fromEntries(
    Object.entries(input.members).filter(([name]) => !['Name', 'Tags', 'JobName'].includes(name)),
  );
  return {
    JobMode: 'SCRIPT',
    ...members,
    ExecutionProperty: { MaxConcurrentRuns: concurrency },
    MaxRetries: maxRetries,
    Timeout: timeout ?? defaultTimeout(input),
    ...(kind === 'pythonshell' && { MaxCapacity: capacity ?? 0.0625 }),
  };
}

/** What kind of job a definition that was checked before is of. */
export function kindOfDefinition(definition: Members): JobKind {
  return kindOf(new Input(definition).object('Command'));
}

function kindOf(command: Input): JobKind {
  const name = command.text('Name');
  const kind = kinds.find((candidate) => candidate === name);
  if (!kind) throw invalidInput(`Command name '${name}' is not valid: use one of ${kinds.join(', ')}.`);
  return kind;
}

function checkPythonShell(input: Input, capacity: number | undefined): void {
  if (input.has('WorkerType') || input.has('NumberOfWorkers')) {
    throw invalidInput('Worker Type and Number of Workers are not supported for Python shell jobs.');
  }
  if (capacity !== undefined && capacity !== 0.0625 && capacity !== 1) {
    throw invalidInput('Max Capacity for a Python shell job must be 0.0625 or 1.');
  }
}

/** Minutes: two days up to Glue 4.0, eight hours from 5.0. */
function defaultTimeout(input: Input): number {
  const version = Number.parseFloat(input.optionalText('GlueVersion') ?? '');
  return version >= 5 ? 480 : 2880;
}
