/**
 * Runs Amazon States Language definitions without an account. `startExecution` (type `StartExecution`) runs one for an
 * endpoint that keeps histories; tasks, S3, time and chance come through `InterpreterPorts`.
 */
export type {
  ExecutionIdentity,
  ExecutionResult,
  ExecutionStatus,
  MapRunCounts,
  MapRunSnapshot,
  RunningExecution,
  StartExecution,
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
export { TaskFailure, TaskTimeout, TaskUnavailable } from './taskFailure.ts';
