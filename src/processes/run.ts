import { spawn, type ChildProcess } from 'node:child_process';
import { StringDecoder } from 'node:string_decoder';
import { endProcessTree } from './processTree.ts';

export interface ProcessSpec {
  /** Program to start: a path, or a name that PATH finds. Never a shell. */
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  /** The whole environment; the caller's own where absent. */
  readonly env?: Readonly<Record<string, string>>;
  /** A return without a newline ends a line too, so that a progress bar is seen while it moves. */
  readonly splitsAtReturn?: boolean;
}

/** One line without its end. A line over `maxLineLength` comes in pieces, all but the last with `isPartial`. */
export interface ProcessLine {
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
  readonly isPartial: boolean;
  /** The next line is written over this one. */
  readonly isOverwritten?: true;
}

/** Whole lines of one stream that came together: `\n` between them, no return in them, all of them shorter than a piece. */
export interface ProcessBlock {
  readonly stream: 'stdout' | 'stderr';
  readonly block: string;
}

export type ProcessPiece = ProcessLine | ProcessBlock;

/** How a process ended: by its own exit code, or by a signal. */
export interface ProcessExit {
  readonly code: number | undefined;
  readonly signal: string | undefined;
}

export interface RunningProcess {
  /** Process id, undefined where it could not be started. */
  readonly pid: number | undefined;
  /**
   * Lines in the order in which they arrive, to be read once. Reading them slowly slows the process down: no more than a
   * few buffers are kept. Ends when both streams have ended; bytes that are not UTF-8 become U+FFFD.
   */
  readonly lines: AsyncIterable<ProcessLine>;
  /** The same as it comes together, for programs that write much; one of both is to be read. */
  readonly batches: AsyncIterable<readonly ProcessPiece[]>;
  /** Rejects where the program could not be started. Resolves once the process has ended. */
  readonly exit: Promise<ProcessExit>;
}

/** Longest line, in UTF-16 units; also what is kept in memory of a line that has no end. */
export const maxLineLength = 128 * 1024;

/**
 * Starts a program in a process group of its own. Aborting ends it and all its descendants: asked first, killed after
 * five seconds. What descendants that outlive the process still write is not waited for longer than two seconds.
 */
export function runProcess(spec: ProcessSpec, signal?: AbortSignal): RunningProcess {
  const child = spawn(spec.command, [...spec.args], {
    ...(spec.cwd !== undefined && { cwd: spec.cwd }),
    ...(spec.env && { env: { ...spec.env } }),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  const exit = exitOf(child, signal);
  // Whoever reads only the lines must not be ended by a rejection; `exit` itself still rejects for its readers.
  exit.catch(() => undefined);
  const batches = batchesOf(child, spec.splitsAtReturn ?? false);
  return { pid: child.pid, lines: linesOf(batches), batches, exit };
}

/** Lines that come in batches, one by one. */
export async function* linesOf(batches: AsyncIterable<readonly ProcessPiece[]>): AsyncGenerator<ProcessLine> {
  for await (const batch of batches) {
    for (const piece of batch) yield* linesOfPiece(piece);
  }
}

/** The lines of a piece. */
export function linesOfPiece(piece: ProcessPiece): readonly ProcessLine[] {
  if (!('block' in piece)) return [piece];
  const { stream, block } = piece;
  return block.split('\n').map((text) => ({ stream, text, isPartial: false }));
}

async function exitOf(child: ChildProcess, signal: AbortSignal | undefined): Promise<ProcessExit> {
  const ending: Promise<void>[] = [];
  const end = (): void => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
      ending.push(endProcessTree(child.pid));
    }
  };
  if (signal?.aborted) end();
  signal?.addEventListener('abort', end, { once: true });
  try {
    const exit = await new Promise<ProcessExit>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code, endSignal) => resolve({ code: code ?? undefined, signal: endSignal ?? undefined }));
    });
    await Promise.all(ending);
    return exit;
  } finally {
    signal?.removeEventListener('abort', end);
  }
}

const lingeringMs = 2000;

/**
 * Listens from the first moment: Node throws away what nobody listens to when a process ends, and a short script may end
 * before its lines are asked for.
 */
