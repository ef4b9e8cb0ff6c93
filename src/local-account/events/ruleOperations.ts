import type { Clock } from '../../core/base/clock.ts';
import { AwsError } from '../http/awsError.ts';
import type { Input, Members } from '../http/input.ts';
import type { Operation } from '../http/jsonService.ts';
import { pageByKey } from '../http/paging.ts';
import type { Roles } from '../iam/roles.ts';
import type { Collection } from '../state/collection.ts';
import { accountId } from '../sts.ts';
import type { RuleRecord, TargetRecord } from './ruleRecord.ts';
import { ruleSchedule } from './ruleSchedule.ts';

const mostTargets = 5;
const principal = 'events.amazonaws.com';

/** Rules and their targets, on the default bus. */
export function ruleOperations(
  rules: Collection<RuleRecord>,
  { clock, region, roles }: { readonly clock: Clock; readonly region: string; readonly roles: Roles },
): Readonly<Record<string, Operation>> {
  const get = (name: string): RuleRecord => {
    const rule = rules.get(name);
    if (!rule) throw new AwsError('ResourceNotFoundException', `Rule ${name} does not exist on EventBus default.`);
    return rule;
  };
  const setEnabled = (isEnabled: boolean) => async (input: Input) => {
    const rule = get(nameIn(input, 'Name'));
    await rules.put(rule.name, { ...rule, isEnabled });
    return {};
  };
  return {
    PutRule: async (input) => {
      const name = nameIn(input, 'Name', /^[.\-_A-Za-z0-9]{1,64}$/);
      const before = rules.get(name);
      const rule = ruleIn(input, { name, arn: `arn:aws:events:${region}:${accountId}:rule/${name}`, now: clock.now() });
      const isSame = before?.schedule === rule.schedule;
      await rules.put(name, { ...rule, targets: before?.targets ?? [], ...(isSame && { setMs: before.setMs }) });
      return { RuleArn: rule.arn };
    },
    DescribeRule: (input) => ({ ...presentRule(get(nameIn(input, 'Name'))), CreatedBy: accountId }),
    ListRules: (input) => {
      const prefix = input.optionalText('NamePrefix') ?? '';
      const page = pageOf(
        rules.values().filter(({ name }) => name.startsWith(prefix)),
        ({ name }) => name,
        input,
      );
      return { Rules: page.items.map(presentRule), NextToken: page.nextToken };
    },
    ListRuleNamesByTarget: (input) => {
      const arn = input.text('TargetArn');
      const names = rules.values().flatMap(({ name, targets }) => (targets.some((at) => at.arn === arn) ? [name] : []));
      const page = pageOf(names, (name) => name, input);
      return { RuleNames: page.items, NextToken: page.nextToken };
    },
    EnableRule: setEnabled(true),
    DisableRule: setEnabled(false),
    DeleteRule: async (input) => {
      const name = nameIn(input, 'Name');
      if ((rules.get(name)?.targets.length ?? 0) > 0) {
        throw new AwsError('ValidationException', "Rule can't be deleted since it has targets.");
      }
      await rules.delete(name);
      return {};
    },
    PutTargets: async (input) => {
      const rule = get(nameIn(input, 'Rule'));
      const given = (input.optionalObjects('Targets') ?? []).map(targetIn);
      const refused = given.find(({ roleArn }) => roleArn !== undefined && !roles.isAssumable(roleArn, principal));
      if (refused?.roleArn !== undefined) {
        throw input.invalid(`Provided role '${refused.roleArn}' cannot be assumed by principal '${principal}'.`);
      }
      const kept = rule.targets.filter(({ id }) => !given.some((target) => target.id === id));
      if (kept.length + given.length > mostTargets) {
        throw new AwsError('LimitExceededException', 'The requested resource exceeds the maximum number allowed.');
      }
      await rules.put(rule.name, { ...rule, targets: [...kept, ...given] });
      return { FailedEntryCount: 0, FailedEntries: [] };
    },
    RemoveTargets: async (input) => {
      const rule = get(nameIn(input, 'Rule'));
      const ids = input.texts('Ids');
      await rules.put(rule.name, { ...rule, targets: rule.targets.filter(({ id }) => !ids.includes(id)) });
      return { FailedEntryCount: 0, FailedEntries: [] };
    },
    ListTargetsByRule: (input) => {
      const page = pageOf(get(nameIn(input, 'Rule')).targets, ({ id }) => id, input);
      return { Targets: page.items.map(presentTarget), NextToken: page.nextToken };
    },
  };
}

/** The name of a rule, where the call means the default bus. */
function nameIn(input: Input, member: string, pattern?: RegExp): string {
  const bus = input.optionalText('EventBusName') ?? 'default';
  if (bus !== 'default' && !bus.endsWith(':event-bus/default')) {
    throw new AwsError('ResourceNotFoundException', `Event bus ${bus} does not exist.`);
  }
  return input.text(member, { min: 1, ...(pattern && { pattern }) });
}

function ruleIn(
  input: Input,
  { name, arn, now }: { readonly name: string; readonly arn: string; readonly now: number },
): Omit<RuleRecord, 'targets'> {
  if (input.has('EventPattern')) {
    throw input.invalid(
      'The local account fires rules by schedule only: give ScheduleExpression in place of EventPattern.',
    );
  }
  const schedule = input.text('ScheduleExpression');
  if (!ruleSchedule(schedule, now)) throw input.invalid('Parameter ScheduleExpression is not valid.');
  const description = input.optionalText('Description', { max: 512 });
  const roleArn = input.optionalText('RoleArn');
  return {
    name,
    arn,
    schedule,
    isEnabled: input.optionalWord('State', ['ENABLED', 'DISABLED']) !== 'DISABLED',
    setMs: now,
    ...(description !== undefined && { description }),
    ...(roleArn !== undefined && { roleArn }),
  };
}

function targetIn(input: Input): TargetRecord {
  const arn = input.text('Arn');
  if (!/^arn:[^:]+:states:[^:]*:\d{12}:stateMachine:.+$/.test(arn)) {
    throw input.invalid(`The local account starts state machines by schedule, and ${arn} is none.`);
  }
  for (const member of ['InputPath', 'InputTransformer']) {
    if (input.has(member)) throw input.invalid(`The local account takes Input for a target, and no ${member}.`);
  }
  const text = input.optionalText('Input');
  if (text !== undefined && !isJson(text)) {
    throw input.invalid(`JSON syntax error in input for target ${input.text('Id')}.`);
  }
  const roleArn = input.optionalText('RoleArn');
  return {
    id: input.text('Id', { min: 1, max: 64 }),
    arn,
    ...(roleArn !== undefined && { roleArn }),
    ...(text !== undefined && { input: text }),
  };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function pageOf<T>(items: readonly T[], keyOf: (item: T) => string, input: Input) {
  const sorted = items.toSorted((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1));
  return pageByKey(sorted, keyOf, {
    token: input.optionalText('NextToken'),
    size: input.optionalInteger('Limit', { min: 1, max: 100 }) ?? 100,
    invalidCode: 'ValidationException',
  });
}

function presentRule(rule: RuleRecord): Members {
  return {
    Name: rule.name,
    Arn: rule.arn,
    ScheduleExpression: rule.schedule,
    State: rule.isEnabled ? 'ENABLED' : 'DISABLED',
    Description: rule.description,
    RoleArn: rule.roleArn,
    EventBusName: 'default',
  };
}

function presentTarget({ id, arn, roleArn, input }: TargetRecord): Members {
  return { Id: id, Arn: arn, RoleArn: roleArn, Input: input };
}
