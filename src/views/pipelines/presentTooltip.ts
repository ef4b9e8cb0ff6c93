import { glueArn } from '../../core/connections/arn.ts';
import { localConnection } from '../../core/connections/connection.ts';
import { formatDpuHours } from '../../core/runs/cost.ts';
import { formatDateTime, formatDuration, formatMoney, formatRelative } from '../../core/runs/format.ts';
import { isTerminal, type RunSummary } from '../../core/runs/model.ts';
import { presentRunState, runStateWord } from '../runs/presentRunState.ts';
import type { Item, ItemNode, PipelineNode, RunNode } from './node.ts';
import { itemName } from './node.ts';
import type { PresentContext } from './present.ts';
import { codeSpan, commandLink, escapeMarkdown, shorten } from './presentMarkdown.ts';

/** The facts of a row as Markdown, for rows that have more of them than their text; `accountId` where it is known. */
export function presentTooltip(
  node: PipelineNode,
  accountId: string | undefined,
  context: PresentContext,
): string | undefined {
  switch (node.kind) {
    case 'item':
      return itemTooltip(node, accountId, context);
    case 'run':
      return runTooltip(node, context);
    case 'trigger':
      return table([
        ['Trigger', escapeMarkdown(node.trigger.name)],
        ['State', escapeMarkdown(node.trigger.awsState)],
        ['Schedule', node.trigger.schedule === undefined ? undefined : codeSpan(node.trigger.schedule)],
        [
          'Starts',
          node.trigger.actions.map(({ jobName, crawlerName }) => codeSpan(jobName ?? crawlerName ?? '?')).join(', '),
        ],
        ['Description', optional(node.trigger.description)],
      ]);
    case 'connection':
    case 'section':
    case 'more':
    case 'error':
    case 'note':
      return undefined;
  }
}

/** ARN of an item; of Glue's, whose API gives none, once the account is known. */
export function itemArn(node: ItemNode, accountId: string | undefined): string | undefined {
  const { item, connection } = node;
  if (item.kind === 'machine') return item.machine.arn;
  return accountId === undefined
    ? undefined
    : glueArn(item.kind, itemName(item), { region: connection.region, accountId });
}

function itemTooltip(node: ItemNode, accountId: string | undefined, context: PresentContext): string {
  const { item, recent, lastRun, stateError, connection } = node;
  const arn = itemArn(node, accountId);
  const rows: Fact[] = [...facts(item, context), ['ARN', arn === undefined ? undefined : codeSpan(arn)]];
  if (lastRun) rows.push(['Last run', lastRunText(lastRun, context)], costFact(lastRun));
  else if (lastRun === null) rows.push(['Last run', 'never']);
  else if (stateError) rows.push(['Last run', `not known: ${escapeMarkdown(stateError.message)}`]);
  rows.push(['Workspace', optional(context.drift?.(node))]);
  const links = [
    commandLink(item.kind === 'job' ? 'Open script' : 'Open definition', 'sluice.openSource', node.id),
    ...(connection.kind === 'local' ? [] : [commandLink('Open in AWS console', 'sluice.openInConsole', node.id)]),
    ...(arn === undefined ? [] : [commandLink('Copy ARN', 'sluice.copyArn', node.id)]),
  ];
  return [
    `**${escapeMarkdown(itemName(item))}**`,
    table(rows),
    sparkline(recent),
    (item.kind === 'workflow' ? links.slice(1) : links).join(' · '),
  ]
    .filter(Boolean)
    .join('\n\n');
}

type Fact = readonly [name: string, value: string | undefined];

