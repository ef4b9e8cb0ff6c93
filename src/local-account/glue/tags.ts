import type { Operation } from '../http/jsonService.ts';
import type { Collection } from '../state/collection.ts';
import { accountId } from '../sts.ts';
import { invalidInput } from './errors.ts';
import type { TagMap } from './glueState.ts';

const mostTags = 50;

/** Tags of Glue's resources, by ARN. */
export class GlueTags {
  constructor(
    private readonly tags: Collection<TagMap>,
    private readonly region: string,
  ) {}

  arnOf(kind: 'job' | 'trigger' | 'workflow' | 'crawler', name: string): string {
    return `arn:aws:glue:${this.region}:${accountId}:${kind}/${name}`;
  }

  get(arn: string): TagMap {
    return this.tags.get(arn) ?? {};
  }

  /** Whether a resource has all of these tags. */
  has(arn: string, wanted: TagMap): boolean {
    const tags = this.get(arn);
    return Object.entries(wanted).every(([key, value]) => tags[key] === value);
  }

  async add(arn: string, added: TagMap): Promise<void> {
    if (Object.keys(added).length === 0) return;
    const tags = { ...this.get(arn), ...added };
    if (Object.keys(tags).length > mostTags) throw invalidInput(`A resource can have ${mostTags} tags.`);
    await this.tags.put(arn, tags);
  }

  async remove(arn: string, keys: readonly string[]): Promise<void> {
    const tags = Object.fromEntries(Object.entries(this.get(arn)).filter(([key]) => !keys.includes(key)));
    if (Object.keys(tags).length === 0) await this.tags.delete(arn);
    else await this.tags.put(arn, tags);
  }

  async drop(arn: string): Promise<void> {
    await this.tags.delete(arn);
  }

  operations(): Readonly<Record<string, Operation>> {
    return {
      GetTags: (input) => ({ Tags: this.get(input.text('ResourceArn')) }),
      TagResource: async (input) => {
        await this.add(input.text('ResourceArn'), input.optionalTextMap('TagsToAdd') ?? {});
        return {};
      },
      UntagResource: async (input) => {
        await this.remove(input.text('ResourceArn'), input.texts('TagsToRemove'));
        return {};
      },
    };
  }
}
