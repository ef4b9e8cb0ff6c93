import type { Input } from '../http/input.ts';
import type { Operation } from '../http/jsonService.ts';
import { accountId } from '../sts.ts';
import { invalidInput, notFound } from './errors.ts';
import type { GlueState, TagMap } from './glueState.ts';

const mostTags = 50;

/** What has tags, by its word in ARNs. */
const collections = { job: 'jobs', trigger: 'triggers', workflow: 'workflows', crawler: 'crawlers' } as const;

/** Tags of Glue's resources, by ARN. */
export class GlueTags {
  constructor(
    private readonly state: GlueState,
    private readonly region: string,
  ) {}

  arnOf(kind: keyof typeof collections, name: string): string {
    return `arn:aws:glue:${this.region}:${accountId}:${kind}/${name}`;
  }

  get(arn: string): TagMap {
    return this.state.tags.get(arn) ?? {};
  }

  /** Tags that a request makes a resource with; throws InvalidInputException. */
  given(input: Input): TagMap {
    return checked(input.optionalTextMap('Tags') ?? {});
  }

  /** Whether a resource has all of these tags. */
  has(arn: string, wanted: TagMap): boolean {
    const tags = this.get(arn);
    return Object.entries(wanted).every(([key, value]) => tags[key] === value);
  }

  async add(arn: string, added: TagMap): Promise<void> {
    if (Object.keys(added).length === 0) return;
    await this.state.tags.put(arn, checked({ ...this.get(arn), ...added }));
  }

  async remove(arn: string, keys: readonly string[]): Promise<void> {
    const tags = Object.fromEntries(Object.entries(this.get(arn)).filter(([key]) => !keys.includes(key)));
    if (Object.keys(tags).length === 0) await this.state.tags.delete(arn);
    else await this.state.tags.put(arn, tags);
  }

  async drop(arn: string): Promise<void> {
    await this.state.tags.delete(arn);
  }

  operations(): Readonly<Record<string, Operation>> {
    return {
      GetTags: (input) => ({ Tags: this.get(this.#arnIn(input)) }),
      TagResource: async (input) => {
        await this.add(this.#arnIn(input), input.optionalTextMap('TagsToAdd') ?? {});
        return {};
      },
      UntagResource: async (input) => {
        await this.remove(this.#arnIn(input), input.texts('TagsToRemove'));
        return {};
      },
    };
  }

  /** ARN of a resource that is here; throws InvalidInputException or EntityNotFoundException. */
  #arnIn(input: Input): string {
    const arn = input.text('ResourceArn', { min: 1, max: 10_240 });
    const [, kind = '', name = ''] = /^arn:aws[^:]*:glue:[^:]*:[^:]*:(\w+)\/(.+)$/.exec(arn) ?? [];
    if (!Object.hasOwn(collections, kind)) throw invalidInput(`The ARN ${arn} names nothing that has tags here.`);
    const collection = collections[kind as keyof typeof collections];
    if (this.state[collection].has(name)) return arn;
    throw notFound(`Entity Not Found: ${kind} ${name} does not exist.`);
  }
}

function checked(tags: TagMap): TagMap {
  const entries = Object.entries(tags);
  if (entries.length > mostTags) throw invalidInput(`A resource can have ${mostTags} tags.`);
  for (const [key, value] of entries) {
    if (key.length < 1 || key.length > 128) throw invalidInput('The key of a tag has between 1 and 128 characters.');
    if (key.startsWith('aws:')) throw invalidInput('The key of a tag cannot start with aws:.');
    if (value.length > 256) throw invalidInput('The value of a tag has at most 256 characters.');
  }
  return tags;
}
