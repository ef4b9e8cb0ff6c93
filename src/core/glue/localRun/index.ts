export { defaultGlueVersion, imageVersions, pickImage, type GlueImage, type ImageOverrides } from './image.ts';
export {
  guessJobKind,
  isGlueScript,
  localJobKind,
  mergeArguments,
  requiredArguments,
  type LocalJob,
  type LocalJobKind,
} from './job.ts';
export { toContainerPath, toHostPath, type MountedFolder } from './paths.ts';
export { planLocalRun, type LocalRunPlan, type LocalRunRequest, type Reach, type Stage } from './plan.ts';
export { readyLine, relayMark, relayPorts } from './program.ts';
export { parsePrefix, type S3Mapping } from './s3Mapping.ts';
export { shellArguments, splitList } from './scriptArguments.ts';
export type { ContainerSpec, LayerSpec, PublishedPort } from './spec.ts';
