import { silentLog } from '../../base/log.ts';
import type { HostFile } from '../../language/hosts/host.ts';
import { readHost } from '../../language/hosts/readHost.ts';
import { applyChanges, LineIndex, type TextChange } from '../../language/lineIndex.ts';
import { toFindings, type Finding } from '../../language/rules/findings.ts';
import type { Tree } from '../../language/tree.ts';
import { checkHost } from './checkHost.ts';
import { findDefinitions, mayHoldDefinitions } from './find.ts';
import type { FoundDefinition } from './found.ts';
import { HostedDefinition, type HostedOptions, type HostText } from './hostedDefinition.ts';

/**
 * A file of another kind with the definitions in it: a template, a program, a Terraform file. It is read anew after each
 * edit; what is known of states whose text stayed the same in a text inside it is kept.
 */
export class HostedDocument {
  #text: string;
  #lines: LineIndex | undefined;
  #content: Content | undefined;
  /** The definitions before the last edit, by their place in the file. */
  #before: readonly HostedDefinition[] = [];

  constructor(
    text: string,
    readonly options: HostedOptions,
  ) {
    this.#text = text;
  }

  get text(): string {
    return this.#text;
  }

  get lines(): LineIndex {
    this.#lines ??= LineIndex.of(this.#text);
    return this.#lines;
  }

  /** Definitions that the file itself holds, in the order of the text. */
  get definitions(): readonly HostedDefinition[] {
    return this.#read().definitions;
  }

  /** Paths, relative to the file, of definitions that it refers to. */
  get filePaths(): readonly string[] {
    return this.#read().found.flatMap(({ place }) => (place.kind === 'file' ? [place.path] : []));
  }

  /** The same with their places in the text. */
  get fileReferences(): readonly { readonly path: string; readonly start: number; readonly end: number }[] {
    return this.#read().found.flatMap(({ place }) =>
      place.kind === 'file' ? [{ path: place.path, start: place.at.start, end: place.at.end }] : [],
    );
  }

  /** Whether the file is what its name says, and has words of a state machine in it. */
  get isHost(): boolean {
    return this.#read().host !== undefined;
  }

  /** The definition around an offset. */
  definitionAt(offset: number): HostedDefinition | undefined {
    return this.definitions.find(({ tree }) => tree.root.start <= offset && offset <= tree.root.end);
  }

  edit(changes: readonly TextChange[]): void {
    for (const change of changes) {
      const text = applyChanges(this.#text, [change]);
      this.#lines = this.#lines?.afterEdit(change, text);
      this.#text = text;
    }
    if (this.#content !== undefined) this.#before = this.#content.definitions;
    this.#content = undefined;
  }

  /** What is wrong with the definitions, and with how the file refers to others, in the order of the text. */
  findings(): Finding[] {
    const { host, found, definitions } = this.#read();
    const all = definitions.flatMap((definition) => definition.findings());
    const around = host === undefined ? [] : checkHost({ host, found, definitions }, this.options);
    const told = { text: this.#text, unsure: unsureOf(host) };
    if (around.length > 0) all.push(...toFindings(around, told, this.lines, this.options));
    return all.sort(
      (a, b) => a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character,
    );
  }

  #read(): Content {
    this.#content ??= this.#findAll();
    return this.#content;
  }

  #findAll(): Content {
    const host = mayHoldDefinitions(this.#text, this.options) ? readHost(this.#text, this.options) : undefined;
    const found = host === undefined ? [] : findDefinitions(host);
    const definitions: HostedDefinition[] = [];
    const { log = silentLog } = this.options;
    // A fragment of a JSONata machine that was given a name does not say so itself.
    const isJsonata = host?.kind === 'program' && found.some(saysJsonata);
    const options: HostedOptions = { ...this.options, log, ...(isJsonata && { queryLanguage: 'JSONata' }) };
    const text = this.#text;
    const hostText: HostText = {
      text,
      lines: this.lines,
      unsure: unsureOf(host),
      after: (change, offset) => new HostedDocument(applyChanges(text, [change]), this.options).definitionAt(offset),
    };
    for (const one of found) {
      const { place } = one;
      if (place.kind === 'file') continue;
      const before = this.#before[definitions.length];
      definitions.push(new HostedDefinition({ ...one, place }, hostText, options, before));
    }
    return { host, found, definitions };
  }
}

interface Content {
  readonly host: HostFile | undefined;
  readonly found: readonly FoundDefinition[];
  readonly definitions: readonly HostedDefinition[];
}

function unsureOf(host: HostFile | undefined): Tree['unsure'] {
  return host?.kind === 'template' ? host.tree.unsure : undefined;
}

function saysJsonata({ place }: FoundDefinition): boolean {
  const language = place.kind === 'object' ? place.node.get('QueryLanguage') : undefined;
  return language?.kind === 'string' && language.value === 'JSONata';
}
