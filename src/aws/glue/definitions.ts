import type { CreateJobCommandInput, CreateTriggerCommandInput } from '@aws-sdk/client-glue';
import { UserError } from '../../core/base/userError.ts';
import type { NamedInput, PutResult } from './api.ts';
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
    return await put({
      find: async () => await this.#calls.call('GetJob', { JobName: input.Name }, { signal }),
      create: async () => await this.#calls.call('CreateJob', input as unknown as CreateJobCommandInput, { signal }),
      update: async () =>
        await this.#calls.call('UpdateJob', { JobName: input.Name, JobUpdate: updateOf(input) }, { signal }),
    });
  }

  async putWorkflow(input: NamedInput, signal: AbortSignal | undefined): Promise<PutResult> {
    return await put({
      find: async () => await this.#calls.call('GetWorkflow', { Name: input.Name }, { signal }),
      create: async () => await this.#calls.call('CreateWorkflow', input, { signal }),
      update: async () =>
        await this.#calls.call('UpdateWorkflow', { ...updateOf(input), Name: input.Name }, { signal }),
    });
  }

  async putTrigger(input: NamedInput, signal: AbortSignal | undefined): Promise<PutResult> {
    return await put({
      find: async () => await this.#calls.call('GetTrigger', { Name: input.Name }, { signal }),
      create: async () =>
        await this.#calls.call('CreateTrigger', input as unknown as CreateTriggerCommandInput, { signal }),
      update: async () =>
        await this.#calls.call('UpdateTrigger', { Name: input.Name, TriggerUpdate: updateOf(input) }, { signal }),
    });
  }
}

interface Put {
  readonly find: () => Promise<unknown>;
  readonly create: () => Promise<unknown>;
  readonly update: () => Promise<unknown>;
}

/** Looks first: endpoints that are not AWS take a second creation in silence. */
async function put({ find, create, update }: Put): Promise<PutResult> {
  if (!(await isFound(find))) {
    try {
      await create();
      return 'created';
    } catch (error) {
      // Somebody else created it in between, or an earlier try of ours did whose answer was lost.
      if (!isThere(error)) throw error;
    }
  }
  await update();
  return 'updated';
}

async function isFound(find: () => Promise<unknown>): Promise<boolean> {
  try {
    await find();
    return true;
  } catch (error) {
    // Who may not look may still create and update.
    if (error instanceof UserError && /^(not-found|access-denied|not-supported)$/.test(error.code)) return false;
    throw error;
  }
}

/** AlreadyExistsException; for a job whose definition differs, Glue says IdempotentParameterMismatchException instead. */
function isThere(error: unknown): boolean {
  return /^(AlreadyExists|IdempotentParameterMismatch)/.test(failureOf(error)?.name ?? '');
}

function updateOf(input: NamedInput): Record<string, unknown> {
  return Object.fromEntries(Object.entries(input).filter(([member]) => !createOnly.has(member)));
}
