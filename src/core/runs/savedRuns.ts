import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { toUserError } from '../base/userError.ts';
import { isTerminal, runKeyText } from './model.ts';
import { parseRecords, retained, toStateFile, type Retention, type RunRecord } from './records.ts';

/**
 * Where the list of runs is kept over a reload, for all windows of the user together. Only the user may read it; `update`
 * replaces it as a whole or not at all, and no other window writes in between.
 */
export interface RunFile {
  /** The parsed content, undefined where there is none. Rejects with `state-corrupt` where it is no JSON. */
  load(): Promise<unknown>;
  update(change: (content: unknown) => unknown): Promise<void>;
}

export interface SavedRunsOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly file: RunFile;
  readonly retention: () => Retention;
}

/** The list of runs as it outlives a reload, as long as the retention has it. A file that fails is told in the log. */
export class SavedRuns {
  #saving: Promise<void> = Promise.resolve();
  #isDirty = false;
  #forgetsEnded = false;
  /** What is in the file of the runs that this window has, as far as it knows. */
  #kept: ReadonlyMap<string, string> = new Map();

  constructor(private readonly options: SavedRunsOptions) {}

  /** The runs of earlier sessions; none where the file cannot be read. Records that make no sense are left out. */
  async load(): Promise<readonly RunRecord[]> {
    const { file, retention, clock, log } = this.options;
    try {
      return retained(parseRecords(await file.load()), retention(), clock.now());
    } catch (error) {
      log.warn(`The list of runs could not be read: ${toUserError(error).message}`);
      return [];
    }
  }

  /** These are in the file as they are: until one of them changes here, what the file says of it counts. */
  keep(records: readonly RunRecord[]): void {
    this.#kept = new Map([...this.#kept, ...records.map(toKept)]);
  }

  /** With the next save, also those that ended in other windows are forgotten. */
  forgetEnded(): void {
    this.#forgetsEnded = true;
  }

  /** One save at a time; what changes meanwhile goes into the next one, which asks for the `records` when it begins. */
  async save(records: () => readonly RunRecord[]): Promise<void> {
    if (this.#isDirty) {
      await this.#saving;
      return;
    }
    this.#isDirty = true;
    this.#saving = this.#saving.then(async () => {
      this.#isDirty = false;
      const { file, retention, clock, log } = this.options;
      const forgetsEnded = this.#forgetsEnded;
      this.#forgetsEnded = false;
      const own = records();
      try {
        await file.update((content) => {
          const merged = this.#merge(content, own);
          const left = forgetsEnded
            ? merged.filter((record) => own.includes(record) || !isTerminal(record.state))
            : merged;
          return toStateFile(retained(left, retention(), clock.now()));
        });
        this.#kept = new Map(own.map(toKept));
      } catch (error) {
        log.warn(`The list of runs could not be saved: ${toUserError(error).message}`);
      }
    });
    await this.#saving;
  }

  /** The runs of this window, and those that only others have. */
  #merge(content: unknown, own: readonly RunRecord[]): readonly RunRecord[] {
    const there = new Map(parseRecords(content).map((record) => [runKeyText(record.key), record]));
    const merged = new Map<string, RunRecord>();
    for (const record of own) {
      const [id, text] = toKept(record);
      const isUnchanged = content !== undefined && this.#kept.get(id) === text;
      // Unchanged here: another window may know more of it, or have forgotten it.
      const now = isUnchanged ? (there.get(id) ?? (isTerminal(record.state) ? undefined : record)) : record;
      if (now) merged.set(id, now);
    }
    for (const [id, record] of there) {
      // What was kept and is no run of this window any more was removed here.
      if (!merged.has(id) && !this.#kept.has(id)) merged.set(id, record);
    }
    return [...merged.values()];
  }
}

function toKept(record: RunRecord): [id: string, text: string] {
  return [runKeyText(record.key), JSON.stringify(record)];
}
