import { join } from 'node:path';
import type { Clock } from '../../core/base/clock.ts';
import type { Log } from '../../core/base/log.ts';
import type { Glue } from '../glue/service.ts';
import type { Roles } from '../iam/roles.ts';
import { isMembers, type Input } from '../http/input.ts';
import { JsonService, type Operation } from '../http/jsonService.ts';
import type { Lambda } from '../lambda/lambda.ts';
import type { ObjectStore } from '../s3/objectStore.ts';
import { Collection } from '../state/collection.ts';
import type { StateProblems } from '../state/stateProblems.ts';
import type { Workspace } from '../workspace.ts';
import { Activities, type ActivityRecord } from './activities.ts';
import { aliasOperations } from './aliasOperations.ts';
import { ExecutionEngine } from './executionEngine.ts';
import { executionOperations } from './executionOperations.ts';
import { machineOperations } from './machineOperations.ts';
import { createExecutionTasks } from './mocks/executionTasks.ts';
import { MockFile } from './mocks/mockFile.ts';
import { openSfnState } from './sfnState.ts';
import { objectPortOf } from './tasks/objectPort.ts';
import { tagOperations } from './tagOperations.ts';
import { createTaskPort } from './tasks/taskPort.ts';
import { TaskTokens } from './taskTokens.ts';
import { testStateOperation } from './testStateOperation.ts';
import { versionOperations } from './versionOperations.ts';

export interface StepFunctionsOptions {
  readonly stateFolder: string;
  readonly region: string;
  readonly workspace: Workspace;
  readonly roles: Roles;
  readonly glue: Glue;
  readonly objects: ObjectStore;
  readonly lambda: Lambda;
  readonly logs: JsonService;
  readonly problems: StateProblems;
  readonly clock: Clock;
  readonly log: Log;
}

/** AWS Step Functions: state machines that run here, over the services that are here. */
export class StepFunctions {
  private constructor(
    readonly service: JsonService,
    private readonly engine: ExecutionEngine,
  ) {}

  /** Opens the state and ends what an earlier process left on. */
  static async open(options: StepFunctionsOptions): Promise<StepFunctions> {
    const { clock, log, region, problems } = options;
    const folder = join(options.stateFolder, 'stepFunctions');
    const state = await openSfnState(folder, problems, log);
    const tokens = new TaskTokens();
    const workers = await Collection.open({ folder: join(folder, 'activities'), check: isActivity, problems });
    const activities = new Activities({
      activities: workers,
      tokens,
      clock,
      region,
    });
    const tasks = createTaskPort({ ...options, tokens, activities, nested: () => ({ state, engine, service }) });
    const objects = objectPortOf(options.objects);
    const mocks = new MockFile(options.workspace);
    const engine = new ExecutionEngine({
      state,
      tasksOf: ({ machineName, testCase }) => createExecutionTasks({ real: tasks, mocks, machineName, testCase }),
      objects,
      clock,
      waitScale: () => options.workspace.settings.waitScale,
      log,
    });
    const service = new JsonService({
      name: 'states',
      targetPrefix: 'AWSStepFunctions',
      jsonVersion: '1.0',
      messageMember: 'message',
      validationCode: 'ValidationException',
      operations: {
        ...machineOperations(state, { clock, region, roles: options.roles }),
        ...tagOperations(state, workers),
        ...executionOperations({ state, engine, clock, mocks }),
        ...versionOperations(state, clock),
        ...aliasOperations(state, clock),
        ...activities.operations(),
        ...tokenOperations(tokens),
        TestState: async (input) => await testStateOperation(input, { clock, tasks }),
      },
    });
    await engine.recover();
    return new StepFunctions(service, engine);
  }

  get isBusy(): boolean {
    return this.engine.isBusy;
  }

  async close(): Promise<void> {
    await this.engine.close();
  }
}

const largestOutput = 256 * 1024;

function tokenIn(input: Input): string {
  return input.text('taskToken', { min: 1, max: 2048 });
}

function tokenOperations(tokens: TaskTokens): Readonly<Record<string, Operation>> {
  return {
    SendTaskSuccess: (input) => {
      tokens.succeed(tokenIn(input), input.text('output', { max: largestOutput }));
      return {};
    },
    SendTaskFailure: (input) => {
      const error = input.optionalText('error', { max: 256 });
      tokens.fail(tokenIn(input), error, input.optionalText('cause', { max: 32_768 }));
      return {};
    },
    SendTaskHeartbeat: (input) => {
      tokens.heartbeat(tokenIn(input));
      return {};
    },
  };
}

function isActivity(value: unknown): value is ActivityRecord {
  return (
    isMembers(value) &&
    typeof value['arn'] === 'string' &&
    typeof value['name'] === 'string' &&
    typeof value['createdMs'] === 'number'
  );
}
