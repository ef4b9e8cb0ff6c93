import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { toUserError } from '../base/userError.ts';
import { parseRecords, retained, toStateFile, type Retention, type RunRecord } from './records.ts';

/** Where the list of runs is kept over a reload. Only the user may read it; `save` replaces it as a whole or not at all. */
export interface RunFile {
  /** The parsed content, undefined where there is none. Rejects with `state-corrupt` where it is no JSON. */
  load(): Promise<unknown>;
  save(content: unknown): Promise<void>;
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
      try {
        await file.save(toStateFile(retained(records(), retention(), clock.now())));
      } catch (error) {
        log.warn(`The list of runs could not be saved: ${toUserError(error).message}`);
      }
    });
    await this.#saving;
  }
}
