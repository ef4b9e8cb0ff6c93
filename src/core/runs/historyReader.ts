import { toUserError } from '../base/userError.ts';
import type { ExecutionPort, HistoryEvent } from './ports.ts';

const pageSize = 1000;

/**
 * Reads an execution's history, each event once, however often its pages are asked for. The last page has no token of
 * its own to go on with, so it is asked for again and gives what has been added.
 */
export class HistoryReader {
  readonly #seen = new Set<number>();
  #token: string | undefined;

  constructor(
    private readonly port: ExecutionPort,
    readonly executionArn: string,
  ) {}

  /** Reads one page. `more`: another one is there already. Rejects as the port does; nothing is lost by that. */
  async next(signal?: AbortSignal): Promise<{ readonly events: readonly HistoryEvent[]; readonly more: boolean }> {
    const page = await this.#page(signal);
    const events = page.items.filter((event) => !this.#seen.has(event.id)).sort((a, b) => a.id - b.id);
    for (const event of events) this.#seen.add(event.id);
    // A token that does not lead on would ask for the same page for ever.
    const more = page.nextToken !== undefined && page.nextToken !== this.#token;
    if (more) this.#token = page.nextToken;
    return { events, more };
  }

  async #page(signal?: AbortSignal) {
    const token = this.#token;
    const options = { pageSize, ...(token !== undefined && { nextToken: token }) };
    try {
      return await this.port.getExecutionHistory(this.executionArn, options, signal);
    } catch (error) {
      // Tokens live for a day. Reading from the start gives nothing twice.
      if (token === undefined || toUserError(error).code !== 'bad-input') throw error;
      this.#token = undefined;
      return await this.port.getExecutionHistory(this.executionArn, { pageSize }, signal);
    }
  }
}
