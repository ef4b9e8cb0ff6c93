import type { GlueJobKind, GlueTriggerKind } from '../../aws/glue/api.ts';
import { connectionLabel, type Connection } from '../../core/connections/connection.ts';
import { formatClock, formatDuration, formatRelative, formatStart, type TimeFormat } from '../../core/runs/format.ts';
import { readableCause } from '../../core/runs/eventDetails.ts';
import { isTerminal, type RunSummary } from '../../core/runs/model.ts';
import { connectionFacts, type ItemFact } from '../itemFacts.ts';
import { presentRunState, runStateGlyph, runStateWord, type Icon } from '../runs/presentRunState.ts';
import { itemName, type Item, type ItemNode, type PipelineNode, type Section, type SectionNode } from './node.ts';
import { describeTrouble, presentError, presentNote } from './presentTrouble.ts';
import { shorten } from './presentMarkdown.ts';

export interface PresentContext extends TimeFormat {
  readonly nowMs: number;
  isProtected(connection: Connection, accountId: string | undefined): boolean;
  /** Whether AWS has been limiting the connection's requests for half a minute. */
  isSlow(connection: Connection): boolean;
  /** How the row differs from what the workspace has under its name, in words; undefined where it does not. */
  drift?(node: ItemNode): string | undefined;
}

/** A row as any tree could draw it. */
export interface Row {
  readonly label: string;
  readonly description?: string;
  readonly icon?: Icon;
  /** Plain text; rows with more to say have `presentTooltip`. */
  readonly tooltip?: string;
  readonly collapsible: 'no' | 'closed' | 'open';
  /** What menus ask about the row. */
  readonly facts: readonly ItemFact[];
  /** What a click does; the row's node is the argument. */
  readonly command?: { readonly id: `sluice.${string}` | 'workbench.trust.manage'; readonly title: string };
  readonly accessibleLabel?: string;
}

const sectionRows = {
  jobs: { label: 'Glue Jobs', icon: { id: 'zap' } },
  workflows: { label: 'Glue Workflows', icon: { id: 'type-hierarchy' } },
  machines: { label: 'State Machines', icon: { id: 'circuit-board' } },
} satisfies Record<Section, { label: string; icon: Icon }>;

const jobIcons = {
  spark: 'zap',
  pythonShell: 'terminal',
  streaming: 'pulse',
  ray: 'type-hierarchy-sub',
} satisfies Record<GlueJobKind, string>;

const triggerRows = {
  SCHEDULED: { icon: 'watch', word: 'schedule' },
  EVENT: { icon: 'symbol-event', word: 'event' },
  ON_DEMAND: { icon: 'play', word: 'on demand' },
  CONDITIONAL: { icon: 'git-merge', word: 'conditional' },
} satisfies Record<GlueTriggerKind, { icon: string; word: string }>;

const slowWords = 'AWS is limiting requests; updating slower';

export function presentNode(node: PipelineNode, context: PresentContext): Row {
  switch (node.kind) {
    case 'connection': {
      const isProtected = context.isProtected(node.connection, node.accountId);
      const isLocal = node.connection.kind === 'local';
      return {
        label: connectionLabel(node.connection),
        description: [
          ...(isLocal ? ['running on this machine'] : [isProtected ? 'PROTECTED' : '', node.accountId ?? '']),
          context.isSlow(node.connection) ? slowWords : '',
        ]
          .filter(Boolean)
          .join(' · '),
        icon: { id: isLocal ? 'vm' : 'plug', ...(isProtected ? { color: 'errorForeground' } : {}) },
        collapsible: 'open',
        facts: [...connectionFacts(node.connection), 'readable'],
      };
    }
    case 'section':
      return { ...presentSection(node), facts: ['readable'] };
    case 'item':
      return presentItem(node, context);
    case 'trigger': {
      const { icon, word } = triggerRows[node.trigger.kind];
      const { schedule, awsState, name } = node.trigger;
      return {
        label: name,
        description: [schedule ?? word, awsState === 'ACTIVATED' ? '' : awsState.toLowerCase()]
          .filter(Boolean)
          .join(' · '),
        icon: { id: icon },
        collapsible: 'no',
        // Starting one that is active already does nothing.
        facts: awsState === 'ACTIVATED' ? ['named'] : ['startableTrigger', 'named'],
      };
    }
    case 'run':
      return presentRun(node.run, context);
    case 'more':
      return {
        label: 'Load more…',
        icon: { id: 'ellipsis' },
        collapsible: 'no',
        facts: [],
        command: { id: 'sluice.loadMore', title: 'Load More' },
      };
    case 'error':
      return presentError(node.error);
    case 'note':
      return presentNote(node);
  }
}

