import * as vscode from 'vscode';
import type { Clock } from '../../../core/base/clock.ts';
import { DisposableStore, type Disposable } from '../../../core/base/disposable.ts';
import type { Log } from '../../../core/base/log.ts';
import { isTerminal, runKeyText } from '../../../core/runs/model.ts';
import type { RunSnapshot } from '../../../core/runs/snapshot.ts';
import type { RunStore } from '../../../core/runs/store.ts';
import { LineNotes, type LineNote } from './decorations.ts';
import { DefinitionResults } from './definitionResults.ts';
import { LoadedFacts } from './loadedFacts.ts';
import { ScriptResults, type ScriptOf } from './scriptResults.ts';

const drawEveryMs = 250;
const clockEveryMs = 1_000;

interface Options {
  readonly store: RunStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly scriptOf: ScriptOf;
}

/**
 * Shows runs in the editors of what runs: each state of a definition, the first and the failing line of a script. A run
 * that an editor shows is watched for as long as the editor is seen.
 */
export class InlineResults implements Disposable {
  readonly #parts = new DisposableStore();
  readonly #end = new AbortController();
  readonly #notes = this.#parts.add(new LineNotes());
  readonly #definitions: DefinitionResults;
  readonly #scripts: ScriptResults;
  readonly #looks = new Map<string, Disposable>();
  /** Results that the user has cleared: of a whole document by run, of a state by run and name. */
  readonly #cleared = new Set<string>();
  #isDrawing = false;
  #isTicking = false;

  constructor(private readonly options: Options) {
    const { store, clock, log, scriptOf } = options;
    const draw = (): void => void this.#draw();
    const facts = <T>(what: string): LoadedFacts<T> =>
      new LoadedFacts<T>({
        clock,
        onFailed: (error) => log.debug(`Not learned, ${what}: ${String(error)}`),
        onReady: draw,
      });
    this.#definitions = new DefinitionResults(store, facts('the definition that an execution ran'), draw);
    this.#scripts = this.#parts.add(new ScriptResults(store, scriptOf, facts('the script of a job')));
    for (const event of [
      store.onDidChange(draw),
      store.onDidChangeList(draw),
      vscode.window.onDidChangeVisibleTextEditors(draw),
      vscode.workspace.onDidChangeTextDocument((change) => this.#edited(change)),
    ]) {
      this.#parts.add(event);
    }
    draw();
  }

  /** The run whose results a definition shows, or would show. */
  runOf(document: vscode.TextDocument): RunSnapshot | undefined {
    return this.#definitions.runOf(document, this.options.clock.now());
  }

  /** Takes the results off a document until something runs again. */
  clear(document: vscode.TextDocument): void {
    const nowMs = this.options.clock.now();
    const run = this.#definitions.runOf(document, nowMs) ?? this.#scripts.runOf(document, nowMs)?.run;
    if (run) this.#cleared.add(clearedId(document.uri, run));
    this.#scripts.clear(document.uri);
    void this.#draw();
  }

  dispose(): void {
    this.#end.abort();
    for (const look of this.#looks.values()) look.dispose();
    this.#parts.dispose();
  }

  /** Changes come in bursts: they are drawn together. */
  async #draw(): Promise<void> {
    if (this.#isDrawing) return;
    this.#isDrawing = true;
    try {
      await this.options.clock.sleep(drawEveryMs, this.#end.signal);
    } catch {
      return;
    } finally {
      this.#isDrawing = false;
    }
    const shown = this.#drawAll();
    this.#watch(shown);
    if (shown.some(({ outcome }) => !isTerminal(outcome.state))) void this.#tick();
  }

  /** Clocks go on while a run that is on is shown. */
  async #tick(): Promise<void> {
    if (this.#isTicking) return;
    this.#isTicking = true;
    try {
      while (this.#drawAll().some(({ outcome }) => !isTerminal(outcome.state))) {
        await this.options.clock.sleep(clockEveryMs, this.#end.signal);
      }
    } catch {
      // The window closes.
    } finally {
      this.#isTicking = false;
    }
  }

  #drawAll(): RunSnapshot[] {
    const nowMs = this.options.clock.now();
    const shown: RunSnapshot[] = [];
    for (const editor of vscode.window.visibleTextEditors) {
      const { document } = editor;
      if (this.#definitions.isDefinition(document)) {
        const run = this.#definitions.runOf(document, nowMs);
        if (run) shown.push(run);
        this.#notes.draw(editor, run ? this.#definitionNotes(document, run, nowMs) : []);
      } else if (this.#scripts.isScript(document)) {
        const found = this.#scripts.runOf(document, nowMs);
        const isCleared = found && this.#cleared.has(clearedId(document.uri, found.run));
        if (!found || isCleared) this.#scripts.clear(document.uri);
        this.#notes.draw(editor, found && !isCleared ? this.#scripts.notes(document, found, nowMs) : []);
        if (found) shown.push(found.run);
      }
    }
    return shown;
  }

  #definitionNotes(document: vscode.TextDocument, run: RunSnapshot, nowMs: number): readonly LineNote[] {
    const id = clearedId(document.uri, run);
    if (this.#cleared.has(id)) return [];
    return this.#definitions
      .notes(document, run, nowMs)
      .filter(({ stateName }) => !this.#cleared.has(`${id} ${stateName}`));
  }

  #watch(shown: readonly RunSnapshot[]): void {
    const wanted = new Map(shown.map((run) => [runKeyText(run.key), run.key]));
    for (const [id, look] of this.#looks) {
      if (wanted.has(id)) continue;
      look.dispose();
      this.#looks.delete(id);
    }
    for (const [id, key] of wanted) {
      if (!this.#looks.has(id))
        this.#looks.set(
          id,
          this.options.store.observe(key, () => undefined, { logs: true }),
        );
    }
  }

  /** What is said of a line is no longer true once the line is another. */
  #edited({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    if (contentChanges.length === 0) return;
    const nowMs = this.options.clock.now();
    const touched = (line: number): boolean =>
      contentChanges.some(({ range }) => range.start.line <= line && line <= range.end.line);
    if (this.#definitions.isDefinition(document)) {
      const run = this.#definitions.runOf(document, nowMs);
      // An ended run only: while one is on, its next line is news again.
      if (run && isTerminal(run.outcome.state)) {
        for (const { line, stateName } of this.#definitions.notes(document, run, nowMs)) {
          if (touched(line)) this.#cleared.add(`${clearedId(document.uri, run)} ${stateName}`);
        }
      }
      void this.#draw();
    } else if (this.#scripts.isScript(document)) {
      const line = this.#scripts.failingLine(document.uri);
      if (line !== undefined && touched(line)) this.clear(document);
    }
  }
}

function clearedId(uri: vscode.Uri, run: RunSnapshot): string {
  return `${uri.toString()} ${runKeyText(run.key)} ${run.outcome.startedMs ?? ''}`;
}
