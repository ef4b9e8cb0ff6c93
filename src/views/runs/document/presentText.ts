import type { EventMark, LogLevel, RunEntry } from '../../../core/runs/entry.ts';
import type { TimeFormat } from '../../../core/runs/format.ts';
import { formatIsoLocal } from '../../../core/runs/logTime.ts';
import type { RunSnapshot } from '../../../core/runs/snapshot.ts';
import { isFiltering, matchesFilter, noFilter, presentFilter, type RunFilter } from './presentFilter.ts';
import { headerLines, presentFooter, presentHeader } from './presentHeader.ts';
import { columnOf, pathText, presentEntry } from './presentLine.ts';
import { findLinks, type TextLink } from './presentLinks.ts';
import { editorLimits, PartBounds, type DocumentLimits } from './presentParts.ts';

/** What providers want to know of a line. */
export interface LineFacts {
  /** Id of the path that the line belongs to, see `RunText.pathOf`. */
  readonly path: number;
  readonly columnWidth: number;
  readonly mark?: EventMark;
  readonly level?: LogLevel;
  readonly jobRunId?: string;
  /** A further line of the entry above. */
  readonly isContinuation: boolean;
}

/** A state of the outline. Lines count from 0. */
export interface TextSymbol {
  readonly name: string;
  readonly line: number;
  endLine: number;
  mark: EventMark;
  result: string;
}

export interface LineRange {
  readonly start: number;
  end: number;
}

/** An editor folds no more regions, lists no more symbols and links than this without getting slow. */
const maxRegions = 5_000;
const maxLinks = 5_000;

/** A link to another part of the run. */
export interface PartLink {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly part: number;
}

/**
 * The text of a run document, built as entries come: header lines, one or more lines per entry, and a last line. With
 * it goes an index for folding, outline, links and colours, so that no provider reads the text again. Lines count from
 * 0 over the whole document.
 *
 * A document holds one part of a run, as much as an editor bears, and says where the run goes on. A filtered one holds
 * what the filter lets through from its part on.
 */
export class RunText {
  readonly symbols: TextSymbol[] = [];
  readonly folds: LineRange[] = [];
  readonly links: (TextLink & { readonly line: number })[] = [];
  readonly #format: TimeFormat;
  readonly #filter: RunFilter;
  readonly #limits: DocumentLimits;
  readonly #bounds: PartBounds;
  /** Counts from 1. */
  readonly part: number;
  readonly #facts: LineFacts[] = [];
  readonly #paths: (readonly string[])[] = [];
  readonly #pathIds = new Map<string, number>();
  readonly #openSymbols = new Map<number, TextSymbol>();
  #read = 0;
  #column = 0;
  #chars = 0;
  #date = '';
  #quarter = NaN;
  #isFull = false;

  constructor(
    readonly run: RunSnapshot,
    private readonly connectionLabel: string,
    options: {
      readonly format?: TimeFormat;
      readonly filter?: RunFilter;
      readonly part?: number;
      readonly limits?: DocumentLimits;
    } = {},
  ) {
    this.part = options.part ?? 1;
    this.#limits = options.limits ?? editorLimits;
    this.#bounds = new PartBounds(this.#limits);
    this.#format = options.format ?? {};
    this.#filter = options.filter ?? noFilter;
    for (const step of run.timeline.steps) this.#column = Math.max(this.#column, columnOf(step.path));
  }

  /** How many lines stand between header and footer. */
  get bodyLines(): number {
    return this.#facts.length;
  }

