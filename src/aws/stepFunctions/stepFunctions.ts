import { UserError } from '../../core/base/userError.ts';
import type { RunSummary } from '../../core/runs/model.ts';
import type { ExecutionDetail, ExecutionPort, HistoryEvent, Page } from '../../core/runs/ports.ts';
import type {
  DefinitionProblem,
  MachineAlias,
  StartExecutionOptions,
  StateMachine,
  StateMachineInput,
  StateMachineSummary,
  StateTest,
  StateTestResult,
  StepFunctionsApi,
  SyncExecutionResult,
} from './api.ts';
import type { PageRequest, Pages } from '../calls/pages.ts';
import type { PutResult } from '../glue/api.ts';
import { ServiceCalls, type CallerContext } from '../calls/caller.ts';
import { defined } from '../defined.ts';
import { failureOf } from '../errors.ts';
import type { stepFunctionsCommands } from '../sdk/stepFunctions.ts';
import { startExecution } from './start.ts';
import { testState } from './testState.ts';
import { token } from './token.ts';
import { MachineVersions } from './versions.ts';
import {
  toExecutionDetail,
  toExecutionSummary,
  toHistoryEvent,
  toStateMachine,
  toStateMachineSummary,
  toSyncResult,
} from './toDomain.ts';

export type StepFunctionsCalls = ServiceCalls<typeof stepFunctionsCommands>;

const machinesPerPage = 200;
/** An Express execution may take five minutes. */
const syncTimeoutMs = 330_000;

export function stepFunctionsCalls(context: CallerContext): StepFunctionsCalls {
  return new ServiceCalls(context, 'states', async () => {
    const { stepFunctionsClient, stepFunctionsCommands } = await import('../sdk/stepFunctions.ts');
    return { client: stepFunctionsClient, commands: stepFunctionsCommands };
  });
}

/** AWS Step Functions over its API, in the words of the domain. */
export class StepFunctions implements StepFunctionsApi, ExecutionPort {
  readonly #calls: StepFunctionsCalls;
  readonly #context: CallerContext;
  /** Types by ARN, as lists and descriptions told them: an Express start must not be repeated. */
  readonly #types = new Map<string, 'STANDARD' | 'EXPRESS'>();

  readonly #versions: MachineVersions;

  constructor(calls: StepFunctionsCalls, context: CallerContext) {
    this.#calls = calls;
    this.#versions = new MachineVersions(calls);
    this.#context = context;
  }

