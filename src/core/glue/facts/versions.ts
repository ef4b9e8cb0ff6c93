/**
 * What a value of `GlueVersion` stands for.
 * https://docs.aws.amazon.com/glue/latest/dg/release-notes.html and …/glue-version-support-policy.html
 */
export interface GlueVersion {
  readonly name: string;
  readonly spark: string;
  readonly python: string;
  readonly java?: string;
  readonly scala?: string;
  /** Versions of Iceberg, Hudi and Delta that come with it. */
  readonly tables?: string;
  /** The day from which jobs of this version can be neither created nor run. */
  readonly endOfLife?: string;
  /** What a job has to mind that moves to this version from the one before. */
  readonly breaks: readonly string[];
}

const END = '2026-04-01';

export const GLUE_VERSIONS: readonly GlueVersion[] = [
  { name: '0.9', spark: '2.2.1', python: '2.7', endOfLife: END, breaks: [] },
  { name: '1.0', spark: '2.4.3', python: '2.7 or 3.6', endOfLife: END, breaks: [] },
  {
    name: '2.0',
    spark: '2.4.3',
    python: '3.7',
    endOfLife: END,
    breaks: ['Python 2 is gone', 'capacity is given by WorkerType and NumberOfWorkers'],
  },
  {
    name: '3.0',
    spark: '3.1.1',
    python: '3.7',
    java: '8',
    scala: '2.12',
    breaks: [
      'Spark 3: dates and timestamps before 1582 are read and written in another calendar',
      'jars need Scala 2.12',
    ],
  },
  {
    name: '4.0',
    spark: '3.3.0',
    python: '3.10',
    java: '8',
    scala: '2.12',
    breaks: ['Python 3.10: modules with compiled parts need new wheels', 'log4j 2 replaces log4j 1'],
  },
  {
    name: '5.0',
    spark: '3.5.4',
    python: '3.11',
    java: '17',
    scala: '2.12.18',
    tables: 'Iceberg 1.7.1, Hudi 0.15.0, Delta 3.3.0',
    breaks: [
      'Java 17: jars that reach into the JDK fail',
      'Python 3.11: modules with compiled parts need new wheels',
      'the default timeout falls from 48 to 8 hours',
      'logs are always real-time; the --continuous-log-* parameters have no effect',
    ],
  },
  {
    name: '5.1',
    spark: '3.5.6',
    python: '3.11',
    java: '17',
    scala: '2.12.18',
    tables: 'Iceberg 1.10.0, Hudi 1.0.2, Delta 3.3.2',
    breaks: ['Hudi goes from 0.15 to 1.0 and Iceberg from 1.7 to 1.10'],
  },
  {
    name: '6.0',
    spark: '4.1.1',
    python: '3.13',
    java: '17',
    scala: '2.13.17',
    tables: 'Iceberg 1.11.0, Hudi 1.1.1, Delta 4.2.0',
    breaks: [
      'ANSI SQL is on: casts and arithmetic that gave null now fail',
      'jars need Scala 2.13 and the AWS SDK for Java 2',
      'EMRFS is gone, S3 is read through S3A',
      'SQLContext is removed',
      'getResolvedOptions no longer completes abbreviated names',
    ],
  },
];

/** The version that a quick fix moves an ended one to: the newest that still runs Scala 2.12 jars and Spark 3. */
export const RECOMMENDED_VERSION = '5.1';

export const AUTO_VERSION = 'auto';

export function glueVersion(name: string | undefined): GlueVersion | undefined {
  return GLUE_VERSIONS.find((version) => version.name === name);
}

/** What changes for a job that goes from one version to a later one, in order. */
export function breaksBetween(from: string, to: string): readonly string[] {
  const names = GLUE_VERSIONS.map(({ name }) => name);
  return GLUE_VERSIONS.slice(names.indexOf(from) + 1, names.indexOf(to) + 1).flatMap(({ breaks }) => breaks);
}
