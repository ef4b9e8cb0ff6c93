import type { MountedFolder } from './paths.ts';

export interface PublishedPort {
  /** On 127.0.0.1 of the machine; 0 for any that is free. */
  readonly hostPort: number;
  readonly containerPort: number;
}

/** A container, as an engine is told to make it. What is secret is not in it. */
export interface ContainerSpec {
  readonly image: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly entrypoint: string;
  /** What follows the entrypoint, each as one argument. */
  readonly command: readonly string[];
  readonly workdir: string;
  readonly env: Readonly<Record<string, string>>;
  /** Variables whose values come with the engine's own environment, so that no argument shows them. */
  readonly secretEnv: readonly string[];
  readonly mounts: readonly MountedFolder[];
  readonly ports: readonly PublishedPort[];
  /** Instead of the image's own user. */
  readonly user?: string;
}

/** What is installed on top of an image, once: the result is an image of its own that is kept. */
export interface LayerSpec {
  readonly image: string;
  /** Arguments of `pip install`. */
  readonly pip: readonly string[];
  /** Folders that the installation reads. */
  readonly mounts: readonly MountedFolder[];
  readonly workdir: string;
  /** Home of the image's user, below which packages go. */
  readonly home: string;
  /** Instead of the image's own user, who may not be able to read the folders. */
  readonly user?: string;
}
