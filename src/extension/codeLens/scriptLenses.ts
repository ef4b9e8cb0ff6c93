import { CodeLens, EventEmitter, Range } from 'vscode';
import type { CodeLensProvider, Event, TextDocument } from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import { connectionLabel } from '../../core/connections/connection.ts';
import { isGlueScript } from '../../core/workspace/glueScript.ts';
import type { GlueConfig } from '../../core/workspace/glueConfigs.ts';
import type { Connections } from '../../views/connections.ts';
import type { CommandId } from '../commands.ts';
import type { Drifts } from '../deploy/drifts.ts';
import { isHostedScript } from '../localRuns/hostedScript.ts';
import type { HostIndex } from '../workspace/hostIndex.ts';
import type { JobIndex } from '../workspace/jobIndex.ts';
import { readBytes } from '../workspace/workspaceFiles.ts';
import { localJob } from './localJob.ts';

/** More jobs than this on one script are started from the tree. */
const jobLimit = 3;

/** On the first line of a Glue script: run or debug it on this machine, start its job, upload it, and go to its config. */
export class ScriptLenses implements CodeLensProvider, Disposable {
  readonly #parts = new DisposableStore();
  readonly #changed = this.#parts.add(new EventEmitter<void>());
  readonly onDidChangeCodeLenses: Event<void> = this.#changed.event;

  constructor(
    private readonly index: JobIndex,
    private readonly connections: Connections,
    private readonly drifts: Drifts,
    private readonly hosts: HostIndex,
  ) {
    this.#parts.add(hosts.onDidChange(() => this.#changed.fire()));
    this.#parts.add(drifts.onDidChange(() => this.#changed.fire()));
    this.#parts.add(index.onDidChange(() => this.#changed.fire()));
    this.#parts.add(connections.onDidChange(() => this.#changed.fire()));
  }

  async provideCodeLenses(document: TextDocument): Promise<CodeLens[]> {
    const jobs = await this.index.jobsOfScript(document.uri);
    const range = new Range(0, 0, 0, 0);
    const runLocally: CommandId = 'sluice.runScriptLocally';
    const canRun = document.uri.scheme === 'file' && document.languageId === 'python';
    const local = { title: '$(play) Run Locally', command: runLocally, arguments: [document.uri] };
    const debugLocally: CommandId = 'sluice.debugScriptLocally';
    const debug = { title: 'Debug', command: debugLocally, arguments: [document.uri] };
    const onThisMachine =
      canRun &&
      (jobs.length > 0 ||
        isGlueScript(document.getText(), document.fileName) ||
        (await isHostedScript(this.hosts, document.uri)))
        ? [new CodeLens(range, local), new CodeLens(range, debug)]
        : [];
    const { active } = this.connections;
    const ofJobs = jobs.slice(0, jobLimit).flatMap(({ config, file }) => {
      const run: CommandId = 'sluice.startJobRun';
      const line = config.line - 1;
      const open = { title: describeJob(config), command: 'vscode.open' };
      const config_ = new CodeLens(range, { ...open, arguments: [file, { selection: new Range(line, 0, line, 0) }] });
      if (!active) return [config_];
      const title = `$(cloud) Run on ${connectionLabel(active)}…`;
      return [new CodeLens(range, { title, command: run, arguments: [{ jobName: config.name }] }), config_];
    });
    const upload: CommandId = 'sluice.uploadScript';
    const lenses = [...onThisMachine, ...ofJobs];
    if (!active || lenses.length === 0) return lenses;
    const [job] = jobs;
    const script = job && document.uri.scheme === 'file' ? await readBytes(document.uri) : undefined;
    const drift = job && (await this.drifts.describe(localJob(job.config, script)));
    const title = drift === undefined ? 'Upload' : `Upload (${drift})`;
    return [...lenses, new CodeLens(range, { title, command: upload, arguments: [document.uri] })];
  }

  dispose(): void {
    this.#parts.dispose();
  }
}

/** `extract-orders · Glue 5.0 · G.1X × 10`, as far as the config says. */
function describeJob({ name, input }: GlueConfig): string {
  const { GlueVersion: version, WorkerType: type, NumberOfWorkers: count, Command: command, MaxCapacity: dpu } = input;
  const isShell =
    typeof command === 'object' && command !== null && 'Name' in command && command.Name === 'pythonshell';
  const kind = isShell ? 'Python shell' : typeof version === 'string' ? `Glue ${version}` : '';
  const workers =
    typeof type === 'string' && typeof count === 'number'
      ? `${type} × ${count}`
      : typeof dpu === 'number'
        ? `${dpu} DPU`
        : '';
  return [name, kind, workers].filter(Boolean).join(' · ');
}