function presentSection(node: SectionNode): Omit<Row, 'facts'> {
  const { loaded, complete, shown, filtered } = node;
  // Nothing read of a list that did not come to its end, as one that may not be read, says nothing of how many there are.
  const isCounted = loaded !== undefined && (complete || loaded > 0);
  const all = isCounted ? `${loaded}${complete ? '' : '+'}` : '';
  const count = filtered && isCounted ? `${shown} of ${all}` : all;
  const trouble = node.error && describeTrouble(node.error);
  const slowed = node.slowed ? slowWords : '';
  return {
    ...sectionRows[node.section],
    description: [count, trouble, slowed].filter(Boolean).join(' · '),
    collapsible: 'closed',
  };
}

function presentItem(node: ItemNode, context: PresentContext): Row {
  const { item, connection, lastRun, pinned } = node;
  const name = itemName(item);
  const state = [lastRun ? describeState(lastRun, context) : '', context.drift?.(node) ?? '']
    .filter(Boolean)
    .join(' · ');
  return {
    label: name,
    description: state,
    icon: itemIcon(item, lastRun ?? undefined),
    collapsible: 'closed',
    facts: [
      item.kind,
      'readable',
      'named',
      'hasArn',
      pinned ? 'pinned' : 'unpinned',
      ...(item.kind === 'workflow' ? [] : (['hasSource'] as const)),
      ...(connection.kind === 'local' ? [] : (['inConsole'] as const)),
    ],
    command: { id: 'sluice.openSource', title: 'Open' },
    accessibleLabel: [name, lastRun ? runStateWord(lastRun.state) : '', state].filter(Boolean).join(', '),
  };
}

/** `✓ 3 min ago · 41 s`, `⟳ 00:01:12`, `✗ 5 h ago · Path does not exist …`. */
function describeState(run: RunSummary, context: PresentContext): string {
  const glyph = runStateGlyph(run.state);
  if (!isTerminal(run.state)) return `${glyph} ${clock(run, context)}`;
  const when = formatRelative(run.endedMs ?? run.startedMs ?? context.nowMs, context.nowMs, context);
  return [`${glyph} ${when}`, fact(run)].filter(Boolean).join(' · ');
}

/** What matters about an ended run: its cause where it failed, else how long it took. */
function fact(run: RunSummary): string {
  const cause = readableCause(run.cause) ?? run.error;
  if ((run.state === 'failed' || run.state === 'timedOut') && cause) return shorten(cause, 80);
  return run.startedMs !== undefined && run.endedMs !== undefined ? formatDuration(run.endedMs - run.startedMs) : '';
}

function clock(run: RunSummary, context: PresentContext): string {
  return run.startedMs === undefined ? runStateWord(run.state) : formatClock(context.nowMs - run.startedMs);
}

/** The kind of thing while all is well or unknown; its run's own icon when it runs or failed. */
function itemIcon(item: Item, lastRun: RunSummary | undefined): Icon {
  const id = itemIconId(item);
  if (!lastRun) return { id };
  const { state } = lastRun;
  if (state === 'running' || state === 'waiting') return presentRunState(state);
  return state === 'failed' || state === 'timedOut' ? { id, color: 'testing.iconFailed' } : { id };
}

function itemIconId(item: Item): string {
  switch (item.kind) {
    case 'job':
      return jobIcons[item.job.kind];
    case 'workflow':
      return 'type-hierarchy';
    case 'machine':
      return item.machine.type === 'EXPRESS' ? 'rocket' : 'circuit-board';
  }
}

function presentRun(run: RunSummary, context: PresentContext): Row {
  const isOver = isTerminal(run.state);
  const start = run.startedMs === undefined ? run.name : formatStart(run.startedMs, context.nowMs, context);
  const attempt = run.attempt !== undefined && run.attempt > 0 ? `attempt ${run.attempt + 1}` : '';
  const detail = isOver ? fact(run) : clock(run, context);
  const description = [attempt, detail].filter(Boolean).join(' · ');
  return {
    label: start,
    description,
    icon: presentRunState(run.state),
    collapsible: 'no',
    facts: [
      isOver ? 'endedRun' : 'activeRun',
      'named',
      ...(run.key.kind === 'execution' ? (['hasArn'] as const) : []),
      ...(run.key.connectionId === 'local' ? [] : (['inConsole'] as const)),
    ],
    command: { id: 'sluice.openRun', title: 'Open Run' },
    accessibleLabel: [runStateWord(run.state), start, description].filter(Boolean).join(', '),
  };
}
