import type { Exit } from '../dataFlow.ts';
import { runMap } from '../map/map.ts';
import type { Visit } from '../visit.ts';
import { runParallel } from './parallel.ts';
import { runChoice, runFail, runPass, runSucceed, runWait } from './simple.ts';
import { runTask } from './task.ts';

/** How each state type runs. A function throws `StateError` when the state fails. */
export const STATE_TYPES: Readonly<Record<string, (visit: Visit) => Exit | Promise<Exit>>> = {
  Task: runTask,
  Pass: runPass,
  Choice: runChoice,
  Wait: runWait,
  Succeed: runSucceed,
  Fail: runFail,
  Parallel: runParallel,
  Map: runMap,
};
