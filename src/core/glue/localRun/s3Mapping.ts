import type { MountedFolder } from './paths.ts';

/** A prefix of S3 that a local run reads and writes as a folder. */
export interface S3Mapping {
  /** `s3://bucket` or `s3://bucket/prefix`. */
  readonly location: string;
  /** Absolute path of the machine. */
  readonly folder: string;
}

interface Prefix {
  readonly bucket: string;
  /** Without slashes around; empty for a whole bucket. */
  readonly key: string;
}

/** Bucket and prefix of an S3 location, or undefined where it is none. */
export function parsePrefix(location: string): Prefix | undefined {
  const [, bucket, key = ''] =
    /^s3[an]?:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/.exec(location.trim()) ?? [];
  return bucket === undefined ? undefined : { bucket, key: key.replace(/^\/+|\/+$/g, '') };
}

/** Whether a location lies in a mapped prefix. */
export function isMapped(location: string, mappings: readonly S3Mapping[]): boolean {
  const whole = location.replace(/^s3[an]:/, 's3:');
  return mappings.some(({ location: prefix }) => {
    const head = prefix.replace(/^s3[an]:/, 's3:').replace(/\/+$/, '');
    return whole === head || whole.startsWith(`${head}/`);
  });
}

/** Folders to mount for the mappings, each below `home`. */
export function mappingMounts(mappings: readonly S3Mapping[], home: string): readonly MountedFolder[] {
  return mappings.map(({ folder }, index) => ({ source: folder, target: `${home}/sluice-s3/${index}` }));
}

const overload = 'org.apache.hadoop.fs.viewfs.ViewFileSystemOverloadScheme';
/** Files as they are: Hadoop's own `file` keeps checksums beside them, and refuses a file that somebody edited since. */
const plainScheme = 'plainfile';
const plainFiles = 'org.apache.hadoop.fs.RawLocalFileSystem';
const plainCommitter = 'org.apache.hadoop.mapreduce.lib.output.FileOutputCommitterFactory';

/**
 * Spark settings that make mapped prefixes folders: Hadoop's view file system takes the place of `s3`, `s3a` and `s3n`,
 * links the prefixes to the mounted folders, and hands everything else on to S3A. Needs Hadoop 3.3, so Glue 4.0 or newer.
 * https://hadoop.apache.org/docs/r3.3.4/hadoop-project-dist/hadoop-hdfs/ViewFsOverloadScheme.html
 */
export function mappingConfs(mappings: readonly S3Mapping[], mounts: readonly MountedFolder[]): readonly string[] {
  const links = mappings.flatMap(({ location }, index) => {
    const prefix = parsePrefix(location);
    const target = mounts[index]?.target;
    if (!prefix || target === undefined) return [];
    const table = `spark.hadoop.fs.viewfs.mounttable.${prefix.bucket}`;
    const link = prefix.key === '' ? 'linkFallback' : `link./${prefix.key}`;
    return [`${table}.${link}=${plainScheme}://${target}`];
  });
  if (links.length === 0) return [];
  const schemes = ['s3', 's3a', 's3n'].flatMap((scheme) => [
    `spark.hadoop.fs.${scheme}.impl=${overload}`,
    `spark.hadoop.fs.viewfs.overload.scheme.target.${scheme}.impl=org.apache.hadoop.fs.s3a.S3AFileSystem`,
    `spark.hadoop.mapreduce.outputcommitter.factory.scheme.${scheme}=${plainCommitter}`,
  ]);
  return [...schemes, `spark.hadoop.fs.${plainScheme}.impl=${plainFiles}`, ...links];
}
