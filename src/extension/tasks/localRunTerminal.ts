import { EventEmitter, type Pseudoterminal, type Uri } from 'vscode';
import { isAbort, toUserError, UserError } from '../../core/base/userError.ts';
import type { LocalNews } from '../../core/runs/localRun.ts';
import { startLocalRun, type LocalRunParts } from '../localRuns/startLocalRun.ts';

const red = '\u001b[31m';
const faint = '\u001b[2m';
const plain = '\u001b[0m';

/** A run on this machine as a task's terminal: what it says, and its exit code. Closing it stops the run. */
export class LocalRunTerminal implements Pseudoterminal {
  readonly #wrote = new EventEmitter<string>();
  readonly #closed = new EventEmitter<number>();
  #runId: string | undefined;
  /** Also before there is a run to stop. */
  readonly #unwanted = new AbortController();

  readonly onDidWrite = this.#wrote.event;
  readonly onDidClose = this.#closed.event;

  constructor(
    private readonly app: LocalRunParts,
    private readonly script: Uri,
    private readonly variant: string | undefined,
  ) {}

  open(): void {
    void this.#run();
  }

  close(): void {
    this.#stop();
  }

  handleInput(data: string): void {
    // Ctrl+C
    if (data === '\u0003') this.#stop();
  }

  #stop(): void {
    this.#unwanted.abort(new UserError('aborted', 'Cancelled.'));
    if (this.#runId !== undefined) this.app.localRuns.stop(this.#runId);
  }

  async #run(): Promise<void> {
    const listener = {
      onNews: (news: LocalNews): void => this.#write(news),
      onEnd: (exitCode: number): void => this.#closed.fire(exitCode),
    };
    const { variant } = this;
    try {
      const wish = { listener, ...(variant === undefined ? {} : { variant }) };
      const { key } = await startLocalRun(this.app, this.script, wish, this.#unwanted.signal);
      this.#runId = key.id;
      if (this.#unwanted.signal.aborted) this.app.localRuns.stop(key.id);
    } catch (error) {
      const { message, help } = toUserError(error);
      if (!isAbort(error)) this.#wrote.fire(`${red}${message} ${help}${plain}\r\n`);
      this.#closed.fire(1);
    }
  }

  #write(news: LocalNews): void {
    if (news.kind === 'event') this.#wrote.fire(`${faint}${news.text}${plain}\r\n`);
    if (news.kind === 'block') this.#wrote.fire(`${news.text.replaceAll('\n', '\r\n')}\r\n`);
    if (news.kind === 'line') this.#wrote.fire(`${news.text}${news.isOverwritten === true ? '\r' : '\r\n'}`);
  }
}
