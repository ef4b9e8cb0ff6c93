import { parseStages, type StageMap } from '../stages.ts';
import { SEVERITIES, type SeveritySetting } from './severity.ts';

/** What `sluice.json` may say; the editor's settings have the same words. */
export interface CheckConfig {
  /** Rule id to severity or `off`. */
  readonly rules: Readonly<Record<string, SeveritySetting>>;
  /** Names of folders that are not looked into, besides those that never are. */
  readonly exclude: readonly string[];
  /** What placeholders stand for in each stage, and the stage that counts; undefined where it says nothing of them. */
  readonly stageMap: StageMap | undefined;
}

export const emptyConfig: CheckConfig = { rules: {}, exclude: [], stageMap: undefined };

/** Reads the text of a configuration; throws an Error that says what is wrong where it is of no use. */
export function parseConfig(text: string): CheckConfig {
  const value: unknown = JSON.parse(text);
  if (!isRecord(value)) throw new Error('it is not a JSON object');
  const { rules = {}, exclude = [], stage: named, stages: given, ...unknown } = value;
  const [stray] = Object.keys(unknown).filter((name) => name !== '$schema');
  if (stray !== undefined)
    throw new Error(`"${stray}" is not a setting; it may hold "rules", "exclude", "stage" and "stages"`);
  if (!isRecord(rules)) throw new Error('"rules" is not an object');
  const severities: Record<string, SeveritySetting> = {};
  for (const [rule, severity] of Object.entries(rules)) {
    if (!isSeveritySetting(severity)) {
      throw new Error(`the severity of "${rule}" is not one of off, ${SEVERITIES.toReversed().join(', ')}`);
    }
    severities[rule] = severity;
  }
  if (!Array.isArray(exclude) || !exclude.every((name) => typeof name === 'string')) {
    throw new Error('"exclude" is not a list of folder names');
  }
  const stageMap = parseStages({ stage: named, stages: given });
  const isGiven = named !== undefined || given !== undefined;
  return { rules: severities, exclude, stageMap: isGiven ? stageMap : undefined };
}

function isSeveritySetting(value: unknown): value is SeveritySetting {
  return value === 'off' || SEVERITIES.some((severity) => severity === value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
