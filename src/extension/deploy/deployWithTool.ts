import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../../core/base/userError.ts';
import { connectionLabel, type Connection } from '../../core/connections/connection.ts';
import { namedPlace, PLACE_CONFIGS } from '../../core/deploy/tools/namedPlace.ts';
import { stepsOf, type ToolStep } from '../../core/deploy/tools/steps.ts';
import { describeStopped } from '../../core/deploy/tools/stopped.ts';
import { TOOLS, type DeployTool } from '../../core/deploy/tools/tool.ts';
import { findTool } from '../../processes/tools/findTool.ts';
import type { HandOver } from '../../processes/tools/handOver.ts';
import type { App } from '../app.ts';
import { confirmPlace } from '../stages/confirmPlace.ts';
import { showInformation, showWarning } from '../prompts/notify.ts';
import { withProgress, withStoppableProgress } from '../prompts/progress.ts';
import { activeConnection } from '../starts/machineTarget.ts';
import { readWorkspaceText } from '../workspace/workspaceFiles.ts';
import type { WorkspaceOwner } from './ownership.ts';
import { runToolTask } from './toolTask.ts';

export type ToolParts = Pick<App, 'connections' | 'drifts' | 'pipelines' | 'stages' | 'toolLauncher'>;

/**
 * Lets the tool that owns a file show what it would change, and where `isPreview` is false change it: in a terminal, with
 * the credentials of the active connection. Rejects with UserError, `aborted` where the user leaves.
 */
export async function deployWithTool(parts: ToolParts, owner: WorkspaceOwner, isPreview: boolean): Promise<void> {
  const { connections } = parts;
  const connection = connectionFor(connections, owner);
  const project = await openProject(parts, connection, owner);
  const planFolder = await mkdtemp(join(tmpdir(), 'sluice-plan-'));
  try {
    const steps = stepsOf(owner.project, { ...(await stateOf(owner, project)), planFile: join(planFolder, 'plan') });
    for (const step of steps.prepare) await take(project, step);
    if (isPreview) {
      await take(project, steps.preview);
      return;
    }
    const { tool } = owner.project;
    const place = connectionLabel(connection);
    if (steps.previewBeforeApply) {
      await take(project, steps.previewBeforeApply);
      const button = `Deploy to ${place}`;
      const question = `${TOOLS[tool].programs[0] ?? tool} has shown what it would change in ${place}. Nothing is changed yet.`;
      if ((await showInformation(question, [button])) !== button) throw new UserError('aborted', 'Cancelled.');
    }
    const action = { verb: 'Deploy', name: project.name };
    await confirmPlace(connection, action, parts);
    try {
      await take(project, steps.apply, true);
    } finally {
      // A tool that fails may have changed a part.
      parts.pipelines.renew([connection]);
      parts.drifts.forget();
    }
  } finally {
    // What Terraform plans may hold values that are secret.
    await rm(planFolder, { recursive: true, force: true });
  }
}

/** Tools deploy to AWS: the account on this machine takes definitions and configs of its own. */
function connectionFor(connections: App['connections'], { project }: WorkspaceOwner): Connection {
  const connection = activeConnection(connections);
  if (connection.kind !== 'local') return connection;
  throw new UserError(
    'not-supported',
    `${TOOLS[project.tool].name.replace(/^t/, 'T')} deploys to an AWS account, and Local is none.`,
    'Switch the connection, or keep the job as *.glue.json and the state machine as *.asl.json to run them on Local.',
  );
}

interface OpenProject {
  /** Of the folder, which a protected connection asks for. */
  readonly name: string;
  readonly folder: WorkspaceOwner['host']['folder'];
  readonly cwd: string;
  readonly program: string;
  readonly launcher: string;
  readonly tool: DeployTool;
  /** The connection, as the user calls it. */
  readonly place: string;
  /** Fresh each time: between a preview and the decision hours may pass. */
  readonly given: () => Promise<HandOver>;
}

