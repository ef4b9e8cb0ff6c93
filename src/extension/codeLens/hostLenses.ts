import {
  CodeLens,
  EventEmitter,
  Range,
  type CodeLensProvider,
  type Command,
  type Event,
  type TextDocument,
} from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import { PREVIEW_WORDS } from '../../core/deploy/tools/tool.ts';
import type { HostedResource } from '../../core/workspace/hosted.ts';
import type { CommandId } from '../commands.ts';
import type { Drifts, Local } from '../deploy/drifts.ts';
import { ownerAt, type WorkspaceOwner } from '../deploy/ownership.ts';
import type { HostIndex } from '../workspace/hostIndex.ts';

/** Words without which a file is looked at no further. */
const mayHold = /AWS::(?:Glue|StepFunctions|Serverless)|aws_(?:glue_job|sfn_state_machine)|[gG]lue|StateMachine/;

/** On each job and state machine that a tool deploys: compare it, let the tool show what it would do, and do it. */
export class HostLenses implements CodeLensProvider, Disposable {
  readonly #parts = new DisposableStore();
  readonly #changed = this.#parts.add(new EventEmitter<void>());
  readonly onDidChangeCodeLenses: Event<void> = this.#changed.event;

  constructor(
    private readonly hosts: HostIndex,
    private readonly drifts: Drifts,
  ) {
    this.#parts.add(drifts.onDidChange(() => this.#changed.fire()));
  }

  async provideCodeLenses(document: TextDocument): Promise<CodeLens[]> {
    const { uri } = document;
    if (uri.scheme !== 'file' || !mayHold.test(document.getText())) return [];
    const owner = await ownerAt({ hosts: this.hosts }, uri);
    if (!owner) return [];
    const lenses = owner.host.resources.map(async (resource) => {
      const range = new Range(resource.line - 1, 0, resource.line - 1, 0);
      return (await this.#commands(owner, resource)).map((command) => new CodeLens(range, command));
    });
    return (await Promise.all(lenses)).flat();
  }

  dispose(): void {
    this.#parts.dispose();
  }

  async #commands({ host, project }: WorkspaceOwner, resource: HostedResource): Promise<readonly Command[]> {
    const command = (title: string, id: CommandId, ...args: readonly unknown[]): Command => ({
      title,
      command: id,
      arguments: [...args],
    });
    const target = { host: host.uri, line: resource.line };
    const local = localOf(resource);
    const drift = local && (await this.drifts.describe(local));
    const start =
      local?.kind === 'job' ? [command('$(play) Start Job Run…', 'sluice.startJobRun', { jobName: local.name })] : [];
    return [
      ...start,
      command('Compare with Deployed', 'sluice.compareWithDeployed', target),
      command(`Preview (${PREVIEW_WORDS[project.tool]})`, 'sluice.previewDeployment', target),
      command(drift === undefined ? 'Deploy…' : `Deploy… (${drift})`, 'sluice.deploy', target),
    ];
  }
}

/** What can be compared: a thing whose name the text says. */
export function localOf(resource: HostedResource): Local | undefined {
  const { name } = resource;
  if (name === undefined || /[${}#]/.test(name)) return undefined;
  if (resource.kind === 'machine') {
    const { definition } = resource;
    return definition && { kind: 'machine', name, definition };
  }
  const { input, scriptLocation } = resource;
  return { kind: 'job', name, input, ...(scriptLocation === undefined ? {} : { scriptLocation }) };
}
