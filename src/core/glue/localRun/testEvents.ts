import { eventMark } from './testProgram.ts';

/** A test by its file, as the container has it, and the names below: of classes, and of the function with its parameters. */
export interface TestPlace {
  readonly path: string;
  readonly names: readonly string[];
}

/** A call on the way to a failure, the outermost first. */
export interface TestFrame {
  readonly path: string;
  /** Counts from 1. */
  readonly line: number;
  readonly name: string;
}

export interface TestResult extends TestPlace {
  readonly kind: 'ended';
  /** `errored`: what surrounds the test failed, as a fixture. */
  readonly outcome: 'passed' | 'failed' | 'errored' | 'skipped';
  readonly seconds: number;
  /** Why it did not pass. */
  readonly message?: string;
  /** The failure as pytest shows it. */
  readonly text?: string;
  readonly frames: readonly TestFrame[];
  /** The right and the left side of a comparison that failed. */
  readonly expected?: string;
  readonly actual?: string;
}

/** What `testProgram` tells. */
export type TestEvent =
  | (TestPlace & { readonly kind: 'found'; readonly line?: number })
  | (TestPlace & { readonly kind: 'started' })
  | TestResult
  /** A file that could not be read as tests. */
  | { readonly kind: 'broken'; readonly path: string; readonly text: string }
  /** debugpy listens. */
  | { readonly kind: 'waiting' }
  | { readonly kind: 'unusable'; readonly text: string }
  /** Lines of a file that ran, and that could have. */
  | {
      readonly kind: 'covered';
      readonly path: string;
      readonly covered: readonly number[];
      readonly missing: readonly number[];
    };

/** A piece of what the program writes: pytest's own words, or an event. */
export type TestNews = TestEvent | { readonly kind: 'output'; readonly text: string };

/** Longer events than this are no event of the program. */
const longestEvent = 4 * 1024 * 1024;

/** Tells events from output in a stream of text. */
export class TestEventReader {
  #open: string | undefined;

  push(text: string): readonly TestNews[] {
    const news: TestNews[] = [];
    for (const [index, piece] of text.split(eventMark).entries()) {
      if (index > 0) this.#toggle(news);
      if (this.#open === undefined) {
        if (piece !== '') news.push({ kind: 'output', text: piece });
      } else if (this.#open.length + piece.length <= longestEvent) this.#open += piece;
      else {
        news.push({ kind: 'output', text: this.#open + piece });
        this.#open = undefined;
      }
    }
    return news;
  }

  #toggle(news: TestNews[]): void {
    const open = this.#open;
    if (open === undefined) {
      this.#open = '';
      return;
    }
    const event = parseEvent(open);
    // A mark that a test wrote itself closes nothing: what follows it may be an event.
    this.#open = event ? undefined : '';
    news.push(event ?? { kind: 'output', text: open });
  }
}

type Members = Readonly<Record<string, unknown>>;

function parseEvent(text: string): TestEvent | undefined {
  const event = parseObject(text);
  const place = { path: textOf(event['path']), names: textsOf(event['names']) };
  switch (event['kind']) {
    case 'found': {
      const { line } = event;
      return { kind: 'found', ...place, ...(typeof line === 'number' ? { line } : {}) };
    }
    case 'started':
      return { kind: 'started', ...place };
    case 'ended':
      return toResult(event, place);
    case 'broken':
      return { kind: 'broken', path: place.path, text: textOf(event['text']) };
    case 'waiting':
      return { kind: 'waiting' };
    case 'unusable':
      return { kind: 'unusable', text: textOf(event['text']) };
    case 'covered':
      return {
        kind: 'covered',
        path: place.path,
        covered: numbersOf(event['covered']),
        missing: numbersOf(event['missing']),
      };
    default:
      return undefined;
  }
}

const outcomes = ['passed', 'failed', 'errored', 'skipped'] as const;

function toResult(event: Members, place: TestPlace): TestResult {
  const { seconds, frames } = event;
  const texts = (['message', 'text', 'expected', 'actual'] as const).flatMap((key) =>
    typeof event[key] === 'string' ? [[key, event[key]] as const] : [],
  );
  return {
    kind: 'ended',
    ...place,
    outcome: outcomes.find((outcome) => outcome === event['outcome']) ?? 'errored',
    seconds: typeof seconds === 'number' ? seconds : 0,
    frames: Array.isArray(frames) ? frames.flatMap((frame: unknown) => toFrame(frame) ?? []) : [],
    ...Object.fromEntries(texts),
  };
}

function toFrame(value: unknown): TestFrame | undefined {
  if (!isObject(value) || typeof value['line'] !== 'number') return undefined;
  return { path: textOf(value['path']), line: value['line'], name: textOf(value['name']) };
}

function parseObject(text: string): Members {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

function numbersOf(value: unknown): readonly number[] {
  return Array.isArray(value) ? value.filter((item): item is number => Number.isInteger(item)) : [];
}
