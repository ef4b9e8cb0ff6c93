import type { Step, StepAttempt } from './timelineModel.ts';

export type Mutable<T> = { -readonly [K in keyof T]: T[K] };
/** A try while it is built; the job's name is known before the run's id. */
export type MutableAttempt = Mutable<StepAttempt> & { jobName?: string };

/** A step while it is built, with the scope it stands in. */
export interface OpenStep extends Mutable<Omit<Step, 'attempts'>> {
  attempts: MutableAttempt[];
  readonly scope: Scope;
  /** Branches of a Parallel that have begun. */
  branches: number;
}

/** Where states follow each other: the machine itself, a branch, or an item of a Map. */
export interface Scope {
  readonly labels: readonly string[];
  readonly owner: OpenStep | undefined;
}

/** What an event leaves for those that name it as their predecessor. */
export interface EventContext {
  readonly scope: Scope;
  readonly step: OpenStep | undefined;
  /** States that follow this event directly open a branch each. */
  readonly opensBranches: boolean;
}

export const rootContext: EventContext = {
  scope: { labels: [], owner: undefined },
  step: undefined,
  opensBranches: false,
};

/** The context's own step, then those around it, innermost first. */
export function* enclosing(context: EventContext): Generator<OpenStep> {
  if (context.step) yield context.step;
  for (let owner = context.scope.owner; owner; owner = owner.scope.owner) {
    if (owner !== context.step) yield owner;
  }
}