  presentHeader(): string[] {
    const { connectionLabel } = this;
    const notes = [
      ...(this.part > 1 ? [`Part ${this.part}, continued from part ${this.part - 1}`] : []),
      ...(isFiltering(this.#filter) ? [presentFilter(this.#filter)] : []),
    ];
    return presentHeader(this.run, { connectionLabel, format: this.#format, note: notes.join('   ') });
  }

  presentFooter(): string {
    if (this.#isFull) return '… this document is full: the rest is in the full log';
    if (this.#isContinued && !this.hasMore) return `… continued in part ${this.part + 1}`;
    return presentFooter(this.run);
  }

  /** From the header to the part before, from the last line to the next one. */
  get partLinks(): readonly PartLink[] {
    const links: PartLink[] = [];
    const link = (line: number, text: string | undefined, part: number): void => {
      const start = text?.indexOf(`part ${part}`) ?? -1;
      if (start >= 0) links.push({ line, start, end: start + `part ${part}`.length, part });
    };
    if (this.part > 1) link(headerLines - 1, this.presentHeader()[headerLines - 1], this.part - 1);
    if (this.#isContinued) link(headerLines + this.bodyLines, this.presentFooter(), this.part + 1);
    return links;
  }

  get #isContinued(): boolean {
    return !isFiltering(this.#filter) && this.#bounds.startOf(this.part + 1, this.run.entries) !== undefined;
  }

  /** The entries of this part that are there by now. */
  get #range(): { readonly from: number; readonly to: number } {
    const { entries } = this.run;
    const from = this.#bounds.startOf(this.part, entries) ?? entries.length;
    const next = isFiltering(this.#filter) ? undefined : this.#bounds.startOf(this.part + 1, entries);
    return { from: Math.max(from, this.#read), to: next ?? entries.length };
  }

  /** Lines of at most `limit` entries that have come since the last call. Empty when all have been given. */
  take(limit: number): string[] {
    const { entries } = this.run;
    const { from, to } = this.#range;
    const lines: string[] = [];
    this.#read = from;
    while (this.#read < to && lines.length < limit && !this.#isFull) {
      const entry = entries[this.#read];
      this.#read += 1;
      if (entry && matchesFilter(entry, this.#filter)) this.#add(entry, lines);
    }
    return lines;
  }

  get hasMore(): boolean {
    return this.backlog > 0;
  }

  /** Entries that no call of `take` has looked at. */
  get backlog(): number {
    const { from, to } = this.#range;
    return this.#isFull ? 0 : to - from;
  }

  /** `line` counts from 0 over the document; undefined for header and footer. */
  factsOf(line: number): LineFacts | undefined {
    return this.#facts[line - headerLines];
  }

  pathOf(id: number): readonly string[] {
    return this.#paths[id] ?? [];
  }

  #add(entry: RunEntry, lines: string[]): void {
    this.#addDate(entry.timeMs, lines);
    const path = this.#pathId(entry.path);
    this.#column = Math.max(this.#column, columnOf(entry.path));
    const first = headerLines + this.#facts.length;
    const presented = presentEntry(entry, this.#column, this.#format);
    const facts = {
      path,
      columnWidth: this.#column,
      ...(entry.kind === 'event' && { mark: entry.mark }),
      ...(entry.kind === 'log' && entry.level && { level: entry.level }),
      ...(entry.kind === 'log' && entry.jobRunId !== undefined && { jobRunId: entry.jobRunId }),
    };
    presented.forEach((line, index) => {
      this.#addFacts({ ...facts, isContinuation: index > 0 });
      this.#chars += line.length + 1;
      for (const link of findLinks(line)) this.#keepLink({ ...link, line: first + index });
      lines.push(line);
    });
    const last = first + presented.length - 1;
    this.#fold(path, first, last);
    if (entry.kind === 'event' && entry.path.length > 0)
      this.#note({ path, line: first, mark: entry.mark, text: entry.text });
    this.#isFull =
      isFiltering(this.#filter) && (this.#facts.length >= this.#limits.lines || this.#chars >= this.#limits.chars);
  }

  /** Lines that follow each other mostly have the same facts: they share one object. */
  #addFacts(facts: LineFacts): void {
    const last = this.#facts.at(-1);
    const isSame =
      last?.path === facts.path &&
      last.columnWidth === facts.columnWidth &&
      last.mark === facts.mark &&
      last.level === facts.level &&
      last.jobRunId === facts.jobRunId &&
      last.isContinuation === facts.isContinuation;
    this.#facts.push(isSame ? last : facts);
  }

  /** Times of day are enough within a day; a new day is named. */
  #addDate(timeMs: number, lines: string[]): void {
    // Days change at whole quarters of an hour in every zone.
    const quarter = Math.floor(timeMs / 900_000);
    if (quarter === this.#quarter) return;
    this.#quarter = quarter;
    const date = formatIsoLocal(timeMs, this.#format).slice(0, 10);
    if (date === this.#date) return;
    const isFirst = this.#date === '';
    this.#date = date;
    const { startedMs } = this.run.outcome;
    if (isFirst && (startedMs === undefined || formatIsoLocal(startedMs, this.#format).startsWith(date))) return;
    this.#addFacts({ path: this.#pathId([]), columnWidth: 0, isContinuation: false });
    lines.push(`── ${date} ──`);
  }

  #fold(path: number, first: number, last: number): void {
    const previous = this.#facts[first - headerLines - 1];
    const open = this.folds.at(-1);
    if (previous?.path === path && open?.end === first - 1) open.end = last;
    else {
      // A region of one line folds nothing.
      if (open?.start === open?.end) this.folds.pop();
      if (this.folds.length < maxRegions) this.folds.push({ start: first, end: last });
    }
  }

  #note(event: {
    readonly path: number;
    readonly line: number;
    readonly mark: EventMark;
    readonly text: string;
  }): void {
    const { path, line, mark, text } = event;
    let symbol = this.#openSymbols.get(path);
    if (!symbol || (mark === 'entered' && text.startsWith('entered'))) {
      symbol = { name: pathText(this.pathOf(path)), line, endLine: line, mark, result: text };
      this.#openSymbols.set(path, symbol);
      if (this.symbols.length < maxRegions) this.symbols.push(symbol);
      return;
    }
    symbol.endLine = line;
    if (mark === 'info' && symbol.mark !== 'entered') return;
    symbol.mark = mark;
    if (mark !== 'info') symbol.result = text;
    if (mark === 'succeeded' || mark === 'stopped') this.#openSymbols.delete(path);
  }

  #keepLink(link: TextLink & { readonly line: number }): void {
    if (this.links.length >= maxLinks) this.links.splice(0, maxLinks / 10);
    this.links.push(link);
  }

  #pathId(path: readonly string[]): number {
    const text = pathText(path);
    let id = this.#pathIds.get(text);
    if (id === undefined) {
      id = this.#paths.length;
      this.#paths.push(path);
      this.#pathIds.set(text, id);
    }
    return id;
  }
}
