import type { CreateJobCommandInput, CreateTriggerCommandInput } from '@aws-sdk/client-glue';
import type { NamedInput, PutResult } from '../account.ts';
import { failureOf } from '../errors.ts';
import type { GlueCalls } from './glue.ts';

/** Members of a create call that its update call does not have. */
const createOnly = new Set(['Name', 'Tags', 'Type', 'WorkflowName', 'StartOnCreation']);

/**
 * Creates Glue resources, or replaces what is there. A repeated call does no harm: the second finds the first's work. The
 * members come from a config that was checked against the API's model; Glue checks them again.
 */
export class GlueDefinitions {
  readonly #calls: GlueCalls;

  constructor(calls: GlueCalls) {
    this.#calls = calls;
  }

  async putJob(input: NamedInput, signal: AbortSignal | undefined): Promise<PutResult> {
    return await createOrUpdate(
      async () => await this.#calls.call('CreateJob', input as unknown as CreateJobCommandInput, { signal }),
      async () => await this.#calls.call('UpdateJob', { JobName: input.Name, JobUpdate: updateOf(input) }, { signal }),
    );
  }

  async putWorkflow(input: NamedInput, signal: AbortSignal | undefined): Promise<PutResult> {
    return await createOrUpdate(
      async () => await this.#calls.call('CreateWorkflow', input, { signal }),
      async () => await this.#calls.call('UpdateWorkflow', { ...updateOf(input), Name: input.Name }, { signal }),
    );
  }

  async putTrigger(input: NamedInput, signal: AbortSignal | undefined): Promise<PutResult> {
    return await createOrUpdate(
      async () => await this.#calls.call('CreateTrigger', input as unknown as CreateTriggerCommandInput, { signal }),
      async () =>
        await this.#calls.call('UpdateTrigger', { Name: input.Name, TriggerUpdate: updateOf(input) }, { signal }),
    );
  }
}

async function createOrUpdate(create: () => Promise<unknown>, update: () => Promise<unknown>): Promise<PutResult> {
  try {
    await create();
    return 'created';
  } catch (error) {
    if (!isThere(error)) throw error;
  }
  await update();
  return 'updated';
}

/** AlreadyExistsException; for a job whose definition differs, Glue says IdempotentParameterMismatchException instead. */
function isThere(error: unknown): boolean {
  return /^(AlreadyExists|IdempotentParameterMismatch)/.test(failureOf(error)?.name ?? '');
}

function updateOf(input: NamedInput): Record<string, unknown> {
  return Object.fromEntries(Object.entries(input).filter(([member]) => !createOnly.has(member)));
}