  async *listStateMachines(signal?: AbortSignal): Pages<StateMachineSummary> {
    let nextToken: string | undefined;
    do {
      const page = await this.#calls.call(
        'ListStateMachines',
        { maxResults: machinesPerPage, ...(nextToken ? { nextToken } : {}) },
        { signal },
      );
      nextToken = page.nextToken;
      const machines = (page.stateMachines ?? []).map(toStateMachineSummary);
      for (const { arn, type } of machines) this.#types.set(arn, type);
      yield machines;
    } while (nextToken);
  }

  async describeStateMachine(arn: string, signal?: AbortSignal): Promise<StateMachine> {
    const machine = toStateMachine(
      await this.#calls.call('DescribeStateMachine', { stateMachineArn: arn }, { signal }),
    );
    this.#types.set(arn, machine.type);
    return machine;
  }

  async listExecutions(stateMachineArn: string, page: PageRequest, signal?: AbortSignal): Promise<Page<RunSummary>> {
    const { executions = [], nextToken } = await this.#calls.call(
      'ListExecutions',
      { stateMachineArn, maxResults: Math.min(page.pageSize, 1000), ...defined({ nextToken: page.nextToken }) },
      { signal },
    );
    return {
      items: executions.map((execution) => toExecutionSummary(execution, this.#context.connection.id)),
      ...defined({ nextToken }),
    };
  }

  async startExecution(stateMachineArn: string, options: StartExecutionOptions, signal?: AbortSignal): Promise<string> {
    return await startExecution(
      this.#calls,
      this.#context,
      { stateMachineArn, options, isStandard: async () => await this.#isStandard(stateMachineArn, signal) },
      signal,
    );
  }

  async startSyncExecution(
    stateMachineArn: string,
    options: StartExecutionOptions,
    signal?: AbortSignal,
  ): Promise<SyncExecutionResult> {
    try {
      const result = await this.#calls.call(
        'StartSyncExecution',
        { stateMachineArn, input: options.input, ...defined({ name: options.name }) },
        { signal, isSentOnce: true, timeoutMs: syncTimeoutMs },
      );
      return toSyncResult(result);
    } catch (error) {
      if (!failureOf(error)?.isAmbiguous) throw error;
      throw new UserError(
        'ambiguous-start',
        'The connection was lost while the Express state machine ran; its result is not known.',
        'Look at its logs before you run it again.',
        { cause: error },
      );
    }
  }

  async stopExecution(
    executionArn: string,
    reason: { readonly error?: string; readonly cause?: string },
    signal?: AbortSignal,
  ): Promise<void> {
    await this.#calls.call('StopExecution', { executionArn, ...reason }, { signal });
  }

  async redriveExecution(executionArn: string, signal?: AbortSignal): Promise<void> {
    // The token makes a repeated redrive the same one.
    const clientToken = token(this.#context.random);
    await this.#calls.call('RedriveExecution', { executionArn, clientToken }, { signal });
  }

  async putStateMachine(
    input: StateMachineInput,
    signal?: AbortSignal,
  ): Promise<{ readonly arn: string; readonly change: PutResult }> {
    const { definition, roleArn } = input;
    const existing = await this.#find(input.name, signal);
    if (existing) {
      if (this.#types.get(existing) !== input.type) throw otherType(input.name, input.type);
      await this.#calls.call('UpdateStateMachine', { stateMachineArn: existing, definition, roleArn }, { signal });
      return { arn: existing, change: 'updated' };
    }
    const { stateMachineArn = '' } = await this.#calls.call('CreateStateMachine', { ...input }, { signal });
    this.#types.set(stateMachineArn, input.type);
    return { arn: stateMachineArn, change: 'created' };
  }

  async validateDefinition(
    definition: string,
    type: 'STANDARD' | 'EXPRESS',
    signal?: AbortSignal,
  ): Promise<readonly DefinitionProblem[]> {
    return await this.#versions.validate(definition, type, signal);
  }

  async testState(test: StateTest, signal?: AbortSignal): Promise<StateTestResult> {
    return await testState(this.#calls, test, signal);
  }

  async publishVersion(stateMachineArn: string, signal?: AbortSignal): Promise<string> {
    return await this.#versions.publish(stateMachineArn, signal);
  }

  async listAliases(stateMachineArn: string, signal?: AbortSignal): Promise<readonly MachineAlias[]> {
    return await this.#versions.aliases(stateMachineArn, signal);
  }

  async aliasVersions(aliasArn: string, signal?: AbortSignal): Promise<readonly string[]> {
    return await this.#versions.routes(aliasArn, signal);
  }

  async moveAlias(aliasArn: string, versionArn: string, signal?: AbortSignal): Promise<void> {
    await this.#versions.move(aliasArn, versionArn, signal);
  }

  async tags(arn: string, signal?: AbortSignal): Promise<Readonly<Record<string, string>>> {
    const { tags = [] } = await this.#calls.call('ListTagsForResource', { resourceArn: arn }, { signal });
    return Object.fromEntries(tags.map(({ key = '', value = '' }) => [key, value]));
  }

  async describeExecution(executionArn: string, signal?: AbortSignal): Promise<ExecutionDetail> {
    return toExecutionDetail(await this.#calls.call('DescribeExecution', { executionArn }, { signal }));
  }

  async getExecutionHistory(
    executionArn: string,
    options: { readonly nextToken?: string; readonly pageSize?: number },
    signal?: AbortSignal,
  ): Promise<Page<HistoryEvent>> {
    const { events = [], nextToken } = await this.#calls.call(
      'GetExecutionHistory',
      {
        executionArn,
        maxResults: Math.min(options.pageSize ?? 1000, 1000),
        includeExecutionData: true,
        ...defined({ nextToken: options.nextToken }),
      },
      { signal },
    );
    return { items: events.map(toHistoryEvent), ...defined({ nextToken }) };
  }

  async describeDefinitionOfExecution(executionArn: string, signal?: AbortSignal): Promise<string> {
    const { definition = '' } = await this.#calls.call(
      'DescribeStateMachineForExecution',
      { executionArn },
      { signal },
    );
    return definition;
  }

  async #isStandard(arn: string, signal: AbortSignal | undefined): Promise<boolean> {
    const type = this.#types.get(arn) ?? (await this.describeStateMachine(arn, signal)).type;
    return type === 'STANDARD';
  }

  /** The ARN of the machine of that name in this account; names are unique in account and region. */
  async #find(name: string, signal: AbortSignal | undefined): Promise<string | undefined> {
    for await (const machines of this.listStateMachines(signal)) {
      const found = machines.find((machine) => machine.name === name);
      if (found) return found.arn;
    }
    return undefined;
  }
}

function otherType(name: string, type: 'STANDARD' | 'EXPRESS'): UserError {
  const is = type === 'EXPRESS' ? 'a Standard' : 'an Express';
  return new UserError(
    'bad-input',
    `State machine ${name} exists as ${is} one, and AWS does not change the type of a state machine.`,
    'Give it another name, or delete the one that exists.',
  );
}
