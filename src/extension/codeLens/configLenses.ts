import { CodeLens, Range, type CodeLensProvider, type Command, type Event, type TextDocument } from 'vscode';
import type { GlueConfig } from '../../core/workspace/glueConfigs.ts';
import type { CommandId } from '../commands.ts';
import type { JobIndex } from '../workspace/jobIndex.ts';

/** On each job and workflow of a config file: start it; on a job also its script, and deploy it. */
export class ConfigLenses implements CodeLensProvider {
  readonly onDidChangeCodeLenses: Event<void>;

  constructor(private readonly index: JobIndex) {
    this.onDidChangeCodeLenses = index.onDidChange;
  }

  async provideCodeLenses(document: TextDocument): Promise<CodeLens[]> {
    const { readGlueConfigs } = await import('../../core/workspace/glueConfigs.ts');
    const { configs } = readGlueConfigs(document.fileName, document.getText());
    const jobs = await this.index.jobs();
    return configs.flatMap((config) => {
      const range = new Range(config.line - 1, 0, config.line - 1, 0);
      const job = jobs.find(
        ({ file, config: { name } }) => name === config.name && file.toString() === document.uri.toString(),
      );
      const commands = [
        startCommand(config),
        job?.script && openCommand('Script', job.script),
        graphCommand(config, document),
        deployCommand(config),
      ];
      return commands.flatMap((command) => (command ? [new CodeLens(range, command)] : []));
    });
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

function deployCommand({ kind, name }: GlueConfig): Command | undefined {
  const command: CommandId = 'sluice.deploy';
  return kind === 'job' ? { title: 'Deploy…', command, arguments: [{ jobName: name }] } : undefined;
}

function openCommand(title: string, ...args: readonly unknown[]): Command {
  return { title, command: 'vscode.open', arguments: [...args] };
}
