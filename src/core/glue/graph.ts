import { describeSchedule } from '../language/schedule.ts';
import type { DocumentName } from '../language/edit.ts';
import { nodeOf, type Problem } from '../language/rules/rule.ts';
import type { Node } from '../language/tree.ts';
import { openGlueDocument, type GlueDocument } from './document.ts';
import type { GlueFile, Job, Trigger, Workflow } from './model.ts';
import { referencesTo } from './references.ts';
import { conditionState } from './rules/trigger/predicate.ts';
import { fieldOfOtherType } from './rules/trigger/start.ts';
import { workflowFlow, workflowStart } from './rules/workflow/workflow.ts';
import { linksOf, stepIds, workflowGraphs, type Step, type TriggerLinks } from './workflowGraph.ts';

/** A file that a workflow may be described in, or a part of one. */
export interface GlueSource extends DocumentName {
  readonly text: string;
  /** What the places of the picture call it. */
  readonly uri: string;
}

/** A trigger, job or crawler of the picture. Offsets count in the file of `uri`. */
export interface GlueGraphNode {
  readonly id: string;
  readonly name: string;
  readonly type: 'Trigger' | 'Job' | 'Crawler';
  readonly detail: string;
  readonly isEnd: boolean;
  readonly hasRetry: boolean;
  readonly start: number;
  readonly end: number;
  readonly uri: string;
  /** What is wrong with it, in a sentence; empty where nothing is. */
  readonly problem: string;
  readonly scopes: readonly [];
}

export interface GlueGraphEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: 'next' | 'choice';
  /** The state that the trigger waits for. */
  readonly label: string;
}

/** A workflow as a picture: a trigger leads to what it starts, and what a condition watches to its trigger. */
export interface GlueGraph {
  /** Of the workflow; empty for triggers outside of any. */
  readonly name: string;
  readonly title: '';
  readonly startAt: string | undefined;
  readonly states: readonly GlueGraphNode[];
  readonly edges: readonly GlueGraphEdge[];
}

/**
 * The workflows that the first source describes or has a trigger of, each with the triggers of all sources, and last the
 * triggers of the first source that belong to none. Never throws.
 */
export function glueGraphs(sources: readonly [GlueSource, ...GlueSource[]]): readonly GlueGraph[] {
  const documents = sources.flatMap((source) => {
    const document = openGlueDocument(source.text, source);
    return document === undefined ? [] : [{ document, uri: source.uri }];
  });
  const file = merged(documents.map(({ document }) => document.file));
  const uris = new Map<object, string>();
  for (const { document, uri } of documents) {
    for (const one of [...document.file.jobs, ...document.file.triggers, ...document.file.workflows])
      uris.set(one, uri);
  }
  const own = (one: object): boolean => uris.get(one) === sources[0].uri;
  const picture = { file, uris, problems: problemsOf(documents[0]?.document, file), own };
  const workflows = workflowGraphs(file).filter(
    ({ workflow, triggers }) => own(workflow) || triggers.some(({ trigger }) => own(trigger)),
  );
  const held = new Set(workflows.flatMap(({ triggers }) => triggers.map(({ trigger }) => trigger)));
  const ids = stepIds(file);
  const rest = file.triggers.filter((trigger) => own(trigger) && !held.has(trigger));
  const loose = rest.map((trigger) => linksOf(trigger, ids));
  return [
    ...workflows.map(({ workflow, triggers }) => draw(workflow, triggers, picture)),
    ...(loose.length > 0 ? [draw(undefined, loose, picture)] : []),
  ].filter(({ states }) => states.length > 0);
}

interface Picture {
  readonly file: GlueFile;
  readonly uris: ReadonlyMap<object, string>;
  readonly problems: readonly Problem[];
  readonly own: (one: object) => boolean;
}

function merged(files: readonly GlueFile[]): GlueFile {
  return {
    jobs: files.flatMap(({ jobs }) => jobs.filter(({ use }) => use !== 'run')),
    triggers: files.flatMap(({ triggers }) => triggers),
    workflows: files.flatMap(({ workflows }) => workflows),
    holdings: [],
  };
}

/** What the rules about whole workflows say of all files together, and those about what makes a trigger fire of each. */
function problemsOf(document: GlueDocument | undefined, file: GlueFile): Problem[] {
  const problems: Problem[] = [];
  if (document === undefined) return problems;
  const report = (problem: Problem): void => void problems.push(problem);
  const subject = { tree: document.tree, fileName: '', languageId: '', file };
  for (const rule of [workflowStart, workflowFlow]) rule.check(subject, report);
  for (const trigger of file.triggers) {
    for (const rule of [conditionState, fieldOfOtherType]) rule.check(trigger, report);
  }
  return problems;
}

