import { planLocalRun, type LocalJob, type LocalRunRequest } from '../../core/glue/localRun/index.ts';
import type { Log } from '../../core/base/log.ts';
import type { LocalEnd } from '../../core/runs/localRun.ts';
import type { DebugWish } from './debugWish.ts';
import type { LocalNewsSink } from './localRuns.ts';
import { outputNews } from './outputNews.ts';
import type { PreparedContainer } from './prepareContainer.ts';
import type { Relay } from '../../processes/docker/relay/openRelay.ts';
import type { Surroundings } from './surroundings.ts';
import { withTimeLimit } from './withTimeLimit.ts';

export interface ContainerRun extends PreparedContainer {
  readonly request: Omit<LocalRunRequest, 'image' | 'owner' | 'reach' | 'region' | 'stage'> & {
    readonly job: LocalJob;
  };
  readonly surroundings: Surroundings;
  readonly log: Log;
  readonly debug?: DebugWish;
}

/** Runs a job's script in its container, from the packages that it wants to its end, and tells of all that happens. */
export async function runInContainer(
  { engine, image, request, surroundings, log, debug }: ContainerRun,
  news: LocalNewsSink,
  signal: AbortSignal,
): Promise<LocalEnd> {
  const [{ runContainer }, { openRelay }, { createCredentialsServer }, { ownerLabels }, { ensureLayer }, { ownerOf }] =
    await Promise.all([
      import('../../processes/docker/runContainer.ts'),
      import('../../processes/docker/relay/openRelay.ts'),
      import('../../processes/docker/relay/credentialsServer.ts'),
      import('../../processes/docker/leftovers.ts'),
      import('../../processes/docker/layer.ts'),
      import('../../processes/docker/ownerOf.ts'),
    ]);
  const { reach, region, credentials: provide, endpoint } = surroundings;
  const owner = ownerOf(engine);
  const stage = debug ? ({ kind: 'debug', hostPort: debug.port } as const) : ({ kind: 'run' } as const);
  const plan = planLocalRun({ ...request, image, reach, region, stage, ...(owner ? { owner } : {}) });
  const { program } = engine;
  await news.push({ kind: 'event', mark: 'info', text: `Glue ${image.glueVersion} in ${image.reference}` });
  for (const text of plan.warnings) await news.push({ kind: 'event', mark: 'warning', text });
  const labels = await ownerLabels();
  const layered =
    plan.layer &&
    (await ensureLayer(
      program,
      plan.layer,
      { runId: request.runId, labels, onProgress: (text) => void news.push({ kind: 'line', stream: 'out', text }) },
      signal,
    ));
  const container = {
    ...plan.container,
    ...(layered === undefined ? {} : { image: layered }),
    labels: { ...plan.container.labels, ...labels },
  };
  const credentials = provide && createCredentialsServer(provide);
  let relay: Relay | undefined;
  return await withTimeLimit(plan.timeoutMs, signal, async (limited) => {
    const running = runContainer(
      program,
      container,
      {
        secrets: credentials ? { AWS_CONTAINER_AUTHORIZATION_TOKEN: credentials.token } : {},
        onReady: () => {
          const services = { ...(credentials ? { credentials } : {}), ...(endpoint ? { endpoint } : {}), log };
          relay = openRelay(program, container.name, services);
          void relay.ended.then((said) => said !== '' && log.debug(`The relay of ${container.name} ended: ${said}`));
        },
      },
      limited,
    );
    let end;
    try {
      for await (const batch of running.batches) {
        await news.pushAll(outputNews(batch, debug));
      }
      end = await running.end;
    } finally {
      relay?.dispose();
    }
    if (end.kind !== 'failed') return end;
    const { message, help } = end.error;
    return { kind: 'failed', message: [message, help].filter(Boolean).join(' ') };
  });
}