function facts(item: Item, context: PresentContext): readonly Fact[] {
  switch (item.kind) {
    case 'job': {
      const { job } = item;
      const workers =
        job.workerType === undefined
          ? job.maxCapacity === undefined
            ? undefined
            : `${job.maxCapacity} DPU`
          : `${escapeMarkdown(job.workerType)} × ${job.numberOfWorkers ?? '?'}`;
      return [
        ['Type', jobTypes[job.kind]],
        ['Description', optional(job.description)],
        ['Glue version', optional(job.glueVersion)],
        ['Python', optional(job.pythonVersion)],
        ['Workers', workers],
        ['Timeout', job.timeoutMinutes === undefined ? undefined : formatDuration(job.timeoutMinutes * 60_000)],
        ['Retries', job.maxRetries > 0 ? String(job.maxRetries) : undefined],
        ['Script', codeSpan(job.scriptLocation)],
        ['Role', codeSpan(job.role)],
        ['Changed', job.modifiedMs === undefined ? undefined : escapeMarkdown(formatDateTime(job.modifiedMs, context))],
      ];
    }
    case 'workflow':
      return [
        ['Type', 'Glue workflow'],
        ['Description', optional(item.workflow.description)],
        ['Run properties', Object.keys(item.workflow.defaultRunProperties).map(codeSpan).join(', ') || undefined],
      ];
    case 'machine':
      return [
        ['Type', item.machine.type === 'EXPRESS' ? 'Express state machine' : 'Standard state machine'],
        [
          'Created',
          item.machine.createdMs === undefined
            ? undefined
            : escapeMarkdown(formatDateTime(item.machine.createdMs, context)),
        ],
      ];
  }
}

const jobTypes = {
  spark: 'Spark job',
  pythonShell: 'Python shell job',
  streaming: 'Streaming job',
  ray: 'Ray job',
};

function runTooltip({ run, connection, id }: RunNode, context: PresentContext): string {
  const rows = table([
    ['State', `${icon(run)} ${runStateWord(run.state)} (${escapeMarkdown(run.awsState)})`],
    ['Started', run.startedMs === undefined ? undefined : escapeMarkdown(formatDateTime(run.startedMs, context))],
    [
      'Took',
      run.startedMs === undefined || run.endedMs === undefined
        ? undefined
        : formatDuration(run.endedMs - run.startedMs),
    ],
    costFact(run),
    ['Error', optional(run.error)],
    ['Cause', run.cause === undefined ? undefined : escapeMarkdown(shorten(run.cause, 600))],
    ['Id', codeSpan(run.key.id)],
  ]);
  const link = connection.kind === 'local' ? '' : commandLink('Open in AWS console', 'sluice.openInConsole', id);
  return [rows, link].filter(Boolean).join('\n\n');
}

function lastRunText(run: RunSummary, context: PresentContext): string {
  const at = run.endedMs ?? run.startedMs;
  const when = at === undefined ? '' : escapeMarkdown(formatRelative(at, context.nowMs, context));
  const cause = run.cause ?? run.error;
  const why = isTerminal(run.state) && run.state !== 'succeeded' && cause ? escapeMarkdown(shorten(cause, 300)) : '';
  return [`${icon(run)} ${runStateWord(run.state)}`, when, why].filter(Boolean).join(' · ');
}

/** What AWS would bill; nothing on this machine. */
function costFact({ cost, key }: RunSummary): Fact {
  const isBilled = cost !== undefined && key.connectionId !== localConnection.id;
  return ['Cost estimate', isBilled ? `${formatDpuHours(cost)} ${formatMoney(cost.dollars)} at list price` : undefined];
}

/** The last runs as icons, the newest at the right. */
function sparkline(recent: readonly RunSummary[]): string {
  return recent.length < 2 ? '' : [...recent].reverse().map(icon).join(' ');
}

function icon(run: RunSummary): string {
  return `$(${presentRunState(run.state).id})`;
}

function optional(text: string | undefined): string | undefined {
  return text === undefined || text === '' ? undefined : escapeMarkdown(shorten(text, 300));
}

function table(rows: readonly Fact[]): string {
  const filled = rows.flatMap(([name, value]) =>
    value ? [`| ${name} | ${value.replace(/(?<!\\)\|/g, '\\|')} |`] : [],
  );
  return ['| | |', '|:--|:--|', ...filled].join('\n');
}
