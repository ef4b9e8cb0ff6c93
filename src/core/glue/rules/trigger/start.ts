import { keyOf, type Fix } from '../../../language/rules/rule.ts';
import { nearest } from '../../../language/nearest.ts';
import { anyOf, didYouMean, quote } from '../../../language/words.ts';
import { TRIGGER_TYPES } from '../../fields/workflow.ts';
import type { Part } from '../../part.ts';
import { referenceOf } from '../../references.ts';
import { scheduleProblem } from '../../schedule.ts';
import { fix, replaceText, type TriggerRule } from '../rule.ts';

const EXAMPLE =
  '{"Name": "nightly", "Type": "SCHEDULED", "Schedule": "cron(0 1 * * ? *)", "Actions": [{"JobName": "load"}]}';

export const triggerType: TriggerRule = {
  id: 'glue/trigger-type',
  subject: 'trigger',
  severity: 'error',
  sources: [],
  docs: {
    what: '`Type` of a trigger is SCHEDULED, CONDITIONAL, ON_DEMAND or EVENT.',
    why: 'Glue knows no other.',
    bad: '{"Name": "nightly", "Type": "CRON", "Actions": [{"JobName": "load"}]}',
    good: EXAMPLE,
    aws: 'InvalidInputException when the trigger is created.',
  },
  check: ({ type, part, use, anchor }, report) => {
    const node = part.get('Type');
    if (node === undefined && use === 'create' && !part.isOpen) {
      report({ at: anchor, message: `This trigger lacks ${part.spell('Type')}: ${anyOf(TRIGGER_TYPES)}.` });
    }
    if (node === undefined || type === undefined || TRIGGER_TYPES.some((known) => known === type)) return;
    const meant = nearest(type, TRIGGER_TYPES);
    report({
      at: node,
      message: `A trigger is ${anyOf(TRIGGER_TYPES)}, not ${quote(type)}.${didYouMean(meant)}`,
      fixes: meant === undefined ? [] : [replaceText(node, meant)],
    });
  },
};

export const triggerActions: TriggerRule = {
  id: 'glue/trigger-actions',
  subject: 'trigger',
  severity: 'error',
  sources: ['GTRG001'],
  docs: {
    what: 'A trigger starts at least one thing; each action names a job or a crawler, and there are at most two crawlers.',
    why: 'Glue refuses a trigger without actions, and one whose action says both or neither.',
    bad: '{"Name": "nightly", "Type": "ON_DEMAND", "Actions": [{"JobName": "load", "CrawlerName": "orders"}]}',
    good: '{"Name": "nightly", "Type": "ON_DEMAND", "Actions": [{"JobName": "load"}, {"CrawlerName": "orders"}]}',
    aws: 'InvalidInputException when the trigger is created.',
  },
  check: ({ part, actions, anchor, use }, report) => {
    const node = part.get('Actions');
    const isEmpty = node === undefined ? !part.isOpen : node.kind === 'array' && node.items.length === 0;
    if (isEmpty && use === 'create') {
      report({
        at: node === undefined ? anchor : keyOf(node),
        message: 'This trigger starts nothing: it needs an action.',
      });
    }
    for (const action of actions) {
      const [job, crawler] = [action.property('JobName'), action.property('CrawlerName')];
      if (job !== undefined && crawler !== undefined && isGiven(action, 'CrawlerName')) {
        report({
          at: crawler.key,
          message: 'An action starts a job or a crawler, not both: make two of it.',
          fixes: [fix(`Remove ${crawler.key.value}`, { kind: 'removeProperty', key: crawler.key })],
        });
      } else if (job === undefined && crawler === undefined && !action.isOpen) {
        const names = `${action.spell('JobName')} or ${action.spell('CrawlerName')}`;
        report({ at: keyOf(action.node), message: `This action starts nothing: it needs ${names}.` });
      }
    }
    const crawlers = actions.filter((action) => action.has('CrawlerName'));
    const third = crawlers[2]?.get('CrawlerName');
    if (third !== undefined)
      report({ at: third, message: `A trigger starts at most two crawlers, not ${crawlers.length}.` });
    if (actions.length > 50 && node !== undefined) {
      const message = `A trigger starts at most 50 jobs by default, and this one ${actions.length}. The quota can be raised.`;
      report({ at: keyOf(node), message, severity: 'warning' });
    }
  },
};

/** Whether a field surely has a value: a literal, or a reference to something else in the file. */
function isGiven(part: Part, name: string): boolean {
  const node = part.get(name);
  return node !== undefined && (node.kind !== 'unknown' || referenceOf(node, part.source) !== undefined);
}

