export { defaultGlueVersion, imageVersions, pickImage, type GlueImage } from './image.ts';
export { guessJobKind, localJobKind, mergeArguments, requiredArguments, type LocalJob } from './job.ts';
export { debugEnvironment, debuggerWaitsLine, debugProgram } from './debugProgram.ts';
export { toContainerPath, toHostPath, type MountedFolder } from './paths.ts';
export { planLocalRun, type LocalRunRequest, type Reach } from './plan.ts';
export { readyLine, relayMark, relayPorts } from './program.ts';
export { parsePrefix, type S3Mapping } from './s3Mapping.ts';
export { shellArguments, splitList } from './scriptArguments.ts';
export type { ContainerSpec, LayerSpec } from './spec.ts';
