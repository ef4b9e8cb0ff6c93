import { isMembers } from '../http/input.ts';

/** A rule of EventBridge that fires by a schedule. */
export interface RuleRecord {
  readonly name: string;
  readonly arn: string;
  /** `cron(…)` or `rate(…)`, in UTC. */
  readonly schedule: string;
  readonly isEnabled: boolean;
  readonly description?: string;
  readonly roleArn?: string;
  /** When its schedule was last set: a rate counts from here. */
  readonly setMs: number;
  readonly targets: readonly TargetRecord[];
}

/** A state machine that a rule starts. */
export interface TargetRecord {
  readonly id: string;
  readonly arn: string;
  readonly roleArn?: string;
  /** JSON text that stands for the event. */
  readonly input?: string;
}

export function isRuleRecord(value: unknown): value is RuleRecord {
  return (
    isMembers(value) &&
    ['name', 'arn', 'schedule'].every((name) => typeof value[name] === 'string') &&
    typeof value['isEnabled'] === 'boolean' &&
    typeof value['setMs'] === 'number' &&
    Array.isArray(value['targets'])
  );
}
