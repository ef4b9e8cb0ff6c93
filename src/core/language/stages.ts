/** What placeholders stand for in each stage, and the stage that counts: a part of `sluice.json`. */
export interface StageMap {
  readonly stage: string | undefined;
  readonly stages: Readonly<Record<string, Values>>;
}

/** Values by the names of placeholders. */
export type Values = Readonly<Record<string, string>>;

/** Reads `stage` and `stages` of a configuration; throws an Error that says what is wrong with them. */
export function parseStages(config: Readonly<Record<string, unknown>>): StageMap {
  const { stage, stages = {} } = config;
  if (!isRecord(stages)) throw new Error('"stages" is not an object');
  const read: Record<string, Values> = {};
  for (const [name, values] of Object.entries(stages)) {
    if (!isRecord(values) || !Object.values(values).every((value) => typeof value === 'string')) {
      throw new Error(`the stage "${name}" is no object of names and texts`);
    }
    read[name] = values as Values;
  }
  if (stage !== undefined && (typeof stage !== 'string' || !Object.hasOwn(read, stage))) {
    throw new Error(`"stage" is not one of ${Object.keys(read).join(', ') || 'the stages, of which there are none'}`);
  }
  return { stage, stages: read };
}

/** The stages of a configuration by its text; undefined where it says nothing of them. */
export function stageMapOf(configText: string): StageMap | undefined {
  try {
    const config: unknown = JSON.parse(configText);
    return isRecord(config) && (config['stages'] !== undefined || config['stage'] !== undefined)
      ? parseStages(config)
      : undefined;
  } catch {
    // Half-typed, or of no use: whoever reads it for its own sake says so.
    return undefined;
  }
}

/** A placeholder in a text: `start` and `end` are offsets of the whole of it, as in `${Name}`. */
export interface FoundPlaceholder {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

const PLACEHOLDER = /\$\{([\w.:-]+)\}|#\{([\w.:-]+)\}|\{\{\s*([\w.:-]+)\s*\}\}/g;

/** `${Name}`, `#{Name}` and `{{Name}}`, in the order of the text. */
export function* placeholdersIn(text: string): Generator<FoundPlaceholder> {
  for (const { index, 0: whole, 1: dollar, 2: hash, 3: braces } of text.matchAll(PLACEHOLDER)) {
    yield { name: dollar ?? hash ?? braces ?? '', start: index, end: index + whole.length };
  }
}

/**
 * What a placeholder stands for: the value of its name, or of what follows its dots, so that `var.bucket` is `bucket`.
 * Undefined where the stage does not say it.
 */
export function placeholderValue(name: string, values: Values): string | undefined {
  for (let rest = name; ;) {
    if (Object.hasOwn(values, rest)) return values[rest];
    const dot = rest.indexOf('.');
    if (dot < 0) return undefined;
    rest = rest.slice(dot + 1);
  }
}

/** The text with placeholders replaced where there is a value. */
export function withValues(text: string, values: Values): string {
  let result = '';
  let from = 0;
  for (const { name, start, end } of placeholdersIn(text)) {
    result += text.slice(from, start) + (placeholderValue(name, values) ?? text.slice(start, end));
    from = end;
  }
  return result + text.slice(from);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