function batchesOf(child: ChildProcess, splitsAtReturn: boolean): AsyncIterable<readonly ProcessPiece[]> {
  let queue: ProcessPiece[] = [];
  let open = 0;
  let wake: () => void = () => undefined;
  const resumers: (() => void)[] = [];
  const follow = (stream: ProcessLine['stream']): void => {
    const source = child[stream];
    if (!source) return;
    open += 1;
    const splitter = new LineSplitter(stream, splitsAtReturn);
    source.on('data', (chunk: Buffer) => {
      for (const piece of splitter.push(chunk)) queue.push(piece);
      if (queue.length > 0) {
        source.pause();
        wake();
      }
    });
    let isEnded = false;
    const end = (): void => {
      if (isEnded) return;
      isEnded = true;
      queue.push(...splitter.end());
      open -= 1;
      wake();
    };
    source.once('close', end);
    source.once('error', end);
    resumers.push(() => source.resume());
  };
  follow('stdout');
  follow('stderr');
  const drop = (): void => {
    child.stdout?.destroy();
    child.stderr?.destroy();
  };
  return (async function* read() {
    let linger: NodeJS.Timeout | undefined;
    const onExit = (): void => {
      linger = setTimeout(drop, lingeringMs);
    };
    if (child.exitCode !== null || child.signalCode !== null) onExit();
    else child.once('exit', onExit);
    try {
      for (;;) {
        if (queue.length > 0) {
          const batch = queue;
          queue = [];
          yield batch;
          continue;
        }
        if (open === 0) return;
        await new Promise<void>((resolve) => {
          wake = resolve;
          for (const resume of resumers) resume();
        });
      }
    } finally {
      child.off('exit', onExit);
      clearTimeout(linger);
      drop();
    }
  })();
}

/** Cuts a stream of bytes into lines; keeps at most one line of `maxLineLength`. */
export class LineSplitter {
  readonly #decoder = new StringDecoder('utf8');
  #rest = '';

  constructor(
    private readonly stream: ProcessLine['stream'],
    private readonly splitsAtReturn = false,
  ) {}

  /** What is whole after this chunk: as one block where the lines are as most are. */
  push(chunk: Uint8Array): readonly ProcessPiece[] {
    const text = this.#rest + this.#decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    if (text.length <= maxLineLength && !text.includes('\r')) {
      const lastEnd = text.lastIndexOf('\n');
      this.#rest = text.slice(lastEnd + 1);
      return lastEnd < 0 ? [] : [{ stream: this.stream, block: text.slice(0, lastEnd) }];
    }
    const pieces = text.split('\n');
    this.#rest = pieces.pop() ?? '';
    const lines = this.#lines(pieces);
    if (this.splitsAtReturn) {
      // A return at the very end may be the first half of a line's end.
      const end = this.#rest.lastIndexOf('\r', this.#rest.length - 2);
      if (end >= 0) {
        lines.push(...this.#overwritten(this.#rest.slice(0, end)));
        this.#rest = this.#rest.slice(end + 1);
      }
    }
    while (this.#rest.length > maxLineLength) {
      lines.push({ stream: this.stream, text: this.#rest.slice(0, maxLineLength), isPartial: true });
      this.#rest = this.#rest.slice(maxLineLength);
    }
    return lines;
  }

  end(): readonly ProcessLine[] {
    const text = this.#rest + this.#decoder.end();
    this.#rest = '';
    return text === '' ? [] : this.#cut(text);
  }

  #lines(pieces: readonly string[]): ProcessLine[] {
    return pieces.flatMap((piece) => this.#returns(piece.endsWith('\r') ? piece.slice(0, -1) : piece));
  }

  #returns(line: string): readonly ProcessLine[] {
    const end = this.splitsAtReturn ? line.lastIndexOf('\r') : -1;
    return end < 0 ? this.#cut(line) : [...this.#overwritten(line.slice(0, end)), ...this.#cut(line.slice(end + 1))];
  }

  #overwritten(text: string): readonly ProcessLine[] {
    const pieces = text.split('\r').filter((piece) => piece.trim() !== '');
    return pieces.flatMap((piece) => this.#cut(piece).map((line) => ({ ...line, isOverwritten: true as const })));
  }

  #cut(text: string): ProcessLine[] {
    const lines: ProcessLine[] = [];
    for (let at = 0; at === 0 || at < text.length; at += maxLineLength) {
      const piece = text.slice(at, at + maxLineLength);
      lines.push({ stream: this.stream, text: piece, isPartial: at + maxLineLength < text.length });
    }
    return lines;
  }
}
