import type { Json } from './json.ts';
import { isTooLarge, MAX_PAYLOAD_BYTES } from './limits.ts';

/** Data that goes from state to state and stands in the history. Its JSON text is made where somebody asks for it. */
export class Payload {
  #text: string | undefined;
  #isSmall = false;

  constructor(readonly value: Json) {}

  get text(): string {
    return (this.#text ??= JSON.stringify(this.value));
  }

  /** Whether it is larger than a payload may be. */
  get isTooLarge(): boolean {
    this.#isSmall ||= roomAfter(this.value, MAX_PAYLOAD_BYTES) >= 0;
    return !this.#isSmall && isTooLarge(this.text);
  }
}

/** Most bytes that a character, a number or a literal takes as JSON. */
const CHARACTER_BYTES = 6;
const NUMBER_BYTES = 25;
const LITERAL_BYTES = 5;

/** What is left of `room` bytes after a value, at least; negative where it may need more. Much less work than its text. */
function roomAfter(value: Json, room: number): number {
  if (typeof value === 'string') return room - 2 - value.length * CHARACTER_BYTES;
  if (typeof value === 'number') return room - NUMBER_BYTES;
  if (typeof value !== 'object' || value === null) return room - LITERAL_BYTES;
  let left = room - 2;
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length && left >= 0; at++)
      left = roomAfter((value as readonly Json[])[at] ?? null, left - 1);
    return left;
  }
  const members = value as Readonly<Record<string, Json>>;
  for (const name in members) {
    if (left < 0) return left;
    left = roomAfter(members[name] ?? null, left - 4 - name.length * CHARACTER_BYTES);
  }
  return left;
}

/** Makes payloads; the same one while the same value goes from one event to the next. */
export class Payloads {
  #last: Payload | undefined;

  of(value: Json): Payload {
    const last = this.#last;
    return last?.value === value ? last : (this.#last = new Payload(value));
  }
}
