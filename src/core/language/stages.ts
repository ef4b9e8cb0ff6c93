/** What placeholders stand for in each stage, and the stage that counts: a part of `sluice.json`. */
export interface StageMap {
  readonly stage: string | undefined;
  readonly stages: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Reads `stage` and `stages` of a configuration; throws an Error that says what is wrong with them. */
export function parseStages(config: Readonly<Record<string, unknown>>): StageMap {
  const { stage, stages = {} } = config;
  if (!isRecord(stages)) throw new Error('"stages" is not an object');
  const read: Record<string, Readonly<Record<string, string>>> = {};
  for (const [name, values] of Object.entries(stages)) {
    if (!isRecord(values) || !Object.values(values).every((value) => typeof value === 'string')) {
      throw new Error(`the stage "${name}" is no object of names and texts`);
    }
    read[name] = values as Readonly<Record<string, string>>;
  }
  if (stage !== undefined && (typeof stage !== 'string' || !Object.hasOwn(read, stage))) {
    throw new Error(`"stage" is not one of ${Object.keys(read).join(', ') || 'the stages, of which there are none'}`);
  }
  return { stage, stages: read };
}

/** What placeholders stand for in the stage that counts, by the text of a configuration; undefined where it says nothing. */
export function valuesOf(configText: string): Readonly<Record<string, string>> | undefined {
  try {
    const config: unknown = JSON.parse(configText);
    if (!isRecord(config)) return undefined;
    const { stage, stages } = parseStages(config);
    return stage === undefined ? undefined : stages[stage];
  } catch {
    // Half-typed, or of no use: whoever reads it for its own sake says so.
    return undefined;
  }
}

/** The text with `${Name}`, `#{Name}` and `{{Name}}` replaced where there is a value. */
export function withValues(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(
    /\$\{([\w.:-]+)\}|#\{([\w.:-]+)\}|\{\{\s*([\w.:-]+)\s*\}\}/g,
    (whole, ...groups: unknown[]) => {
      const name = groups.slice(0, 3).find((group) => typeof group === 'string');
      return name !== undefined && Object.hasOwn(values, name) ? (values[name] ?? whole) : whole;
    },
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
