import * as vscode from 'vscode';
import { basename } from 'node:path/posix';
import type { Disposable } from '../../../core/base/disposable.ts';
import type { RunJob, RunSnapshot } from '../../../core/runs/snapshot.ts';
import type { RunStore } from '../../../core/runs/store.ts';
import { baseName } from '../../../core/runs/traceback.ts';
import { trustedMarkdown, type LineNote } from './decorations.ts';
import type { LoadedFacts } from './loadedFacts.ts';
import { hoverCommands, hoverLink } from './presentHover.ts';
import { isRecent } from './presentLinkedRun.ts';
import { presentScriptResult } from './presentScript.ts';

/** S3 location of a job's script; undefined when it cannot be learned. */
export type ScriptOf = (connectionId: string, jobName: string) => Promise<string | undefined>;

/** What open scripts show of the runs of their jobs: a summary on the first line, a squiggle at the line that failed. */
export class ScriptResults implements Disposable {
  readonly #problems = vscode.languages.createDiagnosticCollection('sluice-runs');

  constructor(
    private readonly store: RunStore,
    private readonly scriptOf: ScriptOf,
    /** File name by connection and job. */
    private readonly names: LoadedFacts<string>,
  ) {}

  isScript({ languageId }: vscode.TextDocument): boolean {
    return languageId === 'python';
  }

  /** The latest run of a job with this script, and the job's part in it. */
  runOf(document: vscode.TextDocument, nowMs: number): { readonly run: RunSnapshot; readonly job: RunJob } | undefined {
    const name = basename(document.uri.path);
    for (const run of this.store.list()) {
      if (!isRecent(run, nowMs)) continue;
      if (run.key.kind === 'localRun') {
        const job = [...run.jobs.values()].at(-1);
        if (job && run.originUri === document.uri.toString()) return { run, job };
        continue;
      }
      for (const job of [...run.jobs.values()].reverse()) {
        if (this.#scriptName(run.key.connectionId, job.detail.jobName) === name) return { run, job };
      }
    }
    return undefined;
  }

  /** Draws the squiggle and gives the note for the first line. */
  notes(
    document: vscode.TextDocument,
    found: { readonly run: RunSnapshot; readonly job: RunJob },
    nowMs: number,
  ): LineNote[] {
    const { run, job } = found;
    const context = { nowMs, scriptName: basename(document.uri.path), locale: vscode.env.language };
    const { summary, tone, failure } = presentScriptResult(run, job, context);
    if (failure && failure.line < document.lineCount) {
      const { range } = document.lineAt(failure.line);
      const from = document.lineAt(failure.line).firstNonWhitespaceCharacterIndex;
      const at = range.with(range.start.translate(0, from));
      const problem = new vscode.Diagnostic(at, failure.message, vscode.DiagnosticSeverity.Error);
      problem.source = 'sluice';
      this.#problems.set(document.uri, [problem]);
    } else this.clear(document.uri);
    const links = [
      hoverLink('Open Run', 'sluice.openRun', run.key),
      hoverLink('Clear Run Results', 'sluice.clearRunResults'),
    ];
    return [{ line: 0, text: summary, tone, hover: trustedMarkdown(links.join(' | '), hoverCommands) }];
  }

  clear(uri: vscode.Uri): void {
    if (this.#problems.has(uri)) this.#problems.delete(uri);
  }

  /** Line of the squiggle. */
  failingLine(uri: vscode.Uri): number | undefined {
    return this.#problems.get(uri)?.[0]?.range.start.line;
  }

  dispose(): void {
    this.#problems.dispose();
  }

  #scriptName(connectionId: string, jobName: string): string | undefined {
    return this.names.get(`${connectionId} ${jobName}`, async () => {
      const location = await this.scriptOf(connectionId, jobName);
      return location === undefined ? undefined : baseName(location);
    });
  }
}