async function openProject(
  { connections, toolLauncher }: ToolParts,
  connection: Connection,
  { host, project }: WorkspaceOwner,
): Promise<OpenProject> {
  const { folder } = host;
  if (folder.uri.scheme !== 'file') {
    throw new UserError('not-supported', `${host.path} is not on a disk where a tool could run.`);
  }
  const { name, programs, install } = TOOLS[project.tool];
  const cwd = join(folder.uri.fsPath, project.root);
  const program = await findTool({ programs, folder: cwd, env: process.env });
  if (program === undefined) {
    const subject = `${name.replace(/^t/, 'T')} deploys ${host.path}`;
    throw new UserError('program-missing', `${subject}, and ${programs.join(' or ')} is not on PATH.`, install);
  }
  await rejectOtherPlace(connection, cwd, project.tool);
  const environment = join(cwd, '.venv');
  const hasEnvironment = await isThere(environment);
  const given = async (): Promise<HandOver> => {
    const title = `Reading the credentials of ${connectionLabel(connection)}`;
    const { accessKeyId, secretAccessKey, sessionToken, place } = await withProgress(title, async (signal) => {
      const account = await connections.account(connection, signal);
      return { ...(await account.credentials(signal)), place: await account.variables(signal) };
    });
    return {
      place,
      credentials: {
        accessKeyId,
        secretAccessKey,
        region: connection.region,
        ...(sessionToken === undefined ? {} : { sessionToken }),
      },
      ...(hasEnvironment ? { virtualEnvironment: environment } : {}),
    };
  };
  const own = project.root.split('/').at(-1);
  const called = own === undefined || own === '' ? folder.name : own;
  const place = connectionLabel(connection);
  return { name: called, folder, cwd, program, launcher: toolLauncher, tool: project.tool, place, given };
}

/** A profile or region of the tool's own configuration comes before what it is handed, and would deploy elsewhere. */
async function rejectOtherPlace(connection: Connection, cwd: string, tool: DeployTool): Promise<void> {
  for (const file of PLACE_CONFIGS[tool]) {
    const text = await readFile(join(cwd, file), 'utf8').catch(() => undefined);
    if (text === undefined) continue;
    const { profile, region } = namedPlace({ file, text });
    const isOtherProfile = profile !== undefined && (connection.kind !== 'profile' || connection.profile !== profile);
    if (!isOtherProfile && (region ?? connection.region) === connection.region) return;
    const names = [...(isOtherProfile ? [`the profile ${profile}`] : []), ...(region === undefined ? [] : [region])];
    throw new UserError(
      'conflict',
      `${file} deploys with ${names.join(' in ')}, and the connection is ${connectionLabel(connection)} in ${connection.region}.`,
      `Switch the connection to what ${file} says, or take that out of it.`,
      { file: join(cwd, file) },
    );
  }
}

async function stateOf(
  { project, host }: WorkspaceOwner,
  { cwd }: OpenProject,
): Promise<{ readonly isSetUp: boolean; readonly hasBuilds: boolean }> {
  switch (project.tool) {
    case 'terraform':
      return { isSetUp: await isThere(join(cwd, '.terraform')), hasBuilds: false };
    case 'sam': {
      const configs = ['samconfig.toml', 'samconfig.yaml', 'samconfig.yml'].map((each) => join(cwd, each));
      const found = await Promise.all(configs.map(isThere));
      const text = (await readWorkspaceText(host.uri)) ?? '';
      return { isSetUp: found.includes(true), hasBuilds: /AWS::Serverless::(?:Function|LayerVersion)/.test(text) };
    }
    default:
      return { isSetUp: true, hasBuilds: false };
  }
}

async function take(project: OpenProject, { args }: ToolStep, isApply = false): Promise<void> {
  const { program, launcher, cwd, folder, given, tool, place } = project;
  const file = program.split(/[\\/]/).at(-1) ?? program;
  const name = [file.replace(/\.(?:exe|cmd|bat)$/i, ''), args[0] ?? ''].join(' ');
  const task = { name, folder, cwd, program, args, given: await given(), asks: true };
  const end = await withStoppableProgress(
    `${name} for ${place}`,
    async (signal) => await runToolTask(launcher, task, signal),
  );
  if (end.kind === 'stopped') {
    const { isClean, code } = end;
    // Not awaited: it may stay for hours.
    void showWarning(describeStopped({ tool, name, place, isApply, isClean, code }));
    throw new UserError('aborted', 'Cancelled.');
  }
  if (end.code !== 0) {
    throw new UserError('process-failed', `${name} ended with exit code ${end.code}.`, 'Its terminal says why.');
  }
}

async function isThere(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  );
}
