import { silentLog, type Log } from '../../base/log.ts';
import { formatOf, parseTree } from '../../language/edit.ts';
import { toFindings, type Finding, type FindingOptions } from '../../language/rules/findings.ts';
import type { RuleProblem } from '../../language/rules/rule.ts';
import { runRules } from '../../language/rules/run.ts';
import { nodeAt } from '../../language/treeQueries.ts';
import type { FileFacts } from '../facts/facts.ts';
import { activeStage, type ActiveStage, type StageChoice, type StageSource } from '../stages.ts';
import { SHARED_RULES, WORKSPACE_RULES } from '../rules/index.ts';
import type { WorkspacePath } from '../workspaceFile.ts';
import { Links } from './links.ts';

/** What is known of a workspace. */
export interface KnownFiles {
  readonly facts: ReadonlyMap<WorkspacePath, FileFacts>;
  readonly paths: ReadonlySet<WorkspacePath>;
  /** Another one after every change. */
  readonly version: number;
  /** Not all files of the workspace are known: nothing is called missing. */
  readonly isPartial?: boolean;
  /** Whether a file is there that is not among the known ones. */
  readonly exists?: (path: WorkspacePath) => boolean;
}

/** What is wrong between the files of a workspace, and who means whom. */
export class Contracts {
  #links: { readonly version: number; readonly value: Links } | undefined;
  #stage: StageChoice;

  constructor(
    private readonly known: KnownFiles,
    private readonly log: Log = silentLog,
    stage: StageChoice = {},
  ) {
    this.#stage = stage;
  }

  /** Another stage counts from now on, where it is another. */
  choose(chosen: string | undefined): void {
    if (this.#stage.chosen === chosen) return;
    this.#stage = { ...this.#stage, chosen };
    this.#links = undefined;
  }

  /** What the files say of stages. */
  get stageSources(): readonly StageSource[] {
    return [...this.known.facts.values()].filter(({ stageMap, stages }) => stageMap !== undefined || stages.length > 0);
  }

  get stage(): ActiveStage | undefined {
    return activeStage(this.stageSources, this.#stage);
  }

  get links(): Links {
    const { facts, paths, version, isPartial, exists } = this.known;
    if (this.#links?.version !== version)
      this.#links = { version, value: new Links(facts, paths, { isPartial, exists, stage: this.#stage }) };
    return this.#links.value;
  }

  /** What is wrong with a file in its workspace, in the order of its text. */
  findings(path: WorkspacePath, text: string, options: FindingOptions): Finding[] {
    const file = this.links.file(path);
    if (file === undefined) return [];
    const problems = runRules([...WORKSPACE_RULES, ...SHARED_RULES], { file, links: this.links }, this.log);
    return problems.length === 0 ? [] : toFindings(placed(problems, path, text), { text }, file.lines, options);
  }
}

/** JSON has no comments: what is to be ignored stands in `Comment` fields, which only the tree of the text tells. */
function placed(problems: readonly RuleProblem[], path: WorkspacePath, text: string): readonly RuleProblem[] {
  if (!/\.(?:json|asl|template)$/i.test(path) || !text.includes('sluice-ignore:')) return problems;
  const { root } = parseTree(text, formatOf(text, { fileName: path }));
  return problems.map((problem) => {
    const { at } = problem;
    const node = at.kind === 'text' ? nodeAt(root, at.start) : undefined;
    return at.kind === 'text' && node?.start === at.start && node.end === at.end ? { ...problem, at: node } : problem;
  });
}
