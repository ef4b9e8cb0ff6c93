import type { TextDocumentContentChangeEvent } from 'vscode-languageserver';
import { HostedDocument, openDocument, type AslDefinition, type AslDocument } from '../core/asl/index.ts';
import type { DocumentOptions } from '../core/asl/index.ts';
import { existenceFindings, type Checked } from '../core/existence/findings.ts';
import type { InventorySnapshot } from '../core/existence/inventory.ts';
import { mentionsInGlue } from '../core/existence/glueMentions.ts';
import { mentionsInDefinition, type Mention } from '../core/existence/mentions.ts';
import { openGlueDocument, type GlueDocument } from '../core/glue/index.ts';
import { LineIndex, type TextChange } from '../core/language/lineIndex.ts';
import type { Finding } from '../core/language/rules/findings.ts';
import type { SeveritySetting } from '../core/language/rules/severity.ts';
import type { Tree } from '../core/language/tree.ts';
import { machineName } from '../core/workspace/workspaceFile.ts';

export interface DocumentSettings {
  /** The setting `sluice.rules`. */
  readonly severities: Readonly<Record<string, SeveritySetting>>;
  /** The stage that the user chose, where he did. */
  readonly stage?: string;
}

/** Reads a file by its path relative to a document: null where there is none, undefined while nobody knows. */
export type ReadFile = (path: string, uri: string) => string | null | undefined;

/** A text whose findings can be asked for again after each edit. */
export interface CheckedText {
  readonly tree: Tree;
  readonly lines: LineIndex;
  findings(): readonly Finding[];
}

/** One open text with its analysis, which follows each edit instead of starting over. */
export class LanguageDocument {
  #lines: LineIndex;
  #definition: AslDocument | undefined;
  #hosted: HostedDocument | undefined;
  #glue: GlueDocument | undefined;
  /** The version that was looked through for Glue configs in vain. */
  #versionWithoutGlue: number | undefined;

  constructor(
    readonly uri: string,
    readonly languageId: string,
    public version: number,
    private content: string,
  ) {
    this.#lines = LineIndex.of(content);
  }

  get text(): string {
    return this.content;
  }

  get lines(): LineIndex {
    return this.#lines;
  }

  apply(changes: readonly TextDocumentContentChangeEvent[], version: number): void {
    this.version = version;
    for (const change of changes) {
      const edit = this.#toTextChange(change);
      this.content = this.content.slice(0, edit.offset) + edit.text + this.content.slice(edit.offset + edit.length);
      this.#lines = this.#lines.afterEdit(edit, this.content);
      this.#definition?.edit([edit]);
      this.#hosted?.edit([edit]);
      this.#glue?.edit([edit]);
    }
  }

  /** The state machine definition that the text is as it is now; undefined where it is none. */
  definition(settings: DocumentSettings): AslDocument | undefined {
    if (!this.#isDefinition) return undefined;
    this.#definition ??= openDocument(this.content, this.#options(settings));
    return this.#definition;
  }

  /** The definitions that are inside the text, of a template or a program; undefined where it is one itself. */
  hosted(settings: DocumentSettings, readFile?: ReadFile): HostedDocument | undefined {
    if (this.#isDefinition) return undefined;
    this.#hosted ??= new HostedDocument(this.content, {
      ...this.#options(settings),
      ...(readFile && { readFile: (path) => readFile(path, this.uri) }),
    });
    return this.#hosted;
  }

