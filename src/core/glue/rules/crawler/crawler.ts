import { keyOf, type Report } from '../../../language/rules/rule.ts';
import { anyOf, quote } from '../../../language/words.ts';
import type { Node } from '../../../language/tree.ts';
import { SHAPES } from '../../fields/shapes.ts';
import type { Holding } from '../../model.ts';
import type { Part } from '../../part.ts';
import { scheduleProblem } from '../../schedule.ts';
import { replaceText, type HoldingRule } from '../rule.ts';

const TARGETS = SHAPES.crawlerTargets.fields;

const CRAWLER = '{"Name": "raw", "Role": "GlueRole", "Targets": {"S3Targets": [{"Path": "s3://b/raw/"}]}}';

/** Whether the crawler is a whole definition, of which what is missing can be said. */
function isWhole({ part, use, dialect }: Holding): boolean {
  return use === 'create' && dialect !== 'reply' && !part.isOpen;
}

/** The targets of each kind that the text shows. */
function targetsOf({ targets }: Holding): readonly { readonly name: string; readonly part: Part }[] {
  if (targets === undefined) return [];
  return TARGETS.flatMap(({ name, value }) =>
    value.kind === 'list' ? targets.parts(name, value.shape).map((part) => ({ name, part })) : [],
  );
}

export const crawlerTarget: HoldingRule = {
  id: 'glue/crawler-target',
  subject: 'crawler',
  severity: 'error',
  sources: [],
  docs: {
    what: 'A crawler has a role and at least one target, and each target says what it needs: a path, a connection, tables.',
    why: 'Without them there is nothing that it could look at.',
    bad: '{"Name": "raw", "Role": "GlueRole", "Targets": {"JdbcTargets": [{"Path": "shop/%"}]}}',
    good: CRAWLER,
    aws: 'InvalidInputException when the crawler is created.',
  },
  check: (crawler, report) => {
    const { part, targets, anchor, dialect } = crawler;
    const isLoose = dialect === 'program' || dialect === 'cdk';
    if (isWhole(crawler) && !isLoose) {
      if (!part.has('Role')) report({ at: anchor, message: `This crawler lacks ${part.spell('Role')}.` });
      if (targets === undefined && !part.has('Targets')) {
        report({ at: anchor, message: `This crawler lacks ${part.spell('Targets')}: it looks at nothing.` });
      }
    }
    if (targets !== undefined && isWhole(crawler) && !targets.isOpen && !hasTarget(targets)) {
      const names = TARGETS.slice(0, 3).map(({ name }) => targets.spell(name));
      report({
        at: targets.node === part.node ? anchor : keyOf(targets.node),
        message: `This crawler looks at nothing: it needs a target, such as ${anyOf(names)}.`,
      });
    }
    for (const target of targetsOf(crawler)) checkTarget(target.part, report);
  },
};

function hasTarget(targets: Part): boolean {
  return TARGETS.some(({ name }) => {
    const node = targets.get(name);
    return node !== undefined && !(node.kind === 'array' && node.items.length === 0);
  });
}

