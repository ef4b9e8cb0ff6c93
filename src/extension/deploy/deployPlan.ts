import type { Log } from '../../core/base/log.ts';
import type { Connection } from '../../core/connections/connection.ts';
import type { Report } from '../prompts/progress.ts';
import type { AppliedRecord } from './appliedRecord.ts';

/** What planning needs besides the account. */
export interface PlanPorts {
  readonly record: AppliedRecord;
  readonly log: Log;
  /** Asks a question that has one button. */
  readonly confirm: (question: string, detail: string, button: string) => Promise<boolean>;
}

/** A call that changes an account, before it is made. */
export interface PlannedCall {
  /** What it does: `Update job report-orders`. */
  readonly label: string;
  /** What is called: `glue:UpdateJob`. */
  readonly action: string;
  readonly detail: string;
  /** What is there and what will be, as texts. */
  readonly diff?: { readonly name: string; readonly before: string; readonly after: string };
  /** Makes the call, and says what was done. Rejects with UserError. */
  readonly run: (signal: AbortSignal, report: Report) => Promise<string>;
}

/** One way to carry a plan out. */
export interface PlanVariant {
  readonly label: string;
  readonly calls: readonly PlannedCall[];
}

/** What a deploy would do; nothing is changed yet. */
export interface DeployPlan {
  readonly verb: 'Deploy' | 'Upload';
  readonly connection: Connection;
  /** Of the job or machine, which the user types where the connection is protected. */
  readonly name: string;
  /** Without calls, there is nothing to do. The first is the usual one. */
  readonly variants: readonly [PlanVariant, ...PlanVariant[]];
  /** What the user has to know, each in a sentence. */
  readonly notes: readonly string[];
}
