import type { LineProgress, LineResume, MapRunResume, StartExecutionOptions } from './execution.ts';
import type { Json, JsonObject } from './json.ts';
import type { Pace } from './pace.ts';
import type { InterpreterPorts } from './ports.ts';
import type { Payloads } from './payload.ts';
import type { Branch, Recorder, RecordSink } from './recorder.ts';
import type { StopGroup } from './stopGroup.ts';

/** One execution: the run itself, or a child execution of a distributed Map. */
export interface Execution {
  readonly options: StartExecutionOptions;
  readonly ports: InterpreterPorts;
  readonly recorder: Recorder;
  /** Hears the events, of child executions too. */
  readonly sink: RecordSink | undefined;
  readonly payloads: Payloads;
  readonly pace: Pace;
  /** `$$.Execution` and `$$.StateMachine`: made where a state asks for it, few do. */
  readonly context: () => JsonObject;
  readonly executionArn: string;
  readonly type: 'STANDARD' | 'EXPRESS';
  /** `QueryLanguage` of the machine. */
  readonly queryLanguage: string;
  /** Runs a machine, a branch or an item processor to its end and gives its output. */
  readonly runStates: (machine: JsonObject, input: Json, frame: Frame) => Promise<Json>;
}

/** A line of states that run one after another: the trunk, a Parallel branch or a Map iteration. */
export interface Frame extends Branch {
  readonly execution: Execution;
  readonly stop: StopGroup;
  /** Variables of this scope and those around it. */
  variables: Readonly<Record<string, Json>>;
  /** Indices of the Map iterations around this line, outermost first. */
  readonly iteration: readonly number[];
  /** `$$.Map` of the innermost iteration. */
  readonly map?: JsonObject;
  /** It runs beside others, with which it takes turns. */
  readonly isInner: boolean;
  /** The state that was entered and not left yet. */
  open?: OpenState | undefined;
  /** Where a redrive goes on; taken by the first state that runs. */
  resume?: LineResume | undefined;
  /** What a redrive finds inside the state that runs; taken by its first attempt. */
  inner?: ReadonlyMap<number, LineProgress> | undefined;
  /** The Map Run that a redrive goes on with; taken by the first attempt of the distributed Map that runs. */
  mapRun?: MapRunResume | undefined;
}

export interface OpenState {
  readonly name: string;
  readonly type: string;
  /** Lines inside the state, with the index of their iteration if it is a Map. */
  inner: readonly InnerLine[];
}

export interface InnerLine {
  readonly frame: Frame;
  readonly index?: number;
  hasFailed: boolean;
}

/** A line inside another one: own place in the history, own variables, same execution. */
export function innerFrame(
  outer: Frame,
  stop: StopGroup,
  map?: { readonly index: number; readonly context: JsonObject },
): Frame {
  return {
    execution: outer.execution,
    isInner: true,
    stop,
    previousEventId: outer.previousEventId,
    variables: outer.variables,
    iteration: map ? [...outer.iteration, map.index] : outer.iteration,
    ...((map?.context ?? outer.map) && { map: map?.context ?? outer.map }),
  };
}

/** What the branches or iterations of the state that runs had reached before a redrive; only its first attempt counts it. */
export function takeInner(frame: Frame): ReadonlyMap<number, LineProgress> {
  const { inner } = frame;
  frame.inner = undefined;
  return inner ?? new Map<number, LineProgress>();
}

/** The Map Run of the state that runs, as it was before a redrive; only its first attempt goes on with it. */
export function takeMapRun(frame: Frame): MapRunResume | undefined {
  const { mapRun } = frame;
  frame.mapRun = undefined;
  return mapRun;
}

/** A line that goes on where a redrive found it; from its beginning where there is nothing to go on with. */
export function resumed(line: Frame, progress: LineProgress | undefined): Frame {
  if (progress?.kind === 'open') line.resume = progress;
  return line;
}
