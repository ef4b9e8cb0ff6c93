import type { LogEvent, LogPort } from './ports.ts';

/** Reads one log stream from its head, each event once. A failed or repeated call loses and doubles nothing. */
export class LogStreamReader {
  #token: string | undefined;
  /** Events that the page of `#token` has already given; a service may add to a page before it moves the token on. */
  #taken = 0;

  constructor(
    private readonly port: LogPort,
    readonly place: { readonly group: string; readonly stream: string },
  ) {}

  /** Reads one page. `more`: another one may be there already. A stream that does not exist yet gives nothing. */
  async next(signal?: AbortSignal): Promise<{ readonly events: readonly LogEvent[]; readonly more: boolean }> {
    const page = await this.port.getLogEvents(this.place, this.#token, signal);
    if (!page) return { events: [], more: false };
    const stays = page.nextToken === this.#token;
    const events = this.#taken === 0 ? page.events : page.events.slice(this.#taken);
    this.#taken = stays ? Math.max(this.#taken, page.events.length) : 0;
    this.#token = page.nextToken;
    return { events, more: !stays };
  }
}