export const triggerSchedule: TriggerRule = {
  id: 'glue/trigger-schedule',
  subject: 'trigger',
  severity: 'error',
  sources: ['GTRG002'],
  docs: {
    what: 'A SCHEDULED trigger has a `Schedule`: `cron` with six fields, one of the days `?`, at most every 5 minutes.',
    why: 'Glue takes nothing else.',
    bad: '{"Name": "nightly", "Type": "SCHEDULED", "Schedule": "cron(0 1 * * *)", "Actions": [{"JobName": "load"}]}',
    good: EXAMPLE,
    aws: 'InvalidInputException when the trigger is created.',
  },
  check: ({ part, type, anchor, use, dialect }, report) => {
    const node = part.get('Schedule');
    if (node === undefined) {
      if (type !== 'SCHEDULED' || use !== 'create' || part.isOpen) return;
      const spelling = part.spell('Schedule');
      report({
        // In a template whatever lacks is told at the logical id.
        at: dialect === 'cloudformation' ? anchor : (part.get('Type') ?? anchor),
        message: `A SCHEDULED trigger needs a ${spelling}, such as cron(0 1 * * ? *).`,
      });
      return;
    }
    const text = part.text('Schedule');
    if (text === undefined || (type !== undefined && type !== 'SCHEDULED')) return;
    const problem = scheduleProblem(text);
    if (problem === undefined) return;
    report({
      at: node,
      message: problem.message,
      fixes: problem.right === undefined ? [] : [replaceText(node, problem.right)],
    });
  },
};

export const fieldOfOtherType: TriggerRule = {
  id: 'glue/trigger-other-type',
  subject: 'trigger',
  severity: 'warning',
  sources: ['GTRG005'],
  docs: {
    what: 'Each type of trigger has fields of its own.',
    why: 'An ON_DEMAND trigger cannot start when it is created, and a predicate or schedule of another type never applies.',
    bad: '{"Name": "start", "Type": "ON_DEMAND", "StartOnCreation": true, "Actions": [{"JobName": "load"}]}',
    good: '{"Name": "start", "Type": "ON_DEMAND", "Actions": [{"JobName": "load"}]}',
    aws: 'StartOnCreation of an ON_DEMAND trigger is refused; the others are ignored.',
  },
  check: ({ part, type, dialect }, report) => {
    if (type === undefined || !TRIGGER_TYPES.some((known) => known === type)) return;
    const removal = (name: string): Fix[] => {
      const property = part.property(name);
      return property === undefined
        ? []
        : [fix(`Remove ${property.key.value}`, { kind: 'removeProperty', key: property.key })];
    };
    const start = part.get('StartOnCreation');
    if (type === 'ON_DEMAND' && start !== undefined && part.text('StartOnCreation')?.toLowerCase() === 'true') {
      report({
        at: keyOf(start),
        message: `${part.spell('StartOnCreation')} is not for ON_DEMAND triggers, which are always ready.`,
        severity: 'error',
        fixes: removal('StartOnCreation'),
      });
    }
    const schedule = part.get('Schedule');
    if (schedule !== undefined && type !== 'SCHEDULED' && part.text('Schedule') !== '' && schedule.kind !== 'unknown') {
      const message = `${part.spell('Schedule')} never applies: this trigger is ${type}, not SCHEDULED.`;
      report({ at: keyOf(schedule), message, fixes: removal('Schedule') });
    }
    const predicate = part.get('Predicate');
    const isGiven = predicate?.kind === 'object' || (predicate?.kind === 'array' && predicate.items.length > 0);
    if (predicate !== undefined && isGiven && type !== 'CONDITIONAL' && dialect !== 'reply') {
      const message = `${part.spell('Predicate')} never applies: this trigger is ${type}, not CONDITIONAL.`;
      report({ at: keyOf(predicate), message, fixes: removal('Predicate') });
    }
  },
};

export const eventBatching: TriggerRule = {
  id: 'glue/event-batching',
  subject: 'trigger',
  severity: 'error',
  sources: ['GTRG006'],
  docs: {
    what: 'An EVENT trigger collects 1 to 100 events within 1 to 900 seconds.',
    why: 'Glue takes no other numbers, and the condition means something for EVENT triggers only.',
    bad: '{"Type": "EVENT", "EventBatchingCondition": {"BatchSize": 500}, "Actions": [{"JobName": "load"}]}',
    good: '{"Type": "EVENT", "EventBatchingCondition": {"BatchSize": 50}, "Actions": [{"JobName": "load"}]}',
    aws: 'InvalidInputException when the trigger is created.',
  },
  check: ({ part, type }, report) => {
    const batching = part.part('EventBatchingCondition', 'eventBatching');
    if (batching === undefined) return;
    if (type !== undefined && type !== 'EVENT') {
      const message = `${part.spell('EventBatchingCondition')} means nothing: this trigger is ${type}, not EVENT.`;
      report({ at: keyOf(batching.node), message, severity: 'info' });
      return;
    }
    if (!batching.has('BatchSize') && !batching.isOpen) {
      report({ at: keyOf(batching.node), message: `The condition lacks ${batching.spell('BatchSize')}.` });
    }
    for (const [name, max] of [
      ['BatchSize', 100],
      ['BatchWindow', 900],
    ] as const) {
      const node = batching.get(name);
      const amount = batching.number(name);
      if (node === undefined || amount === undefined || (amount >= 1 && amount <= max)) continue;
      report({ at: node, message: `${batching.spell(name)} is 1 to ${max}, not ${amount}.` });
    }
  },
};
