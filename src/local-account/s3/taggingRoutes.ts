import { reply } from '../http/call.ts';
import { withTags } from './objectMeta.ts';
import { readXml, replyXml, type S3Route } from './route.ts';
import { tagsOfXml } from './tags.ts';

/** Tags of objects. */
export const taggingRoutes: Readonly<Record<string, S3Route>> = {
  'GET object tagging': async ({ objects }, call) => {
    const { meta } = await objects.get(call.bucket, call.key);
    const tags = Object.entries(meta.tags ?? {}).map(([Key, Value]) => ({ Key, Value }));
    replyXml(call, 'Tagging', { TagSet: { Tag: tags } });
  },
  'PUT object tagging': async ({ objects }, call) => {
    const tags = tagsOfXml(await readXml(call));
    const object = await objects.get(call.bucket, call.key);
    await objects.redescribe(call.bucket, object, withTags(object.meta, tags));
    reply(call.http, 200, {});
  },
  'DELETE object tagging': async ({ objects }, call) => {
    const object = await objects.get(call.bucket, call.key);
    await objects.redescribe(call.bucket, object, withTags(object.meta, undefined));
    reply(call.http, 204, {});
  },
};
