import { silentLog, type Log } from '../base/log.ts';
import { editTree, formatOf, parseTree, type DocumentName } from '../language/edit.ts';
import { applyChanges, LineIndex, type TextChange } from '../language/lineIndex.ts';
import { toFindings, type Finding, type FindingOptions } from '../language/rules/findings.ts';
import type { Tree } from '../language/tree.ts';
import { buildMachine, type BuildOptions } from './build.ts';
import { checkDefinition } from './check.ts';
import type { AslDefinition } from './definition.ts';
import type { Machine } from './model.ts';

export interface DocumentOptions extends DocumentName, BuildOptions, FindingOptions {
  readonly log?: Log;
}

/**
 * A definition that is being edited. What an edit leaves alone (text, states, what the rules said of them) is kept, so a
 * keystroke costs little more than the state it is in. Trees, machines and states that were handed out belong to the
 * version they were asked for.
 */
export class AslDocument implements AslDefinition {
  readonly name = '';
  readonly substitutions = undefined;
  #tree: Tree;
  #lines: LineIndex | undefined;
  #machine: { readonly value: Machine | undefined } | undefined;

  constructor(
    text: string,
    readonly options: DocumentOptions,
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

  /** The model; undefined while the root is no object. */
  get machine(): Machine | undefined {
    const { root } = this.#tree;
    this.#machine ??= {
      value: root.kind === 'object' ? buildMachine(root, this.options) : undefined,
    };
    return this.#machine.value;
  }

  /** Applies changes in order, each to the result of the one before. */
  edit(changes: readonly TextChange[]): void {
    for (const change of changes) {
      this.#tree = editTree(this.#tree, change);
      this.#lines = this.#lines?.afterEdit(change, this.#tree.text);
    }
    this.#machine = undefined;
  }

  after(change: TextChange): AslDocument {
    return new AslDocument(applyChanges(this.text, [change]), this.options);
  }

  /** What is wrong with the text as it is now, in the order of the text. */
  findings(): Finding[] {
    const { log = silentLog } = this.options;
    const problems = checkDefinition({ tree: this.#tree, machine: this.machine }, log);
    // Positions are only worked out where there is something to show.
    return problems.length === 0 ? [] : toFindings(problems, this.#tree, this.lines, this.options);
  }
}
