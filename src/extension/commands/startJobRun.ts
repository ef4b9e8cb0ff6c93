import type { StartJobRunOptions } from '../../aws/glue/api.ts';
import { connectionLabel } from '../../core/connections/connection.ts';
import { withValues, type Values } from '../../core/language/stages.ts';
import { JobArguments } from '../../core/runs/jobArguments.ts';
import type { App } from '../app.ts';
import { editValues, type Extra, type Values as EditedValues } from '../prompts/editValues.ts';
import { back, pickOne, runSteps, type Step } from '../prompts/steps.ts';
import { jobFacts, jobTargetOf, listJobTargets, type JobFacts, type JobTarget } from '../starts/jobTarget.ts';
import { launchJobRun } from '../starts/launchJobRun.ts';
import type { StartParts } from '../starts/launchExecution.ts';
import { activeConnection } from '../starts/machineTarget.ts';
import { readActiveStage } from '../stages/readStages.ts';
import { startKey, type LastStart } from '../starts/startHistory.ts';

type JobStartParts = StartParts & Pick<App, 'stages'>;

type ExtraName = 'workerType' | 'numberOfWorkers' | 'timeoutMinutes';

interface Draft {
  readonly target?: JobTarget;
  readonly values?: EditedValues<ExtraName>;
}

/** Starts a run of a job: of a tree row, of a code lens, or of one that is picked, with arguments to look over. */
export async function startJobRun(app: JobStartParts, from?: unknown): Promise<void> {
  const target = await jobTargetOf(app, from);
  const stage = await readActiveStage(app.stages);
  const given = target && stage ? { ...target, name: withValues(target.name, stage.values) } : target;
  const draft = await runSteps<Draft>(given ? `Start ${given.name}` : 'Start Job Run', given ? { target: given } : {}, [
    jobStep(app),
    argumentStep(app, stage?.values ?? {}),
  ]);
  if (draft.target && draft.values) await launchJobRun(app, draft.target, toOptions(draft.values));
}

function jobStep(app: StartParts): Step<Draft> {
  return async (known, at) => {
    if (known.target) return known;
    const account = await app.connections.account(activeConnection(app.connections));
    const recent = await app.startHistory.recent();
    const rank = ({ connection, name }: JobTarget): number => {
      const index = recent.indexOf(startKey(connection.id, 'jobRun', name));
      return index === -1 ? recent.length : index;
    };
    const target = await pickOne<JobTarget>({
      at,
      placeholder: 'Which job?',
      items: listJobTargets(account).then((targets) =>
        targets
          .toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name))
          .map((value) => ({ label: value.name, value })),
      ),
    });
    return target === back ? back : { target };
  };
}

function argumentStep(app: StartParts, ofStage: Values): Step<Draft> {
  return async (known, at) => {
    const { target } = known;
    if (!target) return known;
    const account = await app.connections.account(target.connection);
    const facts = await jobFacts(account, target);
    const last = await app.startHistory.last(startKey(target.connection.id, 'jobRun', target.name));
    const go = `Start ${target.name} in ${connectionLabel(target.connection)}`;
    const values = await editValues(at, initialValues(facts, last, ofStage), { go, value: 'argument' });
    return values === back ? back : { target, values };
  };
}

function initialValues(facts: JobFacts, last: LastStart | undefined, ofStage: Values): EditedValues<ExtraName> {
  const timeout = extra('Timeout (minutes)', facts.timeoutMinutes, last?.timeoutMinutes);
  const timeoutMinutes = { ...timeout, problemOf: count };
  const values = inStage(JobArguments.of(facts, last?.values), ofStage);
  // A Python shell job has no workers to choose.
  if (facts.kind === 'pythonShell') return { values, extras: { timeoutMinutes } };
  const workerType = { ...extra('Worker type', facts.workerType, last?.workerType), choices: workerTypes };
  const numberOfWorkers = {
    ...extra('Number of workers', facts.numberOfWorkers, last?.numberOfWorkers),
    problemOf: count,
  };
  return { values, extras: { workerType, numberOfWorkers, timeoutMinutes } };
}

/** Placeholders of the stage filled in: such an argument is given to the run, and shown before it starts. */
function inStage(values: JobArguments, ofStage: Values): JobArguments {
  return values.all.reduce((all, { key, value }) => all.with(key, withValues(value, ofStage)), values);
}

/** https://docs.aws.amazon.com/glue/latest/dg/worker-types.html */
const workerTypes = ['G.025X', 'G.1X', 'G.2X', 'G.4X', 'G.8X', 'G.12X', 'G.16X', 'R.1X', 'R.2X', 'R.4X', 'R.8X'];

function extra(label: string, jobValue: number | string | undefined, last: number | string | undefined): Extra {
  return {
    label,
    defaultValue: String(jobValue ?? 'as the service has it'),
    ...(last === undefined ? {} : { value: String(last) }),
  };
}

function count(text: string): string | undefined {
  return /^[1-9]\d{0,5}$/.test(text.trim()) ? undefined : 'A whole number from 1.';
}

function toOptions({ values, extras }: EditedValues<ExtraName>): StartJobRunOptions {
  const workerType = extras.workerType?.value;
  const numberOfWorkers = extras.numberOfWorkers?.value;
  const timeoutMinutes = extras.timeoutMinutes?.value;
  return {
    arguments: values.toArguments(),
    ...(workerType === undefined ? {} : { workerType }),
    ...(numberOfWorkers === undefined ? {} : { numberOfWorkers: Number(numberOfWorkers) }),
    ...(timeoutMinutes === undefined ? {} : { timeoutMinutes: Number(timeoutMinutes) }),
  };
}
