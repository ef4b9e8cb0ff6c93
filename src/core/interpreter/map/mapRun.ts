import type { ExecutionResult, MapRunCounts, MapRunResume, MapRunSnapshot } from '../execution.ts';
import type { Visit } from '../visit.ts';
import { textField } from '../fields.ts';
import { StateError } from '../stateError.ts';
import type { Tolerance } from './settings.ts';

type Kind = 'succeeded' | 'failed' | 'timedOut' | 'aborted';
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const KINDS: Readonly<Record<ExecutionResult['status'], Kind>> = {
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  TIMED_OUT: 'timedOut',
  ABORTED: 'aborted',
};

const NO_COUNTS: MapRunCounts = {
  pending: 0,
  running: 0,
  succeeded: 0,
  failed: 0,
  timedOut: 0,
  aborted: 0,
  total: 0,
  resultsWritten: 0,
};

/** Keeps the books of one Map Run: what runs, what failed, and when that is too much. */
export class MapRun {
  readonly arn: string;
  /** ARN part and name that the children share: `<machine>/<label>`. */
  readonly label: string;
  /** What the children give as their machine. */
  readonly childMachineArn: string;
  readonly #startDate: number;
  readonly #beganAt: number;
  readonly #items: Mutable<MapRunCounts> = { ...NO_COUNTS };
  readonly #executions: Mutable<MapRunCounts> = { ...NO_COUNTS };

  constructor(
    private readonly visit: Visit,
    private readonly settings: {
      readonly tolerance: Tolerance;
      readonly concurrency: number;
      readonly knownItems?: number;
      /** The Map Run that a redrive goes on with. */
      readonly before?: MapRunResume;
    },
  ) {
    const { identity, ports } = visit.frame.execution.options;
    const [, partition = 'aws', , region = '', account = ''] = identity.stateMachineArn.split(':');
    const label = textField(visit.state, 'Label') ?? visit.name;
    this.label = `${identity.stateMachineName}/${label}`;
    this.childMachineArn = `${identity.stateMachineArn}/${label}`;
    this.arn =
      settings.before?.arn ?? `arn:${partition}:states:${region}:${account}:mapRun:${this.label}:${ports.uuid()}`;
    this.#beganAt = ports.clock.now();
    this.#startDate = settings.before?.startedAt ?? this.#beganAt;
    if (settings.knownItems !== undefined) this.#items.total = this.#items.pending = settings.knownItems;
  }

  childStarted(items: number): void {
    if (this.settings.knownItems === undefined) this.#items.total += items;
    else this.#items.pending -= items;
    this.#items.running += items;
    this.#executions.total++;
    this.#executions.running++;
    this.report('RUNNING');
  }

  childEnded(items: number, status: ExecutionResult['status']): void {
    this.#items.running -= items;
    this.#items[KINDS[status]] += items;
    this.#executions.running--;
    this.#executions[KINDS[status]]++;
    this.report('RUNNING');
  }

  resultWritten(items: number): void {
    this.#items.resultsWritten += items;
    this.#executions.resultsWritten++;
  }

  /** The failure of the Map when more items failed than it tolerates. `isComplete`: no item is still to come. */
  excess(isComplete: boolean): StateError | undefined {
    const failed = this.#items.failed + this.#items.timedOut;
    if (failed === 0) return undefined;
    const { count, percentage } = this.settings.tolerance;
    const isKnown = isComplete || this.settings.knownItems !== undefined;
    const exceedsCount = count !== undefined && failed > count;
    const exceedsShare = percentage !== undefined && isKnown && (failed * 100) / this.#items.total > percentage;
    if (!exceedsCount && !exceedsShare && (count !== undefined || percentage !== undefined)) return undefined;
    return new StateError(
      'States.ExceedToleratedFailureThreshold',
      'The specified tolerated failure threshold was exceeded',
    );
  }

  report(status: MapRunSnapshot['status']): void {
    const { options, executionArn, ports } = this.visit.frame.execution;
    options.onMapRun?.({
      mapRunArn: this.arn,
      executionArn,
      stateName: this.visit.name,
      status,
      startDate: this.#startDate,
      ...(status !== 'RUNNING' && { stopDate: ports.clock.now() }),
      redriveCount: this.settings.before?.redriveCount ?? 0,
      ...(this.settings.before && { redriveDate: this.#beganAt }),
      maxConcurrency: this.settings.concurrency,
      toleratedFailureCount: this.settings.tolerance.count ?? 0,
      toleratedFailurePercentage: this.settings.tolerance.percentage ?? 0,
      itemCounts: { ...this.#items },
      executionCounts: { ...this.#executions },
    });
  }
}
