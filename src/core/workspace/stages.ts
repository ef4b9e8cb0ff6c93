import type { StageMap, Values } from '../language/stages.ts';
import type { FileFacts, StageFacts } from './facts/facts.ts';

/** What a file says of stages: `sluice.json`, or a file with `<stage>/jobs/<job>/<parameter>`. */
export type StageSource = Pick<FileFacts, 'path' | 'stageMap' | 'stages'>;

/** Which stage counts. */
export interface StageChoice {
  /** The one that the user chose, where there is such a stage. */
  readonly chosen?: string | undefined;
  /** The configuration that counts before those of the files. */
  readonly config?: StageMap | undefined;
}

/** The stage that counts in a workspace, with what it says. */
export interface ActiveStage {
  readonly name: string;
  /** What placeholders stand for; of a file of stages `jobs.<job>.<parameter>` and whatever else the stage has. */
  readonly values: Values;
  /** What it gives each job in a file of stages, by the job's name there. */
  readonly jobs: ReadonlyMap<string, Values>;
}

/** The names of all stages, those of `sluice.json` first, each once. */
export function stageNames(sources: Iterable<StageSource>): readonly string[] {
  const all = sorted(sources);
  const names = all.flatMap(({ stageMap }) => Object.keys(stageMap?.stages ?? {}));
  return [...new Set([...names, ...all.flatMap(({ stages }) => stages.map(({ name }) => name))])];
}

/** The stage that counts: the chosen one, else the one that `sluice.json` names; undefined where nobody says. */
export function activeStage(sources: Iterable<StageSource>, { chosen, config }: StageChoice): ActiveStage | undefined {
  const all = sorted(sources);
  const maps = [config, ...all.map(({ stageMap }) => stageMap)].filter((map) => map !== undefined);
  const isKnown = (name: string): boolean =>
    maps.some(({ stages }) => Object.hasOwn(stages, name)) ||
    all.some(({ stages }) => stages.some((stage) => stage.name === name));
  const name = chosen !== undefined && isKnown(chosen) ? chosen : maps.find(({ stage }) => stage !== undefined)?.stage;
  if (name === undefined) return undefined;
  const ofFiles = all.flatMap(({ stages }) => stages.filter((stage) => stage.name === name));
  const given = [...maps.map(({ stages }) => stages[name]), ...ofFiles.map((stage) => stage.values)];
  const values = Object.assign({}, ...given.toReversed()) as Values;
  return { name, values, jobs: jobsOf(ofFiles) };
}

function jobsOf(stages: readonly StageFacts[]): ReadonlyMap<string, Values> {
  const jobs = new Map<string, Values>();
  for (const { name, parameters } of stages.flatMap((stage) => stage.jobs)) {
    const known = parameters.flatMap(({ name: one, value }) => (value === undefined ? [] : [[one, value] as const]));
    jobs.set(name, { ...Object.fromEntries(known), ...jobs.get(name) });
  }
  return jobs;
}

/** What the stage gives a job that may be written another way: `process-votes`, `process_votes.py` for `ProcessVotes`. */
export function stageParameters({ jobs }: ActiveStage, names: readonly string[]): Values {
  const wanted = new Set(names.map(squeezed));
  for (const [name, parameters] of jobs) if (wanted.has(squeezed(name))) return parameters;
  return {};
}

function squeezed(name: string): string {
  return name
    .replace(/^.*\//, '')
    .replace(/\.py$/, '')
    .replaceAll(/[^A-Za-z0-9]/g, '')
    .toLowerCase();
}

/** The configuration of the folder counts before those of folders in it. */
function sorted(sources: Iterable<StageSource>): readonly StageSource[] {
  return [...sources].sort((a, b) => a.path.length - b.path.length);
}