  /** The Glue configs in the text as it is now; undefined where there are none. */
  glue(settings: DocumentSettings): GlueDocument | undefined {
    if (this.#isDefinition || this.#versionWithoutGlue === this.version) return this.#glue;
    this.#glue ??= openGlueDocument(this.content, this.#options(settings));
    if (this.#glue === undefined) this.#versionWithoutGlue = this.version;
    return this.#glue;
  }

  /** Every definition that the text is or holds, in the order of the text. */
  definitions(settings: DocumentSettings, readFile?: ReadFile): readonly AslDefinition[] {
    const own = this.definition(settings);
    return own ? [own] : (this.hosted(settings, readFile)?.definitions ?? []);
  }

  /** Everything in the text that fixes can be made for. */
  checked(settings: DocumentSettings, readFile?: ReadFile): readonly CheckedText[] {
    const glue = this.glue(settings);
    return [...this.definitions(settings, readFile), ...(glue ? [glue] : [])];
  }

  /** Everything that is wrong with the text. */
  findings(settings: DocumentSettings, readFile?: ReadFile): readonly Finding[] {
    const all = [this.definition(settings), this.hosted(settings, readFile), this.glue(settings)];
    return all.flatMap((one) => one?.findings() ?? []);
  }

  /** The same texts with what they name and the account has not, as far as that is known. */
  names(
    settings: DocumentSettings,
    inventory: InventorySnapshot | undefined,
    readFile?: ReadFile,
  ): readonly CheckedText[] {
    if (inventory === undefined) return [];
    const { definitions, glue, machineName: own } = this.named(settings, readFile);
    const found = (checked: Partial<Checked>) => (): readonly Finding[] =>
      existenceFindings({ definitions: [], glue: undefined, machineName: own, ...checked }, inventory, settings);
    return [
      ...definitions.map((definition) => ({
        tree: definition.tree,
        lines: definition.lines,
        findings: found({ definitions: [definition] }),
      })),
      ...(glue ? [{ tree: glue.tree, lines: glue.lines, findings: found({ glue }) }] : []),
    ];
  }

  /** What names things of an account. */
  named(settings: DocumentSettings, readFile?: ReadFile): Checked {
    const definitions = this.definitions(settings, readFile);
    return {
      definitions,
      glue: this.glue(settings),
      machineName: this.#isDefinition ? machineName(this.#options(settings).fileName ?? '') : undefined,
    };
  }

  /** What a place names in an account. */
  mentionAt(offset: number, settings: DocumentSettings, readFile?: ReadFile): Mention | undefined {
    const { definitions, glue } = this.named(settings, readFile);
    const mentions = [...definitions.flatMap(mentionsInDefinition), ...(glue ? mentionsInGlue(glue) : [])];
    return mentions.find(({ node }) => node.start <= offset && offset <= node.end);
  }

  /** Settings changed: what was found with the old ones is worth nothing. */
  forgetAnalysis(): void {
    this.#definition = undefined;
    this.#hosted = undefined;
    this.#glue = undefined;
    this.#versionWithoutGlue = undefined;
  }

  get #isDefinition(): boolean {
    return /^asl(?:-yaml)?$/.test(this.languageId) || /\.asl(?:\.json|\.ya?ml)?$/i.test(this.uri);
  }

  #options({ severities }: DocumentSettings): DocumentOptions {
    const fileName = decodeURIComponent(this.uri.replace(/^[a-z][\w+.-]*:(?:\/\/[^/]*)?/i, ''));
    return { fileName, languageId: this.languageId, severities };
  }

  #toTextChange(change: TextDocumentContentChangeEvent): TextChange {
    if (!('range' in change)) return { offset: 0, length: this.content.length, text: change.text };
    const offset = this.#lines.offsetAt(change.range.start);
    return { offset, length: Math.max(0, this.#lines.offsetAt(change.range.end) - offset), text: change.text };
  }
}

/** The documents that the editor has open, by URI. */
export class Documents {
  readonly #open = new Map<string, LanguageDocument>();

  open(document: LanguageDocument): void {
    this.#open.set(document.uri, document);
  }

  get(uri: string): LanguageDocument | undefined {
    return this.#open.get(uri);
  }

  all(): Iterable<LanguageDocument> {
    return this.#open.values();
  }

  close(uri: string): void {
    this.#open.delete(uri);
  }

  forgetAnalyses(): void {
    for (const document of this.#open.values()) document.forgetAnalysis();
  }
}
