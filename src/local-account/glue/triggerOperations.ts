import { AwsError } from '../http/awsError.ts';
import type { Input } from '../http/input.ts';
import type { Operation } from '../http/jsonService.ts';
import { pageByKey } from '../http/paging.ts';
import { parseSchedule } from './cron.ts';
import { invalidInput, notFound } from './errors.ts';
import type { GlueState } from './glueState.ts';
import { argumentsIn, nameLimits, pageAsk } from './jobOperations.ts';
import { presentTrigger } from './present.ts';
import type { Condition, Predicate, TriggerAction, TriggerRecord, TriggerType } from './records.ts';
import type { GlueTags } from './tags.ts';
import type { TriggerEngine } from './triggerEngine.ts';

const types: readonly TriggerType[] = ['SCHEDULED', 'CONDITIONAL', 'ON_DEMAND', 'EVENT'];

/** Triggers: create, update, read, list, start, stop, delete. */
export function triggerOperations(
  state: GlueState,
  tags: GlueTags,
  engine: TriggerEngine,
): Readonly<Record<string, Operation>> {
  const { triggers } = state;
  const get = (name: string): TriggerRecord => {
    const trigger = triggers.get(name);
    if (!trigger) throw notFound(`Entity Not Found: trigger ${name} does not exist.`);
    return trigger;
  };
  const sorted = (input: Input): readonly TriggerRecord[] => {
    const job = input.optionalText('DependentJobName');
    return triggers
      .values()
      .filter(({ actions }) => job === undefined || actions.some(({ jobName }) => jobName === job))
      .sort((left, right) => (left.name < right.name ? -1 : 1));
  };
  return {
    CreateTrigger: async (input) => {
      const name = input.text('Name', nameLimits);
      const given = tags.given(input);
      if (triggers.has(name)) throw new AwsError('AlreadyExistsException', `Trigger already exists: ${name}.`);
      const type = input.optionalWord('Type', types);
      if (!type) throw invalidInput('Type is required.');
      const workflowName = input.optionalText('WorkflowName', nameLimits);
      if (workflowName !== undefined && !state.workflows.has(workflowName)) {
        throw notFound(`Entity Not Found: workflow ${workflowName} does not exist.`);
      }
      const isStarted = input.optionalBoolean('StartOnCreation') === true && type !== 'ON_DEMAND';
      const trigger = checked({
        name,
        type,
        state: isStarted ? 'ACTIVATED' : 'CREATED',
        ...(workflowName !== undefined && { workflowName }),
        ...definitionOf(input),
      });
      await triggers.put(name, trigger);
      await tags.add(tags.arnOf('trigger', name), given);
      return { Name: name };
    },
    UpdateTrigger: async (input) => {
      const before = get(input.text('Name', nameLimits));
      const update = definitionOf(input.object('TriggerUpdate'), before);
      const trigger = checked({ ...before, ...update });
      await triggers.put(trigger.name, trigger);
      return { Trigger: presentTrigger(trigger) };
    },
    GetTrigger: (input) => ({ Trigger: presentTrigger(get(input.text('Name', nameLimits))) }),
    GetTriggers: (input) => {
      const page = pageByKey(sorted(input), ({ name }) => name, pageAsk(input, 200));
      return { Triggers: page.items.map(presentTrigger), NextToken: page.nextToken };
    },
    ListTriggers: (input) => {
      const page = pageByKey(sorted(input), ({ name }) => name, pageAsk(input, 200));
      return { TriggerNames: page.items.map(({ name }) => name), NextToken: page.nextToken };
    },
    BatchGetTriggers: (input) => {
      const names = input.texts('TriggerNames');
      return {
        Triggers: names.flatMap((name) => triggers.get(name) ?? []).map(presentTrigger),
        TriggersNotFound: names.filter((name) => !triggers.has(name)),
      };
    },
    StartTrigger: async (input) => {
      const trigger = get(input.text('Name', nameLimits));
      if (trigger.type === 'ON_DEMAND') await engine.fireOnDemand(trigger);
      else await triggers.put(trigger.name, { ...trigger, state: 'ACTIVATED' });
      return { Name: trigger.name };
    },
    StopTrigger: async (input) => {
      const trigger = get(input.text('Name', nameLimits));
      if (trigger.type === 'ON_DEMAND') throw invalidInput('On-demand triggers cannot be stopped.');
      await triggers.put(trigger.name, { ...trigger, state: 'DEACTIVATED' });
      return { Name: trigger.name };
    },
    DeleteTrigger: async (input) => {
      const name = input.text('Name', nameLimits);
      await triggers.delete(name);
      await tags.drop(tags.arnOf('trigger', name));
      return { Name: name };
    },
  };
}

