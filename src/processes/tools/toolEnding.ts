import type { ChildProcess } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { endProcesses, listProcessTree, type ProcessIdentity } from '../processTree.ts';

/** What a system lets a tool do whose terminal is closed. */
export interface EndingWay {
  /** Whether the tool has to be told. Windows tells all programs of a console itself that it is closed. */
  readonly sendsInterrupt: boolean;
  /** How long the tool may take to finish what it has begun. */
  readonly finishMs: number;
}

/**
 * Tools take an interrupt as a wish to stop: they finish what is on its way, write their state and release its lock. That
 * may take as long as AWS takes. Windows ends whatever is left of a closed console after five seconds.
 */
export function endingWay(platform: NodeJS.Platform): EndingWay {
  return platform === 'win32' ? { sendsInterrupt: false, finishMs: 3000 } : { sendsInterrupt: true, finishMs: 300_000 };
}

/** Ends a tool and its children. */
export class ToolEnding {
  /** By start and id: what was seen of the tool since it was asked to stop. */
  readonly #seen = new Map<string, ProcessIdentity>();
  #isAsked = false;
  #isLimited = false;
  #isForced = false;

  constructor(
    private readonly child: ChildProcess,
    private readonly way: EndingWay,
    /** Sends SIGINT to all that Ctrl+C would reach. */
    private readonly interruptAll: () => void,
  ) {}

  /** Whether the user wanted it to stop. */
  get isAsked(): boolean {
    return this.#isAsked || this.#isLimited;
  }

  /** Whether it had to be killed. */
  get isForced(): boolean {
    return this.#isForced;
  }

  /** The terminal sent Ctrl+C to the tool, which decides what it means, and may be pressed again. */
  noteInterrupt(): void {
    if (this.#isAsked) return;
    this.#isAsked = true;
    void this.#watch();
  }

  /** The terminal is gone: the tool is asked once, and ended where it does not stop in time. */
  stop(): void {
    if (this.#isLimited || this.#hasEnded) return;
    this.#isLimited = true;
    void this.#interrupt();
    const timer = setTimeout(() => void this.#force(), this.way.finishMs);
    this.child.once('exit', () => clearTimeout(timer));
  }

  /** Once the tool has ended: ends what it left behind of what it had started. */
  async settle(): Promise<void> {
    if (this.isAsked) await endProcesses([...this.#seen.values()]);
  }

  /** Its children are looked up before: it may end faster than that. */
  async #interrupt(): Promise<void> {
    await this.#look();
    if (this.#hasEnded) return;
    // A second interrupt makes Terraform and Pulumi drop what they are at.
    if (!this.#isAsked && this.way.sendsInterrupt) this.interruptAll();
    this.noteInterrupt();
  }

  get #hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  async #force(): Promise<void> {
    this.#isForced = true;
    await this.#look();
    await endProcesses([...this.#seen.values()]);
  }

  /** Children of a tool that is gone cannot be found any more, so they are looked up as long as it is there. */
  async #watch(): Promise<void> {
    for (let pause = 20; !this.#hasEnded; pause = Math.min(pause * 2, 1000)) {
      await this.#look();
      await delay(pause, undefined, { ref: false });
    }
  }

  async #look(): Promise<void> {
    const { pid } = this.child;
    if (pid === undefined) return;
    for (const each of await listProcessTree(pid)) this.#seen.set(`${each.started} ${each.pid}`, each);
  }
}
