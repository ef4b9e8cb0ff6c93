import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Clock } from '../../core/base/clock.ts';
import type { Log } from '../../core/base/log.ts';
import { keepSchedules, type Scheduled } from '../glue/scheduler.ts';
import { JsonService } from '../http/jsonService.ts';
import type { Roles } from '../iam/roles.ts';
import { Collection } from '../state/collection.ts';
import type { StateProblems } from '../state/stateProblems.ts';
import { accountId } from '../sts.ts';
import { ruleOperations } from './ruleOperations.ts';
import { isRuleRecord, type RuleRecord, type TargetRecord } from './ruleRecord.ts';
import { ruleSchedule } from './ruleSchedule.ts';

export interface EventsOptions {
  readonly stateFolder: string;
  readonly region: string;
  readonly roles: Roles;
  readonly problems: StateProblems;
  readonly clock: Clock;
  readonly log: Log;
  /** Starts an execution of a state machine with JSON text as its input. */
  readonly startExecution: (stateMachineArn: string, input: string) => Promise<unknown>;
}

/** Amazon EventBridge as far as schedules of state machines need it. */
export class Events {
  readonly service: JsonService;
  readonly #closing = new AbortController();
  readonly #schedules: Promise<void>;

  private constructor(
    private readonly options: EventsOptions,
    private readonly rules: Collection<RuleRecord>,
  ) {
    const { clock, region } = options;
    this.service = new JsonService({
      name: 'events',
      targetPrefix: 'AWSEvents',
      jsonVersion: '1.1',
      messageMember: 'message',
      validationCode: 'ValidationException',
      operations: ruleOperations(rules, { clock, region, roles: options.roles }),
    });
    this.#schedules = keepSchedules(clock, () => this.#scheduled(), this.#closing.signal);
  }

  static async open(options: EventsOptions): Promise<Events> {
    const folder = join(options.stateFolder, 'events', 'rules');
    return new Events(options, await Collection.open({ folder, check: isRuleRecord, problems: options.problems }));
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#schedules;
  }

  #scheduled(): readonly Scheduled[] {
    return this.rules.values().flatMap((rule) => {
      const next = rule.isEnabled ? ruleSchedule(rule.schedule, rule.setMs) : undefined;
      return next ? [{ next, fire: () => this.#fire(rule) }] : [];
    });
  }

  #fire(rule: RuleRecord): void {
    const { log, startExecution } = this.options;
    for (const target of rule.targets) {
      startExecution(target.arn, target.input ?? this.#eventOf(rule)).catch((error: unknown) => {
        log.error(`Rule ${rule.name} could not start ${nameOf(target)}: ${String(error)}`);
      });
    }
  }

  #eventOf(rule: RuleRecord): string {
    return JSON.stringify({
      version: '0',
      id: randomUUID(),
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      account: accountId,
      time: new Date(this.options.clock.now()).toISOString().replace(/\.\d+Z$/, 'Z'),
      region: this.options.region,
      resources: [rule.arn],
      detail: {},
    });
  }
}

function nameOf({ arn }: TargetRecord): string {
  return arn.slice(arn.lastIndexOf(':') + 1);
}
