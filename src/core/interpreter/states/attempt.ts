import type { InterpreterPorts, TaskRequest, TaskTarget } from '../ports.ts';
import type { Json, JsonObject } from '../json.ts';
import { StateError, Stopped } from '../stateError.ts';
import { StopGroup } from '../stopGroup.ts';
import type { Visit } from '../visit.ts';
import type { TaskLimits } from './limits.ts';
import type { TaskEvents } from './taskEvents.ts';

/** What a Task state asks for, its fields evaluated. */
export interface TaskCall {
  readonly resource: string;
  readonly target: TaskTarget;
  readonly parameters: Json;
  readonly limits: TaskLimits;
  readonly credentials: JsonObject | undefined;
}

/** One attempt of a task: the request that its port gets, and the time limits around the port's work. */
export class Attempt implements TaskRequest {
  readonly retryCount: number;
  #control: StopGroup | undefined;
  #beat: StopGroup | undefined;
  #onLimit: ((error: StateError) => void) | undefined;

  constructor(
    private readonly visit: Visit,
    private readonly call: TaskCall,
    private readonly events: TaskEvents,
  ) {
    this.retryCount = visit.retryCount;
  }

  get resource(): string {
    return this.call.resource;
  }

  get target(): TaskTarget {
    return this.call.target;
  }

  get parameters(): Json {
    return this.call.parameters;
  }

  get credentials(): JsonObject | undefined {
    return this.call.credentials;
  }

  get timeoutSeconds(): number | undefined {
    return this.call.limits.timeoutSeconds;
  }

  get heartbeatSeconds(): number | undefined {
    return this.call.limits.heartbeatSeconds;
  }

  get taskToken(): string | undefined {
    return this.visit.taskToken;
  }

  get executionArn(): string {
    return this.visit.frame.execution.executionArn;
  }

  get stateName(): string {
    return this.visit.name;
  }

  get iteration(): readonly number[] {
    return this.visit.frame.iteration;
  }

  get context(): JsonObject {
    return this.visit.context();
  }

  get signal(): AbortSignal {
    return (this.#control ??= new StopGroup()).signal;
  }

  started(workerName?: string): void {
    this.events.started(workerName);
  }

  submitted(output: Json): void {
    this.events.submitted(output);
  }

  heartbeat(): void {
    this.#beat?.stop();
    if (this.heartbeatSeconds === undefined || !this.#onLimit) return;
    this.#beat = new StopGroup();
    this.#limit(this.heartbeatSeconds, this.#beat, 'States.HeartbeatTimeout');
  }

  /**
   * Runs it. Fails as the port does, with `States.Timeout` when a limit passes, with `Stopped` when the line of states
   * stops; in both latter cases the port's own signal is aborted first.
   */
  run(ports: InterpreterPorts): Json | Promise<Json> {
    const { stop } = this.visit.frame;
    if (stop.isStopped) throw new Stopped('The task was stopped.');
    const output = ports.tasks.run(this);
    return output instanceof Promise ? this.#within(output, stop) : output;
  }

  async #within(running: Promise<Json>, outer: StopGroup): Promise<Json> {
    return await new Promise<Json>((resolve, reject) => {
      const settle = (finish: () => void): void => {
        this.#onLimit = undefined;
        forget();
        finish();
        this.#beat?.stop();
        this.#control?.stop();
      };
      const forget = outer.onStop(() => settle(() => reject(new Stopped('The task was stopped.'))));
      this.#onLimit = (error) => settle(() => reject(error));
      if (this.timeoutSeconds !== undefined) this.#limit(this.timeoutSeconds, (this.#control ??= new StopGroup()));
      this.heartbeat();
      running.then(
        (output) => settle(() => resolve(output)),
        (error: unknown) => settle(() => reject(error instanceof Error ? error : new Error(String(error)))),
      );
    });
  }

  #limit(seconds: number, until: StopGroup, alias?: string): void {
    const { ports } = this.visit.frame.execution;
    const { signal } = until;
    const passing = ports.deadline?.(seconds * 1000, signal) ?? ports.clock.sleep(seconds * 1000, signal);
    const error = new StateError('States.Timeout', undefined, {
      isTask: true,
      ...(alias !== undefined && { alias }),
    });
    passing.then(
      () => this.#onLimit?.(error),
      () => undefined,
    );
  }
}
