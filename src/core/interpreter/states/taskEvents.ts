import type { HistoryEventDetails, HistoryEventType } from '../history.ts';
import type { Json } from '../json.ts';
import type { TaskTarget } from '../ports.ts';
import type { Payload } from '../recorder.ts';
import type { Visit } from '../visit.ts';

interface ScheduledExtras {
  readonly timeoutSeconds?: number;
  readonly heartbeatSeconds?: number;
  readonly taskCredentials?: { readonly roleArn: string };
}

/** Records the events of one task attempt: LambdaFunction…, Activity… or Task…, by what the Resource names. */
export class TaskEvents {
  #isStarted = false;

  constructor(
    private readonly visit: Visit,
    private readonly target: TaskTarget,
  ) {}

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

  scheduled(parameters: Omit<Payload, 'name'>, extras: ScheduledExtras & HistoryEventDetails): void {
    const { timeoutSeconds, heartbeatSeconds, taskCredentials } = extras;
    const limits = {
      ...(timeoutSeconds !== undefined && { timeoutInSeconds: timeoutSeconds }),
      ...(heartbeatSeconds !== undefined && this.target.kind !== 'lambda' && { heartbeatInSeconds: heartbeatSeconds }),
      ...(taskCredentials && { taskCredentials }),
    };
    if (this.target.kind === 'service') {
      const region = this.visit.frame.execution.options.identity.stateMachineArn.split(':')[3] ?? '';
      this.#record('Scheduled', { ...this.#resource(), region, parameters: parameters.text, ...limits });
    } else {
      this.#record('Scheduled', { resource: this.label, ...limits }, { name: 'input', ...parameters });
    }
    if (this.target.kind !== 'activity') this.started();
  }

  started(workerName?: string): void {
    if (this.#isStarted) return;
    this.#isStarted = true;
    if (this.target.kind === 'lambda') this.#record('Started');
    else this.#record('Started', { ...this.#resource(), ...(workerName !== undefined && { workerName }) });
  }

  submitted(output: Json): void {
    if (this.target.kind === 'service')
      this.#record('Submitted', this.#resource(), { name: 'output', value: output, text: JSON.stringify(output) });
  }

  succeeded(output: Payload): void {
    this.#record('Succeeded', this.#resource(), output);
  }

  failed(problem: HistoryEventDetails): void {
    this.#record('Failed', { ...this.#resource(), ...problem });
  }

  timedOut(problem: HistoryEventDetails): void {
    this.#record('TimedOut', { ...this.#resource(), ...problem });
  }

  #resource(): HistoryEventDetails {
    if (this.target.kind !== 'service') return {};
    const { resourceType, action, pattern } = this.target;
    return { resourceType, resource: pattern === 'request' ? action : `${action}.${pattern}` };
  }

  #record(what: string, content?: HistoryEventDetails, payload?: Payload): void {
    const { frame, name } = this.visit;
    const prefix = { lambda: 'LambdaFunction', activity: 'Activity', service: 'Task' }[this.target.kind];
    const details = { lambda: 'lambdaFunction', activity: 'activity', service: 'task' }[this.target.kind];
    frame.execution.recorder.record(frame, `${prefix}${what}` as HistoryEventType, {
      stateName: name,
      ...(content && { details: [`${details}${what}`, content] }),
      payload,
    });
  }
}
