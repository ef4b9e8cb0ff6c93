import {
  defaultTestCase,
  MockCaseTasks,
  MockConfigError,
  mockEntry,
  sampleResult,
  TaskFailure,
  type Json,
  type TaskPort,
  type TaskRequest,
} from '../../../core/interpreter/index.ts';
import { NotHere } from '../tasks/notHere.ts';
import type { MockFile } from './mockFile.ts';

/** What the tasks of one execution run through. */
export interface ExecutionTasksOptions {
  readonly real: TaskPort;
  readonly mocks: MockFile;
  readonly machineName: string;
  /** As the execution was started; undefined answers from the default one. */
  readonly testCase: string | undefined;
}

/**
 * Answers a state from the execution's test case where that has it, without calling anything; else runs it for real.
 * What cannot run here fails with the entry that would answer it. The file is read once, at the first task.
 */
export function createExecutionTasks({ real, mocks, machineName, testCase }: ExecutionTasksOptions): TaskPort {
  let opened: Promise<MockCaseTasks | MockConfigError | undefined> | undefined;
  const open = async (): Promise<MockCaseTasks | MockConfigError | undefined> => {
    try {
      const found = await mocks.find(machineName, testCase);
      return found && new MockCaseTasks(found);
    } catch (error) {
      if (error instanceof MockConfigError) return error;
      throw error;
    }
  };
  return {
    run: async (request) => {
      const mocked = await (opened ??= open());
      if (mocked instanceof MockCaseTasks && mocked.has(request.stateName)) return await mocked.answer(request);
      if (mocked instanceof MockConfigError && testCase !== undefined) throw unusable(mocked);
      try {
        return await real.run(request);
      } catch (error) {
        if (!(error instanceof NotHere)) throw error;
        if (mocked instanceof MockConfigError) throw unusable(mocked);
        throw missing(error, request, {
          file: mocks.name,
          machine: machineName,
          testCase: testCase ?? defaultTestCase,
        });
      }
    },
  };
}

function unusable(error: MockConfigError): TaskFailure {
  return new TaskFailure('Sluice.MockFileInvalid', `The mock file cannot be used. ${error.message}`);
}

interface Place {
  readonly file: string;
  readonly machine: string;
  readonly testCase: string;
}

function missing(error: NotHere, { stateName, target }: TaskRequest, place: Place): TaskFailure {
  const { file, machine, testCase } = place;
  const result: Json = sampleResult(target);
  const entry = mockEntry({ machine, testCase, state: stateName, result });
  return new TaskFailure(
    'Sluice.NotInLocalAccount',
    `${error.message} Add a mocked response for the state '${stateName}' to ${file}, in the format of Step Functions Local:\n${JSON.stringify(entry)}`,
  );
}
