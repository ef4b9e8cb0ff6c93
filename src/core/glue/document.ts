import { silentLog, type Log } from '../base/log.ts';
import { editTree, formatOf, parseTree, type DocumentName } from '../language/edit.ts';
import { LineIndex, type TextChange } from '../language/lineIndex.ts';
import { toFindings, type Finding, type FindingOptions } from '../language/rules/findings.ts';
import type { Tree } from '../language/tree.ts';
import { checkGlue } from './check.ts';
import type { GlueFile } from './model.ts';
import { isGlueConfigName, mayHoldGlue, recognize } from './recognize.ts';

export interface GlueOptions extends DocumentName, FindingOptions {
  readonly log?: Log;
}

/** A document that may hold Glue configs, and that is being edited. */
export class GlueDocument {
  #tree: Tree;
  #lines: LineIndex | undefined;
  #file: GlueFile | undefined;

  constructor(
    text: string,
    readonly options: GlueOptions,
  ) {
    this.#tree = parseTree(text, formatOf(text, options));
  }

  get text(): string {
    return this.#tree.text;
  }

  get tree(): Tree {
    return this.#tree;
  }

  get lines(): LineIndex {
    this.#lines ??= LineIndex.of(this.#tree.text);
    return this.#lines;
  }

  get file(): GlueFile {
    this.#file ??= readGlue(this.#tree, this.options.fileName ?? '');
    return this.#file;
  }

  /** Applies changes in order, each to the result of the one before. */
  edit(changes: readonly TextChange[]): void {
    for (const change of changes) {
      this.#tree = editTree(this.#tree, change);
      this.#lines = this.#lines?.afterEdit(change, this.#tree.text);
    }
    this.#file = undefined;
  }

  /** What is wrong with the text as it is now, in the order of the text. */
  findings(): Finding[] {
    const { log = silentLog, fileName = '', languageId = '' } = this.options;
    const problems = checkGlue({ tree: this.#tree, file: this.file, fileName, languageId }, log);
    return problems.length === 0 ? [] : toFindings(problems, this.#tree, this.lines, this.options);
  }
}

/** The document with its configs; undefined where neither its name nor its content says that there are any. */
export function openGlueDocument(text: string, options: GlueOptions): GlueDocument | undefined {
  const { fileName = '', languageId = '' } = options;
  if (/^asl(?:-yaml)?$/.test(languageId) || !mayHoldGlue(text, fileName)) return undefined;
  const document = new GlueDocument(text, options);
  return isGlueConfigName(fileName) || !isEmpty(document.file) ? document : undefined;
}

function isEmpty({ jobs, triggers, workflows }: GlueFile): boolean {
  return jobs.length + triggers.length + workflows.length === 0;
}

function readGlue(tree: Tree, fileName: string): GlueFile {
  const resources = recognize(tree.root, tree.text, isGlueConfigName(fileName));
  return {
    jobs: resources.filter((resource) => resource.kind === 'job'),
    triggers: resources.filter((resource) => resource.kind === 'trigger'),
    workflows: resources.filter((resource) => resource.kind === 'workflow'),
  };
}
