import type { Exit } from '../dataFlow.ts';
import type { HistoryEventType } from '../history.ts';
import { runMap } from '../map/map.ts';
import { runtimeError } from '../stateError.ts';
import type { Visit } from '../visit.ts';
import { runParallel } from './parallel.ts';
import { runChoice, runFail, runPass, runSucceed, runWait } from './simple.ts';
import { runTask } from './task.ts';

/** How a state of a type runs, and the events of its way in and out. */
export interface StateType {
  readonly name: string;
  /** Throws `StateError` when the state fails. */
  readonly run: (visit: Visit) => Exit | Promise<Exit>;
  readonly entered: HistoryEventType;
  readonly exited: HistoryEventType;
}

const RUNS: Readonly<Record<string, StateType['run']>> = {
  Task: runTask,
  Pass: runPass,
  Choice: runChoice,
  Wait: runWait,
  Succeed: runSucceed,
  Fail: runFail,
  Parallel: runParallel,
  Map: runMap,
};

const STATE_TYPES: ReadonlyMap<string, StateType> = new Map(
  Object.entries(RUNS).map(([type, run]) => [type, stateType(type, run)]),
);

/** What a state's Type says; a type that does not exist is entered, and fails. */
export function stateTypeOf(type: string): StateType {
  return STATE_TYPES.get(type) ?? unknownType(type);
}

function stateType(type: string, run: StateType['run']): StateType {
  return {
    name: type,
    run,
    entered: `${type}StateEntered` as HistoryEventType,
    exited: `${type}StateExited` as HistoryEventType,
  };
}

function unknownType(type: string): StateType {
  return stateType(type, () => {
    throw runtimeError(`The state type '${type}' does not exist.`);
  });
}
