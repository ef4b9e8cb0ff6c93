import { silentLog, type Log } from '../base/log.ts';
import { editTree, formatOf, parseTree, type DocumentName } from '../language/edit.ts';
import type { HostFile } from '../language/hosts/host.ts';
import { hostKindOf } from '../language/hosts/hostKind.ts';
import { readHost } from '../language/hosts/readHost.ts';
import { applyChanges, LineIndex, type TextChange } from '../language/lineIndex.ts';
import { toFindings, type Finding, type FindingOptions } from '../language/rules/findings.ts';
import type { RuleProblem } from '../language/rules/rule.ts';
import { UnknownNode, type Tree } from '../language/tree.ts';
import { checkGlue } from './check.ts';
import { findResources, mayHoldResources } from './hosts/find.ts';
import { writtenFix } from './hosts/writtenFix.ts';
import { resourcesOf, type GlueFile, type Resource } from './model.ts';
import { isGlueConfigName, mayHoldGlue, recognize } from './recognize.ts';

export interface GlueOptions extends DocumentName, FindingOptions {
  readonly log?: Log;
}

/** A document that may hold Glue configs, by itself or as a template, program or Terraform file, and that is being edited. */
export class GlueDocument {
  #tree: Tree;
  #lines: LineIndex | undefined;
  #file: GlueFile | undefined;

  constructor(
    text: string,
    readonly options: GlueOptions,
    private host: HostFile | undefined,
  ) {
    this.#tree = host === undefined ? parseTree(text, formatOf(text, options)) : treeOf(text, host);
  }

  get text(): string {
    return this.#tree.text;
  }

  get tree(): Tree {
    return this.#tree;
  }

  /** Whether the configs stand in a file of another kind, which may hold more than Glue. */
  get isHosted(): boolean {
    return this.host !== undefined;
  }

  get lines(): LineIndex {
    this.#lines ??= LineIndex.of(this.#tree.text);
    return this.#lines;
  }

  get file(): GlueFile {
    this.#file ??= sorted(
      this.host === undefined
        ? recognize(this.#tree.root, this.#tree.text, isGlueConfigName(this.options.fileName ?? ''))
        : findResources(this.host),
    );
    return this.#file;
  }

  /** Whether it is a program or Terraform file, in which names and values are written otherwise than in JSON and YAML. */
  get isProgram(): boolean {
    return this.host !== undefined && this.host.kind !== 'template';
  }

  /** The document as it would be with a change. */
  after(change: TextChange): GlueDocument {
    const text = applyChanges(this.text, [change]);
    return new GlueDocument(text, this.options, this.host && readHost(text, this.options));
  }

  /** Applies changes in order, each to the result of the one before. */
  edit(changes: readonly TextChange[]): void {
    let { text } = this;
    for (const change of changes) {
      if (this.host === undefined) this.#tree = editTree(this.#tree, change);
      text = applyChanges(text, [change]);
      this.#lines = this.#lines?.afterEdit(change, text);
    }
    if (this.host !== undefined) {
      this.host = readHost(text, this.options) ?? { kind: 'terraform', text, blocks: [] };
      this.#tree = treeOf(text, this.host);
    }
    this.#file = undefined;
  }

  /** What is wrong with the text as it is now, in the order of the text. */
  findings(): Finding[] {
    const { log = silentLog, fileName = '', languageId = '' } = this.options;
    const problems = checkGlue({ tree: this.#tree, file: this.file, fileName, languageId }, log);
    if (problems.length === 0) return [];
    const given =
      this.host === undefined || this.host.kind === 'template' ? problems : problems.map(withFixesFor(this.host));
    return toFindings(given, this.#tree, this.lines, this.options);
  }
}

/** The document with its configs; undefined where neither its name nor its content says that there are any. */
export function openGlueDocument(text: string, options: GlueOptions): GlueDocument | undefined {
  const { fileName = '', languageId = '' } = options;
  if (text.length > MAX_LENGTH || /^asl(?:-yaml)?$/.test(languageId)) return undefined;
  const host = mayHoldResources(text, options) ? readHost(text, options) : undefined;
  if (host !== undefined) {
    const hosted = new GlueDocument(text, options, host);
    return isEmpty(hosted.file) ? undefined : hosted;
  }
  if (hostKindOf(options) !== 'template' && hostKindOf(options) !== undefined) return undefined;
  if (!mayHoldGlue(text, fileName)) return undefined;
  const document = new GlueDocument(text, options, undefined);
  return isGlueConfigName(fileName) || !isEmpty(document.file) ? document : undefined;
}

/** Longer texts are data, in which a person looks for no config. */
const MAX_LENGTH = 4 * 1024 * 1024;

function isEmpty(file: GlueFile): boolean {
  return resourcesOf(file).length === 0;
}

function sorted(resources: readonly Resource[]): GlueFile {
  return {
    jobs: resources.filter((resource) => resource.kind === 'job'),
    triggers: resources.filter((resource) => resource.kind === 'trigger'),
    workflows: resources.filter((resource) => resource.kind === 'workflow'),
    holdings: resources.filter((resource) => 'targets' in resource),
  };
}

/** The tree of a template; of other files the text alone, since what is found there stands by itself. */
function treeOf(text: string, host: HostFile): Tree {
  return host.kind === 'template'
    ? host.tree
    : { text, format: 'json', root: new UnknownNode(0, text.length, 'intrinsic'), issues: [] };
}

/** Fixes in the words of the host, those that can be written there. */
function withFixesFor(host: Exclude<HostFile, { kind: 'template' }>): (problem: RuleProblem) => RuleProblem {
  const { text } = host;
  const language = host.kind === 'program' ? host.language : 'terraform';
  return ({ fixes, ...problem }) => ({
    ...problem,
    fixes: (fixes ?? []).flatMap((fix) => writtenFix(fix, { text, language }) ?? []),
  });
}
