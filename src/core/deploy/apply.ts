import { isAbort, toUserError, UserError } from '../base/userError.ts';
import { deployableName, type Deployable, type ResourceInput } from './deployable.ts';
import type { DeployStep } from './plan.ts';

/** What a deploy asks of an account. Calls reject with UserError. */
export interface DeployPort {
  ensureBucket(bucket: string, signal?: AbortSignal): Promise<void>;
  putObject(location: string, body: Uint8Array, signal?: AbortSignal): Promise<unknown>;
  putJob(input: ResourceInput, signal?: AbortSignal): Promise<unknown>;
  putWorkflow(input: ResourceInput, signal?: AbortSignal): Promise<unknown>;
  putTrigger(input: ResourceInput, signal?: AbortSignal): Promise<unknown>;
  putStateMachine(
    input: {
      readonly name: string;
      readonly definition: string;
      readonly roleArn: string;
      readonly type: 'STANDARD' | 'EXPRESS';
    },
    signal?: AbortSignal,
  ): Promise<unknown>;
}

/** `doing` before a step, `done` after it: what is `done` stays so whatever follows. */
export interface DeployProgress {
  readonly state: 'doing' | 'done';
  readonly step: DeployStep;
  /** Counted from 0. */
  readonly index: number;
  readonly total: number;
}

/**
 * Takes the steps one after the other. A failing step ends it with a UserError that names its file and line; the steps
 * before it are done, and the same plan can be made and taken again.
 */
export async function* applyDeploy(
  steps: readonly DeployStep[],
  port: DeployPort,
  signal?: AbortSignal,
): AsyncGenerator<DeployProgress, void> {
  for (const [index, step] of steps.entries()) {
    const progress = { step, index, total: steps.length };
    yield { state: 'doing', ...progress };
    signal?.throwIfAborted();
    try {
      await take(step, port, signal);
    } catch (thrown) {
      throw isAbort(thrown) ? thrown : withPlace(thrown, step);
    }
    yield { state: 'done', ...progress };
  }
}

/** What a step does, as progress says it. */
export function describeStep(step: DeployStep): string {
  if (step.kind === 'ensureBucket') return `Bucket ${step.bucket}`;
  const name = deployableName(step.item);
  switch (step.item.kind) {
    case 'object':
      return `Uploading ${name}`;
    case 'job':
      return `Job ${name}`;
    case 'workflow':
      return `Workflow ${name}`;
    case 'trigger':
      return `Trigger ${name}`;
    case 'machine':
      return `State machine ${name}`;
  }
}

async function take(step: DeployStep, port: DeployPort, signal: AbortSignal | undefined): Promise<void> {
  if (step.kind === 'ensureBucket') await port.ensureBucket(step.bucket, signal);
  else await put(step.item, port, signal);
}

async function put(item: Deployable, port: DeployPort, signal: AbortSignal | undefined): Promise<unknown> {
  switch (item.kind) {
    case 'object':
      return await port.putObject(item.location, await item.read(), signal);
    case 'job':
      return await port.putJob(item.input, signal);
    case 'workflow':
      return await port.putWorkflow(item.input, signal);
    case 'trigger':
      return await port.putTrigger(item.input, signal);
    case 'machine': {
      const { name, definition, roleArn, type } = item;
      return await port.putStateMachine({ name, definition, roleArn, type }, signal);
    }
  }
}

function withPlace(thrown: unknown, step: DeployStep): UserError {
  const error = toUserError(thrown);
  if (step.kind !== 'put') return error;
  const { file, line } = step.item;
  const what = `${deployableName(step.item)} was not deployed: ${error.message}`;
  return new UserError(error.code, what, error.help, { file, line, ...error.details, cause: thrown });
}
