import { join } from 'node:path';
import type { Clock } from '../../core/base/clock.ts';
import { JsonService } from '../http/jsonService.ts';
import type { Roles } from '../iam/roles.ts';
import type { LogStore } from '../logs/logStore.ts';
import type { StateProblems } from '../state/stateProblems.ts';
import { advanceBookmark, bookmarkOperations } from './bookmarks.ts';
import { Catalog } from './catalog/catalog.ts';
import { databaseOperations } from './catalog/databaseOperations.ts';
import { partitionOperations } from './catalog/partitionOperations.ts';
import { tableOperations } from './catalog/tableOperations.ts';
import { CrawlerEngine } from './crawlers/crawlerEngine.ts';
import { crawlerOperations } from './crawlers/crawlerOperations.ts';
import { openGlueState, type GlueState } from './glueState.ts';
import { jobOperations } from './jobOperations.ts';
import { createUnavailableRunner } from './jobRunner.ts';
import { createPythonShellRunner, type PythonShellOptions } from './pythonShell.ts';
import { RunEngine } from './runEngine.ts';
import { runOperations } from './runOperations.ts';
import { createSparkRunner, type SparkContainerOptions } from './sparkContainer.ts';
import { GlueTags } from './tags.ts';
import { TriggerEngine } from './triggerEngine.ts';
import { triggerOperations } from './triggerOperations.ts';
import { workflowOperations } from './workflowOperations.ts';

export interface GlueOptions extends Omit<PythonShellOptions & SparkContainerOptions, 'workFolder'> {
  readonly roles: Roles;
  readonly stateFolder: string;
  readonly logs: LogStore;
  readonly problems: StateProblems;
  readonly clock: Clock;
}

/** AWS Glue: jobs that run here, triggers that fire, workflows, crawlers and their catalog. */
export class Glue {
  private constructor(
    readonly service: JsonService,
    readonly state: GlueState,
    readonly runs: RunEngine,
    private readonly engines: { readonly triggers: TriggerEngine; readonly crawlers: CrawlerEngine },
  ) {}

  /** Opens the state and ends what an earlier process left on. */
  static async open(options: GlueOptions): Promise<Glue> {
    const { logs, clock, log, region } = options;
    const state = await openGlueState(join(options.stateFolder, 'glue'), options.problems);
    const withWork = { ...options, workFolder: join(options.stateFolder, 'work') };
    const spark = createSparkRunner(withWork);
    const runs = new RunEngine({
      state,
      logs,
      clock,
      log,
      runners: {
        pythonshell: createPythonShellRunner(withWork),
        glueetl: spark,
        gluestreaming: spark,
        glueray: createUnavailableRunner('The local account cannot run glueray jobs: they need a Ray cluster.'),
      },
    });
    runs.onDidEnd(({ run }) => {
      const bookmark = advanceBookmark(state.bookmarks.get(run.jobName), run);
      const kept = bookmark && state.bookmarks.put(run.jobName, bookmark);
      kept?.catch((error: unknown) => log.error(`The bookmark of ${run.jobName} was not kept: ${String(error)}`));
    });
    const tags = new GlueTags(state, region);
    const { roles } = options;
    const catalog = await Catalog.open(join(options.stateFolder, 'catalog'), options.problems, clock);
    const crawlers = new CrawlerEngine({ state, catalog, objects: options.objects, logs, clock, log });
    const triggers = new TriggerEngine({ state, runs, crawlers, clock, log });
    const service = new JsonService({
      name: 'glue',
      targetPrefix: 'AWSGlue',
      jsonVersion: '1.1',
      messageMember: 'Message',
      validationCode: 'ValidationException',
      operations: {
        ...jobOperations({ state, tags, roles, clock }),
        ...runOperations(state, runs, clock),
        ...bookmarkOperations(state.bookmarks, runs),
        ...triggerOperations(state, tags, triggers),
        ...workflowOperations({ state, tags, engine: triggers, clock }),
        ...crawlerOperations({ state, tags, roles, engine: crawlers, clock }),
        ...databaseOperations(catalog),
        ...tableOperations(catalog),
        ...partitionOperations(catalog),
        ...tags.operations(),
      },
    });
    await runs.recover();
    await crawlers.recover();
    await triggers.start();
    return new Glue(service, state, runs, { triggers, crawlers });
  }

  get isBusy(): boolean {
    return this.runs.isBusy || this.engines.triggers.isBusy || this.engines.crawlers.isBusy;
  }

  async close(): Promise<void> {
    await this.runs.close();
    await this.engines.crawlers.close();
    await this.engines.triggers.close();
  }
}
