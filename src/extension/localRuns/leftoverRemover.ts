import type { Log } from '../../core/base/log.ts';
import type { EngineProgram } from '../../processes/docker/engineProgram.ts';

/** Removes the containers of windows that are gone, with the first run of this one. Never rejects. */
export function leftoverRemover(log: Log): (program: EngineProgram) => Promise<void> {
  let removed: Promise<void> | undefined;
  const remove = async (program: EngineProgram): Promise<void> => {
    try {
      const { removeLeftovers } = await import('../../processes/docker/leftovers.ts');
      for (const name of await removeLeftovers(program))
        log.info(`Removed the container ${name} of a window that is gone.`);
    } catch (error) {
      log.warn(`Containers of earlier windows were not looked for: ${String(error)}`);
    }
  };
  return async (program) => await (removed ??= remove(program));
}
