import { GLUE_VERSIONS, glueVersion as versionOf } from '../facts/versions.ts';
import { defaultGlueVersion } from './image.ts';

/** A Spark from PyPI, and what it needs. */
export interface PypiSpark {
  /** For instance `3.5.6`. */
  readonly version: string;
  /** Version of `hadoop-aws` that its Hadoop has. */
  readonly hadoop: string;
  /** Major versions of Java that it runs on. */
  readonly java: { readonly from: number; readonly to: number };
}

export type PypiSparkChoice =
  | {
      readonly kind: 'spark';
      readonly spark: PypiSpark;
      /** Where it is not the Spark of the Glue version: why, in a sentence. */
      readonly note?: string;
    }
  /** No Spark runs on this Python. */
  | { readonly kind: 'none'; readonly message: string };

interface Release extends PypiSpark {
  /** Minor versions of Python 3. */
  readonly python: { readonly from: number; readonly to: number };
}

/** Of the page "Overview" in the Spark documentation of each version, and of the files of the package pyspark. */
const releases: readonly Release[] = [
  { version: '3.1.1', hadoop: '3.2.0', java: { from: 8, to: 11 }, python: { from: 6, to: 9 } },
  { version: '3.3.0', hadoop: '3.3.2', java: { from: 8, to: 17 }, python: { from: 7, to: 10 } },
  { version: '3.5.4', hadoop: '3.3.4', java: { from: 8, to: 21 }, python: { from: 8, to: 12 } },
  { version: '3.5.6', hadoop: '3.3.4', java: { from: 8, to: 21 }, python: { from: 8, to: 12 } },
  { version: '4.1.1', hadoop: '3.4.2', java: { from: 17, to: 21 }, python: { from: 10, to: 14 } },
];

/** The Spark of a Glue version, or the nearest later one that runs on a Python such as `3.11.7`. */
export function pickPypiSpark(glueVersion: string | undefined, python: string): PypiSparkChoice {
  const minor = Number(python.split('.')[1] ?? 0);
  const isOpen = glueVersion === undefined || glueVersion === 'auto';
  const name = isOpen ? defaultGlueVersion : glueVersion;
  const wanted = versionOf(name)?.spark ?? GLUE_VERSIONS.at(-1)?.spark ?? '';
  const fits = (release: Release): boolean => release.python.from <= minor && minor <= release.python.to;
  const own = releases.find(({ version }) => version === wanted);
  if (own && fits(own)) return { kind: 'spark', spark: own };
  const later = releases.slice(own ? releases.indexOf(own) : 0).find((release) => fits(release));
  const other = later ?? releases.findLast((release) => fits(release));
  const short = python.split('.').slice(0, 2).join('.');
  if (!other) return { kind: 'none', message: `No Spark of PyPI runs on Python ${short}.` };
  const why = own ? `which does not run on Python ${short}` : 'which PyPI does not have for this Python';
  return {
    kind: 'spark',
    spark: other,
    note: `Spark ${other.version} takes the place of Glue ${name}'s ${wanted}, ${why}.`,
  };
}

/** What differs from Glue wherever a script runs on a Spark of PyPI. */
export const pypiSparkRemark =
  'This run has no Glue container: Spark comes from PyPI, and GlueContext, Job and DynamicFrame are stand-ins over DataFrames. Choice types, bookmarks, Glue’s own connectors and optimised readers are not there.';