function checkTarget(target: Part, report: Report): void {
  if (target.isOpen) return;
  const { title, fields } = SHAPES[target.shape];
  for (const { name, isRequired } of fields) {
    const node = target.get(name);
    const isEmpty = node?.kind === 'array' && node.items.length === 0;
    if (isRequired && (node === undefined || isEmpty)) {
      report({ at: keyOf(target.node), message: `${title.replace(/^a/, 'A')} needs ${target.spell(name)}.` });
    }
  }
  const path = target.shape === 's3Target' ? target.get('Path') : undefined;
  const text = target.text('Path');
  if (path === undefined || text === undefined || !/^[a-z][a-z0-9+.-]*:/i.test(text) || /^s3:\/\//.test(text)) return;
  report({ at: path, message: `${quote(text)} is no folder in S3: write s3://bucket/folder/.`, severity: 'warning' });
}

export const crawlerPolicy: HoldingRule = {
  id: 'glue/crawler-policy',
  subject: 'crawler',
  severity: 'error',
  sources: [],
  docs: {
    what: 'Crawlers of new folders only, and of catalog tables, change nothing that is there: their policies say LOG.',
    why: 'Glue refuses the combination when the crawler is made.',
    bad: '{"Name": "raw", "Role": "GlueRole", "Targets": {"S3Targets": [{"Path": "s3://b/raw/"}]}, "RecrawlPolicy": {"RecrawlBehavior": "CRAWL_NEW_FOLDERS_ONLY"}, "SchemaChangePolicy": {"UpdateBehavior": "UPDATE_IN_DATABASE", "DeleteBehavior": "LOG"}}',
    good: '{"Name": "raw", "Role": "GlueRole", "Targets": {"S3Targets": [{"Path": "s3://b/raw/"}]}, "RecrawlPolicy": {"RecrawlBehavior": "CRAWL_NEW_FOLDERS_ONLY"}, "SchemaChangePolicy": {"UpdateBehavior": "LOG", "DeleteBehavior": "LOG"}}',
    aws: 'InvalidInputException: The SchemaChangePolicy for "Crawl new folders only" Amazon S3 target can have only LOG DeleteBehavior value and only LOG UpdateBehavior value.',
  },
  check: (crawler, report) => {
    const { part } = crawler;
    if (crawler.dialect === 'reply') return;
    const policy = part.part('SchemaChangePolicy', 'schemaChangePolicy');
    const recrawl = part.part('RecrawlPolicy', 'recrawlPolicy')?.text('RecrawlBehavior');
    const targets = targetsOf(crawler);
    const needLog = (name: string, why: string): void => {
      const [node, text] = [policy?.get(name), policy?.text(name)];
      if (node === undefined || text === undefined || text === 'LOG') return;
      report({
        at: node,
        message: `${policy?.spell(name) ?? name} must be LOG: ${why}.`,
        fixes: [replaceText(node, 'LOG')],
      });
    };
    if (recrawl === 'CRAWL_NEW_FOLDERS_ONLY' && targets.some(({ name }) => name === 'S3Targets')) {
      const why = 'the crawler looks at new folders only';
      needLog('UpdateBehavior', why);
      needLog('DeleteBehavior', why);
    } else if (targets.some(({ name }) => name === 'CatalogTargets')) {
      needLog('DeleteBehavior', 'the tables of a catalog target are there already');
    }
    const silent = targets.find(({ name, part: { isOpen } }) => name === 'S3Targets' && !isOpen)?.part;
    if (recrawl === 'CRAWL_EVENT_MODE' && silent !== undefined && !silent.has('EventQueueArn')) {
      const message = `CRAWL_EVENT_MODE reads the events of a queue: this target needs ${silent.spell('EventQueueArn')}.`;
      report({ at: keyOf(silent.node), message, severity: 'warning' });
    }
  },
};

export const crawlerSchedule: HoldingRule = {
  id: 'glue/crawler-schedule',
  subject: 'crawler',
  severity: 'error',
  sources: [],
  docs: {
    what: 'The schedule of a crawler is `cron` with six fields; CloudFormation has it in `ScheduleExpression`.',
    why: 'Glue takes nothing else.',
    bad: '{"Name": "raw", "Role": "GlueRole", "Targets": {"S3Targets": [{"Path": "s3://b/raw/"}]}, "Schedule": "rate(1 hour)"}',
    good: '{"Name": "raw", "Role": "GlueRole", "Targets": {"S3Targets": [{"Path": "s3://b/raw/"}]}, "Schedule": "cron(0 * * * ? *)"}',
    aws: 'InvalidInputException when the crawler is created.',
  },
  check: ({ part, dialect }, report) => {
    if (dialect === 'reply') return;
    const node = part.get('Schedule');
    if (node?.kind === 'string' && dialect === 'cloudformation' && part.text('Schedule') !== undefined) {
      report({
        at: keyOf(node),
        message: 'In CloudFormation Schedule is an object: {"ScheduleExpression": "cron(…)"}.',
        fixes: [
          {
            title: 'Put the expression into an object',
            isSafe: true,
            edits: [{ kind: 'replaceValue', node, value: { ScheduleExpression: node.value } }],
          },
        ],
      });
    }
    const inner = part.part('Schedule', 'crawlerSchedule');
    const [at, text] = inner
      ? [inner.get('ScheduleExpression'), inner.text('ScheduleExpression')]
      : [node, part.text('Schedule')];
    const problem = text === undefined || text === '' ? undefined : scheduleProblem(text);
    if (at === undefined || problem === undefined) return;
    const message = problem.message.replace('starts a trigger', 'starts a crawler');
    report({ at, message, fixes: problem.right === undefined ? [] : [replaceText(at, problem.right)] });
  },
};

export const crawlerConfiguration: HoldingRule = {
  id: 'glue/crawler-configuration',
  subject: 'crawler',
  severity: 'error',
  sources: [],
  docs: {
    what: '`Configuration` of a crawler is JSON text with a `Version`.',
    why: 'Glue reads it when the crawler is made.',
    bad: '{"Name": "raw", "Role": "GlueRole", "Targets": {"S3Targets": [{"Path": "s3://b/raw/"}]}, "Configuration": "{\'Version\': 1.0}"}',
    good: '{"Name": "raw", "Role": "GlueRole", "Targets": {"S3Targets": [{"Path": "s3://b/raw/"}]}, "Configuration": "{\\"Version\\": 1.0}"}',
    aws: 'InvalidInputException when the crawler is created.',
  },
  check: ({ part, dialect }, report) => {
    const node = part.get('Configuration');
    const text = part.text('Configuration');
    if (node?.kind === 'object' && dialect !== 'reply') {
      report({ at: keyOf(node), message: 'Configuration holds JSON as text, not an object.' });
    } else if (node !== undefined && text !== undefined && text.trim() !== '') checkJson(node, text, report);
  },
};

function checkJson(at: Node, text: string, report: Report): void {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    report({ at, message: 'Configuration is no JSON: Glue cannot read it.' });
    return;
  }
  if (typeof value === 'object' && value !== null && !('Version' in value)) {
    report({ at, message: 'Configuration lacks "Version": 1.0.' });
  }
}
