import type { Log } from '../../core/base/log.ts';
import type { LocalRunPlan } from '../../core/glue/localRun/index.ts';
import type { Engine } from '../../processes/docker/findEngine.ts';
import { ownerOf } from '../../processes/docker/ownerOf.ts';
import type { WarmContainer } from '../../processes/docker/warmContainer.ts';
import type { Surroundings } from './surroundings.ts';

export interface PlannedContainer {
  readonly engine: Engine;
  readonly plan: LocalRunPlan;
  /** Unique to this container. */
  readonly runId: string;
  readonly surroundings: Surroundings;
  readonly log: Log;
}

/** Starts a container that stays, with its packages and its way to this machine. Rejects with UserError. */
export async function startPlannedContainer(
  { engine, plan, runId, surroundings, log }: PlannedContainer,
  onProgress: (line: string) => void,
  signal: AbortSignal,
): Promise<WarmContainer> {
  const [{ startWarmContainer }, { createCredentialsServer }, { ownerLabels }, { ensureLayer }] = await Promise.all([
    import('../../processes/docker/warmContainer.ts'),
    import('../../processes/docker/relay/credentialsServer.ts'),
    import('../../processes/docker/leftovers.ts'),
    import('../../processes/docker/layer.ts'),
  ]);
  const { program } = engine;
  const labels = await ownerLabels();
  const layer = plan.layer && (await ensureLayer(program, plan.layer, { runId, labels, onProgress }, signal));
  const { credentials, endpoint } = surroundings;
  const owner = ownerOf(engine);
  return await startWarmContainer(
    program,
    {
      ...plan.container,
      ...(layer === undefined ? {} : { image: layer }),
      labels: { ...plan.container.labels, ...labels },
    },
    {
      ...(owner ? { owner } : {}),
      ...(credentials ? { credentials: createCredentialsServer(credentials) } : {}),
      ...(endpoint ? { endpoint } : {}),
      log,
    },
    signal,
  );
}
