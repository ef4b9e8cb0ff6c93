import type { RunKey } from './model.ts';

/** What a user calls that which runs: the state machine's, job's or workflow's name, or the script's file name. */
export function runTitle(key: RunKey): string {
  const { kind, resource, id } = key;
  if (kind === 'execution') return lastPart(resource, ':') || machineOfExecution(id) || id;
  if (kind === 'localRun') return lastPart(resource.replaceAll('\\', '/'), '/');
  return resource;
}

/** Name of the state machine in an execution's ARN (`…:execution:<machine>:<name>`, `…:express:<machine>:…`). */
export function machineOfExecution(executionArn: string): string | undefined {
  return /^arn:[^:]+:states:[^:]*:[^:]*:(?:execution|express):([^:]+)/.exec(executionArn)?.[1];
}

/** Whether an ARN is of an execution of an Express state machine: its result is in the answer of its start alone. */
export function isExpressExecution(executionArn: string): boolean {
  return /^arn:[^:]+:states:[^:]*:[^:]*:express:/.test(executionArn);
}

/** ARN of the state machine that an execution's ARN belongs to, without alias or version. */
export function machineArnOfExecution(executionArn: string): string | undefined {
  const match = /^(arn:[^:]+:states:[^:]*:[^:]*):(?:execution|express):([^:]+)/.exec(executionArn);
  return match ? `${match[1] ?? ''}:stateMachine:${match[2] ?? ''}` : undefined;
}

function lastPart(text: string, separator: string): string {
  return text.slice(text.lastIndexOf(separator) + 1);
}
