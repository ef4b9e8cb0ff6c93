/** Where a Glue version's image keeps things; what an own image for that version must keep as well. */
export interface GlueImage {
  /** Reference that an engine understands, for instance `public.ecr.aws/glue/aws-glue-libs:5`. */
  readonly reference: string;
  /** Glue version that the image has. */
  readonly glueVersion: string;
  readonly user: string;
  readonly home: string;
  /** Of what is downloaded, in GB; only for AWS's own images. */
  readonly downloadGb?: number;
  /** What the user should know of this choice. */
  readonly note?: string;
}

export type ImageChoice =
  | { readonly kind: 'image'; readonly image: GlueImage }
  /** No image is known for the version; `offer` is the nearest version that has one. */
  | { readonly kind: 'none'; readonly message: string; readonly offer: string };

/** Image by Glue version, as the user's settings name them. */
export type ImageOverrides = Readonly<Record<string, string>>;

const repository = 'public.ecr.aws/glue/aws-glue-libs';
/** What a job without a version runs on here. */
export const defaultGlueVersion = '5.1';

interface KnownImage {
  readonly tag: string;
  readonly user: 'hadoop' | 'glue_user';
  readonly downloadGb: number;
}

/** https://docs.aws.amazon.com/glue/latest/dg/develop-local-docker-image.html; all are for x86_64 and arm64. */
const images: ReadonlyMap<string, KnownImage> = new Map([
  ['2.0', { tag: 'glue_libs_2.0.0_image_01', user: 'glue_user', downloadGb: 3 }],
  ['3.0', { tag: 'glue_libs_3.0.0_image_01', user: 'glue_user', downloadGb: 4 }],
  ['4.0', { tag: 'glue_libs_4.0.0_image_01', user: 'glue_user', downloadGb: 4 }],
  ['5.0', { tag: '5', user: 'hadoop', downloadGb: 5 }],
  ['5.1', { tag: '5.1.0', user: 'hadoop', downloadGb: 5 }],
]);

/** Glue versions that have an image, the newest first. */
export const imageVersions: readonly string[] = [...images.keys()].reverse();

/** The image of a Glue version; an override of the user counts first, for whatever version it names. */
export function pickImage(glueVersion: string | undefined, overrides: ImageOverrides): ImageChoice {
  const isOpen = glueVersion === undefined || glueVersion === 'auto';
  const version = isOpen ? defaultGlueVersion : glueVersion;
  const own = overrides[version];
  const known = images.get(version);
  if (own !== undefined && own !== '') {
    const user = known?.user ?? (isBefore(version, 5) ? 'glue_user' : 'hadoop');
    return { kind: 'image', image: { reference: own, glueVersion: version, user, home: `/home/${user}` } };
  }
  if (!known) {
    const offer = isBefore(version, 2) ? '2.0' : defaultGlueVersion;
    const differs = version === '6.0' ? ' (Spark 3.5 and Python 3.11 in place of Spark 4.1 and Python 3.13)' : '';
    const message = `AWS has not published an image of Glue ${version}. The nearest is Glue ${offer}${differs}.`;
    return { kind: 'none', message, offer };
  }
  const image = {
    reference: `${repository}:${known.tag}`,
    glueVersion: version,
    user: known.user,
    home: `/home/${known.user}`,
    downloadGb: known.downloadGb,
  };
  if (!isOpen) return { kind: 'image', image };
  const why = glueVersion === 'auto' ? 'follows the newest Glue version' : 'names no Glue version';
  return { kind: 'image', image: { ...image, note: `The job ${why}; it runs on Glue ${version} here.` } };
}

function isBefore(version: string, major: number): boolean {
  const number = Number.parseInt(version, 10);
  return !Number.isNaN(number) && number < major;
}
