import type { HistoryDetail, HistoryEventDetails, HistoryEventType } from '../history.ts';
import type { Json, JsonObject } from '../json.ts';
import { Payload } from '../payload.ts';
import type { TaskTarget } from '../ports.ts';
import type { EventContent } from '../recorder.ts';
import type { Visit } from '../visit.ts';
import type { TaskLimits } from './limits.ts';

const TYPES = { lambda: typesOf('LambdaFunction'), activity: typesOf('Activity'), service: typesOf('Task') };

/** The types of the events of an attempt, by what happened. */
function typesOf(prefix: string) {
  const type = (what: string) => `${prefix}${what}` as HistoryEventType;
  return {
    scheduled: type('Scheduled'),
    started: type('Started'),
    submitted: type('Submitted'),
    succeeded: type('Succeeded'),
    failed: type('Failed'),
    timedOut: type('TimedOut'),
  };
}

const NO_DETAILS: HistoryEventDetails = {};

/** Records the events of one task attempt: LambdaFunction…, Activity… or Task…, by what the Resource names. */
export class TaskEvents {
  #isStarted = false;

  readonly #types: ReturnType<typeof typesOf>;

  constructor(
    private readonly visit: Visit,
    private readonly target: TaskTarget,
  ) {
    this.#types = TYPES[target.kind];
  }

  /** How AWS's messages call the task: the function, the activity or the service. */
  get label(): string {
    switch (this.target.kind) {
      case 'lambda':
        return this.target.functionArn;
      case 'activity':
        return this.target.activityArn;
      case 'service':
        return this.target.resourceType;
    }
  }

  scheduled(payload: Payload, limits: TaskLimits, credentials: JsonObject | undefined): void {
    const { target } = this;
    const stateName = this.visit.name;
    const details: Record<string, HistoryDetail> =
      target.kind === 'service' ? { ...this.#resource(), region: this.#region() } : { resource: this.label };
    const { timeoutSeconds, heartbeatSeconds } = limits;
    if (timeoutSeconds !== undefined) details['timeoutInSeconds'] = timeoutSeconds;
    if (heartbeatSeconds !== undefined && target.kind !== 'lambda') details['heartbeatInSeconds'] = heartbeatSeconds;
    const roleArn = credentials?.['RoleArn'];
    if (typeof roleArn === 'string') details['taskCredentials'] = { roleArn };
    if (target.kind === 'service') this.#record(this.#types.scheduled, { stateName, details, parameters: payload });
    else this.#record(this.#types.scheduled, { stateName, details, input: payload });
    if (target.kind !== 'activity') this.started();
  }

  started(workerName?: string): void {
    if (this.#isStarted) return;
    this.#isStarted = true;
    const details =
      this.target.kind === 'lambda'
        ? undefined
        : { ...this.#resource(), ...(workerName !== undefined && { workerName }) };
    this.#record(this.#types.started, { stateName: this.visit.name, details });
  }

  submitted(output: Json): void {
    if (this.target.kind !== 'service') return;
    this.#record(this.#types.submitted, {
      stateName: this.visit.name,
      details: this.#resource(),
      output: new Payload(output),
    });
  }

  succeeded(output: Payload): void {
    this.#record(this.#types.succeeded, { stateName: this.visit.name, details: this.#resource(), output });
  }

  failed(problem: HistoryEventDetails): void {
    this.#record(this.#types.failed, { stateName: this.visit.name, details: { ...this.#resource(), ...problem } });
  }

  timedOut(problem: HistoryEventDetails): void {
    this.#record(this.#types.timedOut, { stateName: this.visit.name, details: { ...this.#resource(), ...problem } });
  }

  #resource(): HistoryEventDetails {
    if (this.target.kind !== 'service') return NO_DETAILS;
    const { resourceType, action, pattern } = this.target;
    return { resourceType, resource: pattern === 'request' ? action : `${action}.${pattern}` };
  }

  #region(): string {
    return this.visit.frame.execution.options.identity.stateMachineArn.split(':')[3] ?? '';
  }

  #record(type: HistoryEventType, content: EventContent): void {
    const { frame } = this.visit;
    frame.execution.recorder.record(frame, type, content);
  }
}
