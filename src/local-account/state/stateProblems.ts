import { rename } from 'node:fs/promises';
import type { Log } from '../../core/base/log.ts';

/** A state file that could not be read and was set aside, so that the rest goes on. */
export interface StateProblem {
  /** Where the file was. */
  readonly file: string;
  /** Where it is now; absent when even moving it failed. */
  readonly setAsideAs?: string;
  readonly reason: string;
}

/** Collects what is wrong with the state on disk: named in the log, and listed for whoever asks. */
export class StateProblems {
  readonly #problems: StateProblem[] = [];

  constructor(private readonly log: Log) {}

  get list(): readonly StateProblem[] {
    return this.#problems;
  }

  /** Moves a corrupt file out of the way, to `<file>.corrupt`. */
  async setAside(file: string, reason: string): Promise<void> {
    const setAsideAs = `${file}.corrupt`;
    try {
      await rename(file, setAsideAs);
      this.#problems.push({ file, setAsideAs, reason });
      this.log.warn(`State file ${file} is corrupt (${reason}) and was set aside as ${setAsideAs}.`);
    } catch (error) {
      this.#problems.push({ file, reason });
      this.log.error(`State file ${file} is corrupt (${reason}) and could not be moved: ${String(error)}`);
    }
  }
}
