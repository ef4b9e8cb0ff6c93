import type { Account } from '../../aws/account.ts';
import type { GlueJob } from '../../aws/glue/api.ts';
import { UserError } from '../../core/base/userError.ts';
import { connectionLabel } from '../../core/connections/connection.ts';
import {
  defaultGlueVersion,
  guessJobKind,
  imageVersions,
  localJobKind,
  mergeArguments,
  requiredArguments,
  type LocalJob,
} from '../../core/glue/localRun/index.ts';
import { toSetting, withEntry, type LocalRunEntry } from '../../core/workspace/localRunEntry.ts';
import { hasPlaceholder } from '../../core/language/placeholders.ts';
import { withValues, type Values } from '../../core/language/stages.ts';
import { stageParameters, type ActiveStage } from '../../core/workspace/stages.ts';
import { JobArguments } from '../../core/runs/jobArguments.ts';
import { baseName } from '../../core/runs/traceback.ts';
import type { App } from '../app.ts';
import { editValues } from '../prompts/editValues.ts';
import { waitFor } from '../connections/waitFor.ts';
import { withProgress, withSlowProgress } from '../prompts/progress.ts';
import { back, pickOne, type Choice, type StepPosition } from '../prompts/steps.ts';
import { readActiveStage } from '../stages/readStages.ts';
import { toTexts } from '../starts/jobTarget.ts';
import type { IndexedJob } from '../workspace/jobIndex.ts';
import { hostedJobs } from './hostedJobs.ts';
import type { LocalScript } from './localRunPlace.ts';

export type ChoiceParts = Pick<App, 'settings' | 'connections' | 'hosts' | 'jobIndex' | 'log' | 'stages'>;

/** What a script runs as. */
export interface LocalRunChoice {
  readonly job: LocalJob;
  readonly env: Readonly<Record<string, string>>;
  readonly usesAws: boolean;
}

/** A job before it is known what this run says otherwise. */
interface KnownJob extends Omit<LocalJob, 'arguments'> {
  readonly defaultArguments: Readonly<Record<string, string>>;
  readonly nonOverridableArguments: Readonly<Record<string, string>>;
}

interface Draft {
  readonly known: KnownJob;
  readonly entry: LocalRunEntry;
  /** The user chose something that is worth keeping. */
  readonly isNew: boolean;
}

/**
 * What a script runs as: as it did last time, as the job of the workspace or of the active connection that has it, or as
 * the user says. Asks where there is a choice, where the script wants an argument that nobody gives, and where `asks` says
 * so; what was answered is kept in `sluice.localRuns`. Rejects with `aborted` when the user leaves, and with the signal's reason.
 */
export async function chooseLocalRun(
  app: ChoiceParts,
  script: LocalScript,
  { asks, variant }: { readonly asks: boolean; readonly variant?: string },
  signal?: AbortSignal,
): Promise<LocalRunChoice> {
  const title = `Run ${baseName(script.path)} Locally`;
  const draft = await waitFor(chooseJob(app, script, { title, canGoBack: false }, variant), signal);
  const stage = await readActiveStage(app.stages);
  signal?.throwIfAborted();
  const known = stage === undefined ? draft.known : inStage(draft.known, stage, script);
  let values = JobArguments.of(
    {
      defaultArguments: settled(known.defaultArguments),
      nonOverridableArguments: settled(known.nonOverridableArguments),
    },
    draft.entry.arguments,
  );
  const given = new Set(values.all.map(({ key }) => key));
  const missing = requiredArguments(script.text).filter(
    (name) => !impliedArguments.has(name) && !given.has(`--${name}`),
  );
  for (const name of missing) values = values.with(name, '');
  if (asks || missing.length > 0) {
    const at = { title, canGoBack: false };
    const asked = editValues(at, { values, extras: {} }, { go: 'Run on this machine', value: 'argument' });
    const edited = await waitFor(asked, signal);
    if (edited === back) throw new UserError('aborted', 'Cancelled.');
    values = edited.values;
  }
  const entry = { ...draft.entry, arguments: values.toArguments() };
  if (draft.isNew || asks || missing.length > 0) await remember(app, script, entry);
  const { defaultArguments, nonOverridableArguments, ...job } = known;
  const all = mergeArguments(settled(defaultArguments), entry.arguments, settled(nonOverridableArguments));
  return { job: { ...job, arguments: all }, env: entry.env, usesAws: entry.aws };
}