type Definition = Pick<TriggerRecord, 'description' | 'schedule' | 'predicate' | 'actions' | 'eventBatching'>;

function definitionOf(input: Input, before?: Definition): Definition {
  const description = input.optionalText('Description', { max: 2048 });
  const schedule = input.optionalText('Schedule');
  const predicate = input.optionalObject('Predicate');
  const eventBatching = input.optionalObject('EventBatchingCondition');
  const actions = input.optionalObjects('Actions')?.map(actionOf) ?? before?.actions;
  if (!actions) throw invalidInput('Actions are required.');
  return {
    actions,
    ...(description !== undefined && { description }),
    ...(schedule !== undefined && { schedule }),
    ...(predicate && { predicate: predicateOf(predicate) }),
    ...(eventBatching && { eventBatching: eventBatching.members }),
  };
}

function actionOf(input: Input): TriggerAction {
  const jobName = input.optionalText('JobName', nameLimits);
  const crawlerName = input.optionalText('CrawlerName', nameLimits);
  if ((jobName === undefined) === (crawlerName === undefined)) {
    throw invalidInput('An action names a job or a crawler, and only one of them.');
  }
  const timeoutMinutes = input.optionalInteger('Timeout', { min: 1, max: 10_080 });
  return {
    arguments: argumentsIn(input),
    ...(jobName !== undefined && { jobName }),
    ...(crawlerName !== undefined && { crawlerName }),
    ...(timeoutMinutes !== undefined && { timeoutMinutes }),
  };
}

function predicateOf(input: Input): Predicate {
  const conditions = (input.optionalObjects('Conditions') ?? []).map((condition): Condition => {
    const jobName = condition.optionalText('JobName', nameLimits);
    const state = condition.optionalWord('State', ['SUCCEEDED', 'STOPPED', 'FAILED', 'TIMEOUT']);
    const crawlerName = condition.optionalText('CrawlerName', nameLimits);
    const crawlState = condition.optionalText('CrawlState');
    condition.optionalWord('LogicalOperator', ['EQUALS']);
    if (jobName === undefined ? crawlerName === undefined || crawlState === undefined : state === undefined) {
      throw invalidInput('A condition names a job with its state, or a crawler with its crawl state.');
    }
    return {
      ...(jobName !== undefined && { jobName }),
      ...(state !== undefined && { state }),
      ...(crawlerName !== undefined && { crawlerName }),
      ...(crawlState !== undefined && { crawlState }),
    };
  });
  const logical = input.optionalWord('Logical', ['AND', 'ANY']);
  if (conditions.length > 1 && !logical) throw invalidInput('Logical is required for more than one condition.');
  return { logical: logical ?? 'AND', conditions };
}

function checked(trigger: TriggerRecord): TriggerRecord {
  if (trigger.actions.length === 0) throw invalidInput('A trigger needs at least one action.');
  if (trigger.type === 'SCHEDULED') {
    const parsed = parseSchedule(trigger.schedule ?? '');
    if ('problem' in parsed) throw invalidInput(parsed.problem);
  } else if (trigger.schedule !== undefined) throw invalidInput('Only a trigger of type SCHEDULED has a schedule.');
  if (trigger.type === 'CONDITIONAL') {
    if (!trigger.predicate || trigger.predicate.conditions.length === 0) {
      throw invalidInput('A trigger of type CONDITIONAL needs a predicate with conditions.');
    }
  } else if (trigger.predicate && trigger.predicate.conditions.length > 0) {
    throw invalidInput('Only a trigger of type CONDITIONAL has a predicate.');
  }
  return trigger;
}