function draw(workflow: Workflow | undefined, links: readonly TriggerLinks[], picture: Picture): GlueGraph {
  const { file, uris, own } = picture;
  const jobs = new Map(file.jobs.map((job) => [`job ${referencesTo(job)[0] ?? ''}`, job]));
  const states = new Map<string, GlueGraphNode>();
  const edges: GlueGraphEdge[] = [];
  const triggerIds = new Map(
    links.map(({ trigger }, index) => [trigger, `trigger ${index} ${calledTrigger(trigger)}`]),
  );
  const addStep = (step: Step, trigger: Trigger): string => {
    if (!states.has(step.id)) states.set(step.id, stepNode(step, jobs.get(step.id), trigger, uris));
    return step.id;
  };
  for (const { trigger, starts, watches } of links) {
    const id = triggerIds.get(trigger) ?? '';
    states.set(id, { ...triggerNode(trigger, picture), id });
    for (const step of watches) {
      edges.push({ from: addStep(step, trigger), to: id, kind: 'choice', label: stateOf(step) });
    }
    for (const step of starts) edges.push({ from: id, to: addStep(step, trigger), kind: 'next', label: '' });
  }
  for (const [id, job] of jobs) {
    if (!states.has(id) && own(job) && !isStartedElsewhere(id, picture)) {
      const node = jobNode(job, id, uris.get(job) ?? '');
      states.set(id, { ...node, problem: 'No trigger starts this job.' });
    }
  }
  const start = links.find(({ trigger }) => trigger.type !== undefined && trigger.type !== 'CONDITIONAL');
  const drawn = [...states.values()].map((state) => ({
    ...state,
    isEnd: state.type !== 'Trigger' && !edges.some(({ from }) => from === state.id),
  }));
  return {
    name: workflow?.name ?? workflow?.address ?? '',
    title: '',
    startAt: start && triggerIds.get(start.trigger),
    states: drawn,
    edges,
  };
}

function isStartedElsewhere(id: string, { file }: Picture): boolean {
  const ids = stepIds(file);
  return file.triggers.some((trigger) => linksOf(trigger, ids).starts.some((step) => step.id === id));
}

function calledTrigger({ name, address }: Trigger): string {
  return name ?? address ?? 'trigger';
}

function triggerNode(trigger: Trigger, { uris, problems }: Picture): GlueGraphNode {
  const { node } = trigger.part;
  const own = problems.filter(({ at }) => at === trigger.anchor || isWithin(nodeOf(at), node));
  return {
    id: '',
    name: calledTrigger(trigger),
    type: 'Trigger',
    detail: triggerDetail(trigger),
    isEnd: false,
    hasRetry: false,
    start: node.start,
    end: node.end,
    uri: uris.get(trigger) ?? '',
    problem: own.map(({ message }) => message).join(' '),
    scopes: [],
  };
}

function isWithin(node: Node | undefined, outer: Node): boolean {
  for (let at = node; at !== undefined; at = at.parent) if (at === outer) return true;
  return false;
}

function triggerDetail({ type, part, conditions }: Trigger): string {
  switch (type) {
    case 'SCHEDULED': {
      const schedule = part.text('Schedule') ?? '';
      return describeSchedule(schedule) ?? (schedule === '' ? 'on a schedule' : schedule);
    }
    case 'CONDITIONAL': {
      const isAny = part.part('Predicate', 'predicate')?.text('Logical') === 'ANY';
      return conditions.length < 2
        ? 'when its condition holds'
        : `when ${isAny ? 'any' : 'all'} of ${conditions.length} hold`;
    }
    case 'ON_DEMAND':
      return 'on demand';
    case 'EVENT':
      return 'on events';
    default:
      return type ?? '';
  }
}

/** The state that a condition names: it stands beside the name of the job. */
function stateOf({ node }: Step): string {
  const condition = node.parent;
  if (condition?.kind !== 'object') return '';
  const state = condition.properties.find(({ key }) => /^(?:crawl_?)?state$/i.test(key.value))?.value;
  return state?.kind === 'string' ? state.value : '';
}

function stepNode(
  step: Step,
  job: Job | undefined,
  trigger: Trigger,
  uris: ReadonlyMap<object, string>,
): GlueGraphNode {
  if (job !== undefined) return jobNode(job, step.id, uris.get(job) ?? '');
  return {
    id: step.id,
    name: step.id.replace(/^\w+ (?:name|ref):/, ''),
    type: step.kind === 'job' ? 'Job' : 'Crawler',
    detail: step.kind === 'job' ? 'Job, not in these files' : 'Crawler',
    isEnd: false,
    hasRetry: false,
    start: step.node.start,
    end: step.node.end,
    uri: uris.get(trigger) ?? '',
    problem: '',
    scopes: [],
  };
}

function jobNode(job: Job, id: string, uri: string): GlueGraphNode {
  const { part, command, glueVersion } = job;
  const workers = [part.text('NumberOfWorkers'), part.text('WorkerType')];
  const detail = [
    command.type ?? 'Job',
    glueVersion !== undefined && `Glue ${glueVersion}`,
    workers.every((one) => one !== undefined) && workers.join(' × '),
  ];
  return {
    id,
    name: job.name ?? job.address ?? 'job',
    type: 'Job',
    detail: detail.filter(Boolean).join(' · '),
    isEnd: false,
    hasRetry: (part.number('MaxRetries') ?? 0) > 0,
    start: part.node.start,
    end: part.node.end,
    uri,
    problem: '',
    scopes: [],
  };
}