/** The job as it is in a stage: placeholders have its values, and a file of stages may give the job more arguments. */
function inStage(known: KnownJob, stage: ActiveStage, { path }: LocalScript): KnownJob {
  const filled = (given: Values): Values =>
    Object.fromEntries(Object.entries(given).map(([key, value]) => [key, withValues(value, stage.values)]));
  const parameters = Object.entries(stageParameters(stage, [known.name, path]));
  const ofFile: Values = Object.fromEntries(parameters.map(([key, value]) => [`--${key}`, value] as const));
  return {
    ...known,
    defaultArguments: { ...ofFile, ...filled(known.defaultArguments) },
    nonOverridableArguments: filled(known.nonOverridableArguments),
  };
}

/** Without what a tool fills in only when it deploys: where the script wants such an argument, the user is asked. */
function settled(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => !hasPlaceholder(value)));
}

/** What Glue itself gives. */
const impliedArguments = new Set(['JOB_NAME', 'TempDir', 'RedshiftTempDir', 'WORKFLOW_NAME', 'WORKFLOW_RUN_ID']);

async function remember({ settings }: ChoiceParts, script: LocalScript, entry: LocalRunEntry): Promise<void> {
  await settings.changeForFolder('localRuns', script.uri, (now) => withEntry(now, entry).map(toSetting));
}

async function chooseJob(
  app: ChoiceParts,
  script: LocalScript,
  at: StepPosition,
  variant: string | undefined,
): Promise<Draft> {
  const all = app.settings.get('localRuns', script.uri).filter((entry) => entry.script === script.path);
  const named = all.filter(({ name }) => variant !== undefined && name === variant);
  const entries = named.length > 0 ? named : all;
  const [only] = entries;
  if (only && entries.length === 1) return await fromEntry(app, script, only);
  if (only) {
    const entry = await picked(
      at,
      'As which of its runs?',
      entries.map((value) => ({ label: value.name ?? value.job ?? 'default', value })),
    );
    return await fromEntry(app, script, entry);
  }
  const configs = await app.jobIndex.jobsOfScript(script.uri);
  const jobs = configs.length > 0 ? configs.map(ofConfig) : await hostedJobs(app, script);
  const [job] = jobs;
  const blank: LocalRunEntry = { script: script.path, arguments: {}, env: {}, aws: true };
  if (job && jobs.length === 1) return { known: job, entry: { ...blank, job: job.name }, isNew: false };
  if (job) {
    const chosen = await picked(
      at,
      'As which job?',
      jobs.map((value) => ({ label: value.name, value })),
    );
    return { known: chosen, entry: { ...blank, job: chosen.name }, isNew: true };
  }
  const deployed = await findDeployed(app, script);
  const none: Choice<GlueJob | 'none'> = { label: 'None of these…', value: 'none' };
  const offered = deployed.map((value): Choice<GlueJob | 'none'> => ({
    label: value.name,
    description: 'deployed',
    value,
  }));
  const choice = deployed.length === 0 ? 'none' : await picked(at, 'As which job?', [...offered, none]);
  if (choice !== 'none') return { known: ofDeployed(choice), entry: { ...blank, job: choice.name }, isNew: true };
  const kind = await askKind(script, at);
  const entry = { ...blank, ...kind };
  return { known: ofEntry(entry, script), entry, isNew: true };
}

