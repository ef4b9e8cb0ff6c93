import { AwsError } from '../http/awsError.ts';
import { childText, type XmlElement } from '../http/xml.ts';

export type Tags = Readonly<Record<string, string>>;

/** Tags of an `x-amz-tagging` header, a query string; undefined where there is none. */
export function tagsOfHeader(value: string | undefined): Tags | undefined {
  return value === undefined || value === '' ? undefined : checked([...new URLSearchParams(value)]);
}

/** Tags of a `Tagging` document. */
export function tagsOfXml(document: XmlElement): Tags {
  const set = document.children.find(({ name }) => name === 'TagSet');
  return checked((set?.children ?? []).map((tag) => [childText(tag, 'Key') ?? '', childText(tag, 'Value') ?? '']));
}

function checked(tags: readonly (readonly [string, string])[]): Tags {
  if (tags.length > 10) throw new AwsError('BadRequest', 'Object tags cannot be greater than 10');
  if (tags.some(([key, value]) => key === '' || key.length > 128 || value.length > 256)) {
    throw new AwsError('InvalidTag', 'The tag provided was not a valid tag.');
  }
  const map = Object.fromEntries(tags);
  if (Object.keys(map).length !== tags.length) {
    throw new AwsError('InvalidTag', 'Cannot provide multiple Tags with the same key');
  }
  return map;
}
