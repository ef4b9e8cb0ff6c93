import type { GlueWorkflow } from '../../aws/glue/api.ts';
import { connectionLabel, type Connection } from '../../core/connections/connection.ts';
import { JobArguments } from '../../core/runs/jobArguments.ts';
import { readFolderContent } from '../deploy/workspaceDeployables.ts';
import { editValues, type Values } from '../prompts/editValues.ts';
import { back, pickOne, runSteps } from '../prompts/steps.ts';
import type { StartParts } from '../starts/launchExecution.ts';
import { launchWorkflowRun } from '../starts/launchWorkflowRun.ts';
import { activeConnection } from '../starts/machineTarget.ts';
import { toTexts } from '../starts/jobTarget.ts';
import { startKey } from '../starts/startHistory.ts';
import { listWorkspaceFiles } from '../workspace/workspaceFiles.ts';

/** What of a workflow decides how a run of it is started. */
type WorkflowFacts = Pick<GlueWorkflow, 'name' | 'defaultRunProperties'>;

interface Draft {
  readonly connection: Connection;
  readonly workflow?: WorkflowFacts;
  readonly values?: Values<never>;
}

/** Starts a run of a workflow, of a tree row or of one that is picked, with its run properties to look over. */
export async function startWorkflowRun(app: StartParts, from?: unknown): Promise<void> {
  const initial = await draftOf(app, from);
  const given = initial.workflow;
  const title = given ? `Start ${given.name}` : 'Start Workflow Run';
  const { connection, workflow, values } = await runSteps<Draft>(title, initial, [
    async (known, at) => {
      if (known.workflow) return known;
      const picked = await pickOne<GlueWorkflow>({
        at,
        placeholder: 'Which workflow?',
        items: listWorkflows(app, known.connection).then((all) =>
          all.map((value) => ({ label: value.name, description: value.description ?? '', value })),
        ),
      });
      return picked === back ? back : { connection: known.connection, workflow: picked };
    },
    async (known, at) => {
      const { workflow: of } = known;
      if (!of) return known;
      const last = await app.startHistory.last(startKey(known.connection.id, 'workflowRun', of.name));
      const start: Values<never> = {
        values: JobArguments.ofProperties(of.defaultRunProperties, last?.values),
        extras: {},
      };
      const go = `Start ${of.name} in ${connectionLabel(known.connection)}`;
      const edited = await editValues(at, start, { go, value: 'property' });
      return edited === back ? back : { ...known, values: edited };
    },
  ]);
  if (workflow && values)
    await launchWorkflowRun(app, { connection, name: workflow.name }, values.values.toArguments());
}

/** What a tree row or a code lens (`{workflowName}`) names. */
async function draftOf(app: StartParts, from: unknown): Promise<Draft> {
  const node = app.pipelines.find(from);
  if (node?.kind === 'item' && node.item.kind === 'workflow') {
    return { connection: node.connection, workflow: node.item.workflow };
  }
  const connection = activeConnection(app.connections);
  const name = typeof from === 'object' && from !== null && 'workflowName' in from ? from.workflowName : undefined;
  if (typeof name !== 'string') return { connection };
  if (connection.kind === 'local') return { connection, workflow: await workspaceWorkflow(name) };
  const { glue } = await app.connections.account(connection);
  return { connection, workflow: await glue.getWorkflow(name) };
}

/** A workflow as the workspace's config has it: on Local the start itself deploys it. */
async function workspaceWorkflow(name: string): Promise<WorkflowFacts> {
  for (const files of await listWorkspaceFiles()) {
    const { configs } = await readFolderContent(files);
    const found = configs.find((config) => config.kind === 'workflow' && config.name === name);
    if (found) return { name, defaultRunProperties: toTexts(found.input['DefaultRunProperties']) };
  }
  return { name, defaultRunProperties: {} };
}

async function listWorkflows(app: StartParts, connection: Connection): Promise<readonly GlueWorkflow[]> {
  const account = await app.connections.account(connection);
  const all: GlueWorkflow[] = [];
  for await (const page of account.glue.listWorkflows()) all.push(...page);
  return all.sort((a, b) => a.name.localeCompare(b.name));
}
