import { CodeLens, EventEmitter, Range } from 'vscode';
import type { CodeLensProvider, Command, Event, TextDocument } from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import type { GlueConfig } from '../../core/workspace/glueConfigs.ts';
import type { CommandId } from '../commands.ts';
import type { Drifts } from '../deploy/drifts.ts';
import type { JobIndex } from '../workspace/jobIndex.ts';
import { readBytes } from '../workspace/workspaceFiles.ts';
import { localJob } from './localJob.ts';

/** On each job and workflow of a config file: start it; on a job also its script, deploy it, and what a deploy would change. */
export class ConfigLenses implements CodeLensProvider, Disposable {
  readonly #parts = new DisposableStore();
  readonly #changed = this.#parts.add(new EventEmitter<void>());
  readonly onDidChangeCodeLenses: Event<void> = this.#changed.event;

  constructor(
    private readonly index: JobIndex,
    private readonly drifts: Drifts,
  ) {
    this.#parts.add(index.onDidChange(() => this.#changed.fire()));
    this.#parts.add(drifts.onDidChange(() => this.#changed.fire()));
  }

  async provideCodeLenses(document: TextDocument): Promise<CodeLens[]> {
    const { readGlueConfigs } = await import('../../core/workspace/glueConfigs.ts');
    const { configs } = readGlueConfigs(document.fileName, document.getText());
    const jobs = await this.index.jobs();
    const lenses = configs.map(async (config) => {
      const range = new Range(config.line - 1, 0, config.line - 1, 0);
      const job = jobs.find(
        ({ file, config: { name } }) => name === config.name && file.toString() === document.uri.toString(),
      );
      const script = job?.script && (await readBytes(job.script));
      const drift = config.kind === 'job' ? await this.drifts.describe(localJob(config, script)) : undefined;
      const commands = [
        startCommand(config),
        job?.script && script && openCommand('Script', job.script),
        graphCommand(config, document),
        deployCommand(config, drift),
      ];
      return commands.flatMap((command) => (command ? [new CodeLens(range, command)] : []));
    });
    return (await Promise.all(lenses)).flat();
  }

  dispose(): void {
    this.#parts.dispose();
  }
}

function startCommand({ kind, name }: GlueConfig): Command | undefined {
  switch (kind) {
    case 'job': {
      const command: CommandId = 'sluice.startJobRun';
      return { title: '$(play) Start Job Run…', command, arguments: [{ jobName: name }] };
    }
    case 'workflow': {
      const command: CommandId = 'sluice.startWorkflowRun';
      return { title: '$(play) Start Workflow Run…', command, arguments: [{ workflowName: name }] };
    }
    case 'trigger':
      return undefined;
  }
}

/** Of a workflow and its triggers. */
function graphCommand({ kind }: GlueConfig, { uri }: TextDocument): Command | undefined {
  const command: CommandId = 'sluice.showGraph';
  return kind === 'job' ? undefined : { title: 'Graph', command, arguments: [uri] };
}

function deployCommand({ kind, name }: GlueConfig, drift: string | undefined): Command | undefined {
  const command: CommandId = 'sluice.deploy';
  return kind === 'job'
    ? { title: drift === undefined ? 'Deploy…' : `Deploy… (${drift})`, command, arguments: [{ jobName: name }] }
    : undefined;
}

function openCommand(title: string, ...args: readonly unknown[]): Command {
  return { title, command: 'vscode.open', arguments: [...args] };
}