async function fromEntry(app: ChoiceParts, script: LocalScript, entry: LocalRunEntry): Promise<Draft> {
  const { job } = entry;
  if (job === undefined) return { known: ofEntry(entry, script), entry, isNew: false };
  const config = (await app.jobIndex.jobs()).find((each) => each.config.name === job);
  if (config) return { known: ofConfig(config), entry, isNew: false };
  const hosted = (await hostedJobs(app, script)).find(({ name }) => name === job);
  if (hosted) return { known: hosted, entry, isNew: false };
  const { active } = app.connections;
  if (!active) {
    throw new UserError(
      'not-found',
      `The workspace does not describe the job ${job}, which ${baseName(script.path)} runs as.`,
      'Choose the connection that has the job, or change "job" in the setting sluice.localRuns.',
    );
  }
  const deployed = await withSlowProgress(`Reading the job ${job}`, async (signal) => {
    const account = await app.connections.account(active, signal);
    return await account.glue.getJob(job, signal);
  });
  return { known: ofDeployed(deployed), entry, isNew: false };
}

/** Jobs of the active connection with a script of this name; none where they cannot be listed. */
async function findDeployed(app: ChoiceParts, script: LocalScript): Promise<readonly GlueJob[]> {
  const { active } = app.connections;
  if (!active) return [];
  const name = baseName(script.path);
  try {
    return await withProgress(`Looking for the job of ${name} in ${connectionLabel(active)}`, async (signal) => {
      const account: Account = await app.connections.account(active, signal);
      const found: GlueJob[] = [];
      for await (const page of account.glue.listJobs(signal)) {
        found.push(...page.filter(({ scriptLocation }) => baseName(scriptLocation) === name));
      }
      return found;
    });
  } catch (error) {
    app.log.info(`The jobs of ${connectionLabel(active)} were not looked through: ${String(error)}`);
    return [];
  }
}

type Kind = Pick<LocalRunEntry, 'kind' | 'glueVersion'>;

async function askKind(script: LocalScript, at: StepPosition): Promise<Kind> {
  const guess = guessJobKind(script.text);
  const spark = imageVersions.map((glueVersion): Choice<Kind> => ({
    label: `Spark on Glue ${glueVersion}`,
    description: 'in the Glue container',
    value: { kind: 'spark', glueVersion },
  }));
  const shell: Choice<Kind> = {
    label: 'Python shell',
    description: "with this machine's Python",
    value: { kind: 'pythonShell' },
  };
  const items = guess === 'spark' ? [...spark, shell] : [shell, ...spark];
  return await picked(at, 'No job has this script. What does it run as?', items);
}

async function picked<T>(at: StepPosition, placeholder: string, items: readonly Choice<T>[]): Promise<T> {
  const value = await pickOne<T>({ at, placeholder, items });
  if (value === back) throw new UserError('aborted', 'Cancelled.');
  return value;
}

function ofConfig({ config: { name, input } }: IndexedJob): KnownJob {
  const command: unknown = input['Command'];
  const commandName = typeof command === 'object' && command !== null && 'Name' in command ? command.Name : undefined;
  const { GlueVersion: version, Timeout: timeout } = input;
  return {
    name,
    kind: localJobKind(typeof commandName === 'string' ? commandName : undefined),
    ...(typeof version === 'string' ? { glueVersion: version } : {}),
    ...(typeof timeout === 'number' && timeout > 0 ? { timeoutMinutes: timeout } : {}),
    defaultArguments: toTexts(input['DefaultArguments']),
    nonOverridableArguments: toTexts(input['NonOverridableArguments']),
  };
}

function ofDeployed(job: GlueJob): KnownJob {
  const { name, kind, glueVersion, timeoutMinutes, defaultArguments, nonOverridableArguments } = job;
  return {
    name,
    kind,
    ...(glueVersion === undefined ? {} : { glueVersion }),
    ...(timeoutMinutes === undefined ? {} : { timeoutMinutes }),
    defaultArguments,
    nonOverridableArguments,
  };
}

function ofEntry({ kind, glueVersion }: LocalRunEntry, script: LocalScript): KnownJob {
  const isShell = (kind ?? guessJobKind(script.text)) === 'pythonShell';
  return {
    name: baseName(script.path).replace(/\.py$/, ''),
    kind: isShell ? 'pythonShell' : 'spark',
    ...(isShell ? {} : { glueVersion: glueVersion ?? defaultGlueVersion }),
    defaultArguments: {},
    nonOverridableArguments: {},
  };
}
