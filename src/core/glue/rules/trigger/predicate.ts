import { keyOf, type Report } from '../../../language/rules/rule.ts';
import { nearest } from '../../../language/nearest.ts';
import { anyOf, didYouMean, quote } from '../../../language/words.ts';
import { DIALECTS } from '../../dialect.ts';
import { CRAWL_STATES, JOB_STATES, LOGICALS } from '../../fields/workflow.ts';
import type { Part } from '../../part.ts';
import { fix, replaceText, type TriggerRule } from '../rule.ts';

const CONDITION = '{"LogicalOperator": "EQUALS", "JobName": "load", "State": "SUCCEEDED"}';
const wrap = (predicate: string): string =>
  `{"Name": "next", "Type": "CONDITIONAL", "Predicate": ${predicate}, "Actions": [{"JobName": "report"}]}`;

export const triggerPredicate: TriggerRule = {
  id: 'glue/trigger-predicate',
  subject: 'trigger',
  severity: 'error',
  sources: ['GTRG003'],
  docs: {
    what: 'A CONDITIONAL trigger has a `Predicate`; with several conditions it says AND or ANY.',
    why: 'Without conditions nothing ever starts it.',
    bad: wrap(`{"Logical": "OR", "Conditions": [${CONDITION}]}`),
    good: wrap(`{"Logical": "ANY", "Conditions": [${CONDITION}]}`),
    aws: 'InvalidInputException when the trigger is created.',
  },
  check: ({ part, type, conditions, anchor, use, dialect }, report) => {
    const node = part.get('Predicate');
    const predicate = part.part('Predicate', 'predicate');
    if (node === undefined) {
      if (type !== 'CONDITIONAL' || use !== 'create' || part.isOpen) return;
      const message = `A CONDITIONAL trigger needs a ${part.spell('Predicate')}: nothing ever starts this one.`;
      report({ at: dialect === 'cloudformation' ? anchor : (part.get('Type') ?? anchor), message });
      return;
    }
    if (predicate === undefined) return;
    const list = predicate.get('Conditions');
    const isEmpty = list === undefined ? !predicate.isOpen : list.kind === 'array' && list.items.length === 0;
    if (isEmpty && type === 'CONDITIONAL') {
      report({
        at: keyOf(predicate.node),
        message: 'This predicate has no conditions: nothing ever starts the trigger.',
      });
    }
    checkLogical(predicate, conditions.length, DIALECTS[dialect].hasDefaults, report);
    for (const condition of conditions) checkOperator(condition, report);
  },
};

function checkLogical(predicate: Part, count: number, hasDefault: boolean, report: Report): void {
  const node = predicate.get('Logical');
  const text = predicate.text('Logical');
  const name = predicate.spell('Logical');
  if (node === undefined && count > 1 && !hasDefault) {
    report({
      at: keyOf(predicate.node),
      message: `${count} conditions need ${name}: AND where all must hold, ANY where one is enough.`,
      fixes: LOGICALS.map((value) =>
        fix(`Add ${name} ${value}`, { kind: 'addProperty', object: predicate.node, name, value }),
      ),
    });
  } else if (node !== undefined && text !== undefined && !LOGICALS.some((known) => known === text)) {
    const meant = text.toUpperCase() === 'OR' ? 'ANY' : nearest(text, LOGICALS);
    report({
      at: node,
      message: `${name} is AND or ANY, not ${quote(text)}.${didYouMean(meant)}`,
      fixes: (meant === undefined ? LOGICALS : [meant]).map((value) => replaceText(node, value)),
    });
  }
}

function checkOperator(condition: Part, report: Report): void {
  const node = condition.get('LogicalOperator');
  const text = condition.text('LogicalOperator');
  if (node === undefined || text === undefined || text === 'EQUALS') return;
  report({
    at: node,
    message: `${condition.spell('LogicalOperator')} is EQUALS, the only one there is, not ${quote(text)}.`,
    fixes: [replaceText(node, 'EQUALS')],
  });
}

export const conditionState: TriggerRule = {
  id: 'glue/condition-state',
  subject: 'trigger',
  severity: 'error',
  sources: ['GTRG004'],
  docs: {
    what: 'A condition on a job names a `State` that a run ends in, one on a crawler a `CrawlState`.',
    why: 'A condition is looked at when the run or crawl has ended: no other state ever holds.',
    bad: wrap('{"Conditions": [{"LogicalOperator": "EQUALS", "JobName": "load", "State": "RUNNING"}]}'),
    good: wrap(`{"Conditions": [${CONDITION}]}`),
    aws: 'InvalidInputException when the trigger is created.',
  },
  check: ({ conditions }, report) => {
    for (const condition of conditions) {
      const isCrawler = condition.has('CrawlerName') && !condition.has('JobName');
      if (!isCrawler && !condition.has('JobName')) {
        checkSubject(condition, report);
        continue;
      }
      const [own, other] = isCrawler ? ['CrawlState', 'State'] : ['State', 'CrawlState'];
      if (!condition.has(own) && !condition.has(other) && !condition.isOpen) {
        report({
          at: keyOf(condition.node),
          message: `This condition names no ${condition.spell(own)} that the ${isCrawler ? 'crawl' : 'run'} must end in.`,
          severity: 'warning',
          fixes: [
            fix(`Add ${condition.spell(own)} SUCCEEDED`, {
              kind: 'addProperty',
              object: condition.node,
              name: condition.spell(own),
              value: 'SUCCEEDED',
            }),
          ],
        });
      }
      const wrong = condition.property(other);
      if (wrong !== undefined && wrong.value.kind !== 'unknown') {
        const spelling = condition.spell(own);
        report({
          at: wrong.key,
          message: `${wrong.key.value} is for ${isCrawler ? 'jobs' : 'crawlers'}: this condition needs ${spelling}.`,
          fixes: condition.has(own)
            ? [fix(`Remove ${wrong.key.value}`, { kind: 'removeProperty', key: wrong.key })]
            : [fix(`Rename to ${spelling}`, { kind: 'renameKey', node: wrong.key, name: spelling })],
        });
      }
      checkState(condition, own, isCrawler ? CRAWL_STATES : JOB_STATES, report);
    }
  },
};

/** A condition without a job or a crawler, unless both are filled in elsewhere. */
function checkSubject(condition: Part, report: Report): void {
  if (condition.isOpen) return;
  const names = `${condition.spell('JobName')} or ${condition.spell('CrawlerName')}`;
  report({
    at: keyOf(condition.node),
    message: `This condition watches nothing: it needs ${names}.`,
    severity: 'warning',
  });
}

function checkState(condition: Part, name: string, states: readonly string[], report: Report): void {
  const node = condition.get(name);
  const text = condition.text(name);
  if (node === undefined || text === undefined || states.includes(text)) return;
  const meant = nearest(text, states) ?? states.find((state) => state.startsWith(text.slice(0, 4).toUpperCase()));
  report({
    at: node,
    message: `${condition.spell(name)} is ${anyOf(states)}, not ${quote(text)}.${didYouMean(meant)}`,
    fixes: meant === undefined ? [] : [replaceText(node, meant)],
  });
}
