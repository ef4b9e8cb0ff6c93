import { flag, integer, map, object, shortText, text, word, type Shape, type Word } from './spec.ts';

export const TRIGGER_TYPES = ['SCHEDULED', 'CONDITIONAL', 'ON_DEMAND', 'EVENT'] as const;
export const JOB_STATES = ['SUCCEEDED', 'STOPPED', 'FAILED', 'TIMEOUT'] as const;
export const CRAWL_STATES = ['SUCCEEDED', 'FAILED', 'CANCELLED'] as const;
export const LOGICALS = ['AND', 'ANY'] as const;

const triggerTypes: readonly Word[] = [
  { name: 'SCHEDULED', detail: 'at times', doc: 'Starts at the times of Schedule.' },
  { name: 'CONDITIONAL', detail: 'after other jobs', doc: 'Starts when what its Predicate watches has ended.' },
  { name: 'ON_DEMAND', detail: 'by hand', doc: 'Starts when it is told to, or with its workflow.' },
  { name: 'EVENT', detail: 'on EventBridge events', doc: 'Starts a workflow on events of EventBridge.' },
];

export const trigger: Shape = {
  title: 'a trigger',
  fields: [
    shortText('Name', 255, 'The name of the trigger, unique in the account and region.', { isRequired: true }),
    shortText('Description', 2048, 'For people. At most 2048 characters.'),
    word('Type', triggerTypes, 'What makes the trigger start its actions.', {
      isRequired: true,
      isOwned: true,
    }),
    text('WorkflowName', 'The workflow that the trigger belongs to. It cannot be changed later.'),
    text(
      'Schedule',
      'When a SCHEDULED trigger starts, in UTC: `cron(minute hour day-of-month month day-of-week year)`, one of the days `?`.',
    ),
    object('Predicate', 'predicate', 'What a CONDITIONAL trigger waits for.'),
    {
      name: 'Actions',
      value: { kind: 'list', shape: 'action' },
      doc: 'What the trigger starts: jobs, and at most two crawlers.',
      isRequired: true,
    },
    flag('StartOnCreation', 'Turns SCHEDULED and CONDITIONAL triggers on when they are created. Not for ON_DEMAND.'),
    object('EventBatchingCondition', 'eventBatching', 'How many events make an EVENT trigger start.', {
      names: { pulumi: 'eventBatchingConditions', terraform: 'event_batching_condition' },
    }),
    map('Tags', 'At most 50.'),
  ],
};

export const action: Shape = {
  title: 'an action',
  fields: [
    text('JobName', 'The job to start. Not beside CrawlerName.'),
    text('CrawlerName', 'The crawler to start. Not beside JobName.'),
    { name: 'Arguments', value: { kind: 'arguments' }, doc: 'What replaces the default arguments of the job.' },
    integer('Timeout', [1, 10_080], 'Minutes after which the run is stopped, instead of the timeout of the job.'),
    text('SecurityConfiguration', 'The security configuration of the run.'),
    object('NotificationProperty', 'notificationProperty', 'When to tell of a run that takes long.'),
  ],
};

export const predicate: Shape = {
  title: 'a Predicate',
  fields: [
    word('Logical', [...LOGICALS], 'Whether all conditions must hold (AND) or one is enough (ANY).', {
      isOwned: true,
    }),
    {
      name: 'Conditions',
      value: { kind: 'list', shape: 'condition' },
      doc: 'The jobs and crawlers that are watched, and the states that they must end in.',
    },
  ],
};

export const condition: Shape = {
  title: 'a condition',
  fields: [
    word('LogicalOperator', ['EQUALS'], 'EQUALS is the only one.', { isOwned: true }),
    text('JobName', 'The job that is watched. Its run counts when a trigger started it.'),
    word('State', [...JOB_STATES], 'The state that the run of the job ends in.', { isOwned: true }),
    text('CrawlerName', 'The crawler that is watched.'),
    word('CrawlState', [...CRAWL_STATES], 'The state that the crawl ends in.', { isOwned: true }),
  ],
};

export const eventBatching: Shape = {
  title: 'an EventBatchingCondition',
  fields: [
    integer('BatchSize', [1, 100], 'How many events make the trigger start.', { isOwned: true }),
    integer('BatchWindow', [1, 900], 'Seconds after the first event in which the trigger starts anyway. Default 900.', {
      isOwned: true,
    }),
  ],
};

export const workflow: Shape = {
  title: 'a workflow',
  fields: [
    shortText('Name', 255, 'The name of the workflow, unique in the account and region.', { isRequired: true }),
    text('Description', 'For people.'),
    {
      name: 'DefaultRunProperties',
      value: { kind: 'map' },
      doc: 'Names and texts that every run has, and that its jobs can read and change.',
    },
    integer('MaxConcurrentRuns', [1, Number.MAX_SAFE_INTEGER], 'How many runs there may be at once.'),
    map('Tags', 'At most 50.'),
  ],
};
