import type { GlueJob, GlueTrigger, GlueWorkflow } from '../../aws/glue/api.ts';
import type { StateMachineSummary } from '../../aws/stepFunctions/api.ts';
import type { UserError } from '../../core/base/userError.ts';
import type { Connection } from '../../core/connections/connection.ts';
import type { RunSummary } from '../../core/runs/model.ts';

export const sections = ['jobs', 'workflows', 'machines'] as const;
export type Section = (typeof sections)[number];

/** What a row under a section stands for. */
export type Item =
  | { readonly kind: 'job'; readonly job: GlueJob }
  | { readonly kind: 'workflow'; readonly workflow: GlueWorkflow }
  | { readonly kind: 'machine'; readonly machine: StateMachineSummary };

interface NodeBase {
  /** Unique over connections, sections and resources, and the same after a restart. */
  readonly id: string;
  readonly connection: Connection;
}

export interface ConnectionNode extends NodeBase {
  readonly kind: 'connection';
  /** Once the account has answered who the caller is. */
  accountId?: string;
}

export interface SectionNode extends NodeBase {
  readonly kind: 'section';
  readonly section: Section;
  /** Resources read so far, whether the filter shows them or not; undefined before the first page. */
  loaded?: number;
  /** Whether `loaded` are all there are. */
  complete: boolean;
  /** Rows that the filter lets through. */
  shown: number;
  filtered: boolean;
  /** The service has been refusing calls for its rate for half a minute. */
  slowed: boolean;
  /** Why the list came to no end; the last row under the section says it in full. */
  error?: UserError;
}

export interface ItemNode extends NodeBase {
  readonly kind: 'item';
  readonly section: Section;
  item: Item;
  pinned: boolean;
  /** The newest run; null when it never ran; undefined while that is not known. */
  lastRun?: RunSummary | null;
  /** The newest runs that were read, for the tooltip. */
  recent: readonly RunSummary[];
  /** Why the last state is not known. */
  stateError?: UserError;
}

export interface TriggerNode extends NodeBase {
  readonly kind: 'trigger';
  readonly trigger: GlueTrigger;
  readonly item: ItemNode;
}

export interface RunNode extends NodeBase {
  readonly kind: 'run';
  readonly item: ItemNode;
  run: RunSummary;
}

export interface MoreNode extends NodeBase {
  readonly kind: 'more';
  readonly parent: SectionNode | ItemNode;
}

export interface ErrorNode extends NodeBase {
  readonly kind: 'error';
  readonly parent: ConnectionNode | SectionNode | ItemNode;
  readonly error: UserError;
}

export type Note = 'empty' | 'noMatch' | 'neverRan' | 'expressUnlisted';

export interface NoteNode extends NodeBase {
  readonly kind: 'note';
  readonly note: Note;
  readonly parent: SectionNode | ItemNode;
}

/** A row. There is one object per row for as long as it lives; what may change is updated in place. */
export type PipelineNode =
  ConnectionNode | SectionNode | ItemNode | TriggerNode | RunNode | MoreNode | ErrorNode | NoteNode;

/** Name as AWS shows it. */
export function itemName(item: Item): string {
  switch (item.kind) {
    case 'job':
      return item.job.name;
    case 'workflow':
      return item.workflow.name;
    case 'machine':
      return item.machine.name;
  }
}

/** What identifies the item within its section and its runs in a `RunKey`: an ARN for machines, else the name. */
export function itemResource(item: Item): string {
  return item.kind === 'machine' ? item.machine.arn : itemName(item);
}

/** Joins parts so that no two lists of parts give the same text. */
export function nodeId(...parts: readonly string[]): string {
  return parts.map(encodeURIComponent).join('/');
}

export function itemId(connectionId: string, section: Section, resource: string): string {
  return nodeId(connectionId, section, resource);
}

const kinds: ReadonlySet<unknown> = new Set<PipelineNode['kind']>([
  'connection',
  'section',
  'item',
  'trigger',
  'run',
  'more',
  'error',
  'note',
]);

/** Only the view hands rows to commands; a wrong shape comes from elsewhere. */
export function isNode(target: object): target is PipelineNode {
  return 'kind' in target && kinds.has(target.kind) && 'id' in target && 'connection' in target;
}
