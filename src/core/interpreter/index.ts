/**
 * Runs Amazon States Language definitions without an account. `startExecution` runs one for an endpoint that
 * keeps histories; tasks, S3, time and chance come through `InterpreterPorts`. `execute` runs one with mocks, without waiting.
 */
export type {
  ChildBefore,
  ChildPlace,
  ExecutionIdentity,
  ExecutionResult,
  ExecutionStatus,
  MapRunCounts,
  MapRunSnapshot,
  ResumePoint,
  RunningExecution,
  StartExecutionOptions,
} from './execution.ts';
export type {
  EventOrigin,
  HistoryDetail,
  HistoryEvent,
  HistoryEventDetails,
  HistoryEventType,
  HistorySink,
} from './history.ts';
export type { Json, JsonObject } from './json.ts';
export type {
  HashAlgorithm,
  InterpreterPorts,
  ListedObject,
  ObjectAddress,
  ObjectPort,
  TaskPattern,
  TaskPort,
  TaskRequest,
  TaskTarget,
} from './ports.ts';
export { resumePoint } from './redrive/resumePoint.ts';
export { startExecution } from './startExecution.ts';
export { execute, type ExecutedEvent, type ExecuteOptions, type ExecuteResult } from './mocked/execute.ts';
export type { TaskMock, TaskMocks } from './mocked/mockedTasks.ts';
export { TaskFailure, TaskTimeout, TaskUnavailable } from './taskFailure.ts';
export { testState, type TestStatePorts, type TestStateResult } from './testState/testState.ts';
export type { StateConfiguration, StateMock, TestStateCall } from './testState/call.ts';
export { TestStateError } from './testState/testStateError.ts';
export { MockCaseTasks } from './mocked/mockCaseTasks.ts';
export { MockConfig, MockConfigError, type MockCase } from './mocked/mockConfig.ts';
export { addMockEntry, defaultTestCase, mockEntry, mockEntryIn } from './mocked/mockEntry.ts';
export { parseTarget } from './states/taskTarget.ts';
export { sampleResult } from './testState/sampleResult.ts';
