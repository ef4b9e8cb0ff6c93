import type { Log } from '../../base/log.ts';
import type { DocumentName } from '../../language/edit.ts';
import { parseEmbedded, type EmbeddedJson } from '../../language/hosts/embedded.ts';
import type { LineIndex, TextChange } from '../../language/lineIndex.ts';
import { toFindings, type Finding, type FindingOptions } from '../../language/rules/findings.ts';
import type { ObjectNode, Tree } from '../../language/tree.ts';
import { buildMachine, type BuildOptions } from '../build.ts';
import { checkDefinition } from '../check.ts';
import type { AslDefinition } from '../definition.ts';
import type { Machine } from '../model.ts';
import type { DefinitionPlace, FoundDefinition } from './found.ts';

export interface HostedOptions extends DocumentName, BuildOptions, FindingOptions {
  readonly log?: Log;
  /**
   * The text of a file that a template or Terraform file refers to by a path relative to itself; null where there is no
   * such file, undefined while nobody knows. Without it such files are not looked at.
   */
  readonly readFile?: (path: string) => string | null | undefined;
}

/** What a definition needs of the file that it is in. */
export interface HostText {
  readonly text: string;
  readonly lines: LineIndex;
  readonly unsure: Tree['unsure'];
  after(change: TextChange, offset: number): AslDefinition | undefined;
}

type OwnDefinition = FoundDefinition & { readonly place: Exclude<DefinitionPlace, { kind: 'file' }> };

/** A definition inside a file of another kind: what can be asked is what can be asked of a definition's own file. */
export class HostedDefinition implements AslDefinition {
  readonly name: string;
  readonly text: string;
  readonly lines: LineIndex;
  readonly tree: Tree;
  readonly #embedded: EmbeddedJson | undefined;
  #machine: { readonly value: Machine | undefined } | undefined;

  constructor(
    readonly found: OwnDefinition,
    private readonly host: HostText,
    private readonly options: HostedOptions,
    before: HostedDefinition | undefined,
  ) {
    const { place } = found;
    this.name = found.name;
    this.text = host.text;
    this.lines = host.lines;
    if (place.kind === 'text') {
      const kept = before ? before.#embedded : undefined;
      this.#embedded = parseEmbedded(place.string, { text: host.text, syntax: place.syntax }, kept);
      this.tree = this.#embedded.tree;
    } else {
      const format = place.syntax === 'yaml' ? 'yaml' : 'json';
      this.tree = { text: host.text, format, root: place.node, issues: [], part: { syntax: place.syntax } };
    }
  }

  get substitutions(): ObjectNode | undefined {
    return this.found.substitutions?.map;
  }

  get machine(): Machine | undefined {
    const { root } = this.tree;
    const options = { ...this.options, machineType: this.found.machineType ?? this.options.machineType };
    this.#machine ??= { value: root.kind === 'object' ? buildMachine(root, options) : undefined };
    return this.#machine.value;
  }

  after(change: TextChange, offset: number): AslDefinition | undefined {
    return this.host.after(change, offset);
  }

  /** What is wrong with the definition, in the order of the text. */
  findings(): Finding[] {
    const problems = checkDefinition({ tree: this.tree, machine: this.machine }, this.options.log);
    if (problems.length === 0) return [];
    return toFindings(problems, { text: this.tree.text, unsure: this.host.unsure }, this.lines, this.options);
  }
}
