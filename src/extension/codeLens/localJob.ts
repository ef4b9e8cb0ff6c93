import type { GlueConfig } from '../../core/workspace/glueConfigs.ts';
import type { LocalJob } from '../deploy/compareLocal.ts';

/** A job of a config file, with its script where the workspace has that. */
export function localJob({ name, input, script }: GlueConfig, bytes: Uint8Array | undefined): LocalJob {
  return {
    kind: 'job',
    name,
    input,
    ...(script === undefined ? {} : { scriptLocation: script.location }),
    ...(bytes === undefined ? {} : { script: bytes }),
  };
}
