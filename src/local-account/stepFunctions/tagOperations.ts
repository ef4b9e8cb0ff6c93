import { AwsError } from '../http/awsError.ts';
import type { Input } from '../http/input.ts';
import type { Operation } from '../http/jsonService.ts';
import type { Collection } from '../state/collection.ts';
import { checkedArn } from './arns.ts';
import type { ActivityRecord } from './activities.ts';
import type { SfnState } from './sfnState.ts';

type Tags = Readonly<Record<string, string>>;

const mostTags = 50;

/** Tags of state machines and activities. */
export function tagOperations(
  { machines }: Pick<SfnState, 'machines'>,
  activities: Collection<ActivityRecord>,
): Readonly<Record<string, Operation>> {
  const find = (input: Input): { readonly tags: Tags; readonly put: (tags: Tags) => Promise<void> } => {
    const arn = checkedArn(input.text('resourceArn'));
    const machine = machines.get(arn);
    if (machine) return { tags: machine.tags, put: async (tags) => await machines.put(arn, { ...machine, tags }) };
    const activity = activities.get(arn);
    if (activity) {
      return { tags: activity.tags ?? {}, put: async (tags) => await activities.put(arn, { ...activity, tags }) };
    }
    throw new AwsError('ResourceNotFound', `Resource not found: '${arn}'`);
  };
  return {
    ListTagsForResource: (input) => ({
      tags: Object.entries(find(input).tags).map(([key, value]) => ({ key, value })),
    }),
    TagResource: async (input) => {
      const { tags, put } = find(input);
      await put(checkedCount({ ...tags, ...tagsIn(input) }));
      return {};
    },
    UntagResource: async (input) => {
      const { tags, put } = find(input);
      const dropped = input.texts('tagKeys');
      await put(Object.fromEntries(Object.entries(tags).filter(([key]) => !dropped.includes(key))));
      return {};
    },
  };
}

/** Tags of a request; throws TooManyTags. */
export function tagsIn(input: Input): Tags {
  const tags = input.optionalObjects('tags') ?? [];
  return checkedCount(
    Object.fromEntries(
      tags.map((tag) => [tag.text('key', { min: 1, max: 128 }), tag.optionalText('value', { max: 256 }) ?? '']),
    ),
  );
}

function checkedCount(tags: Tags): Tags {
  if (Object.keys(tags).length > mostTags) {
    throw new AwsError('TooManyTags', `A resource can have ${mostTags} tags.`);
  }
  return tags;
}
