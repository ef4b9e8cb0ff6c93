import { isJsonArray, isJsonObject, type Json } from '../json.ts';
import { evaluateJsonata, jsonataText } from './evaluate.ts';

type Bindings = Readonly<Record<string, unknown>>;

/**
 * Fills a JSONata template (Arguments, Output, Assign …): every string `{% … %}` in it becomes the value of its
 * expression. `location` is the field's name, to which the way into the template is added in errors.
 */
export async function fillJsonata(template: Json, bindings: Bindings, location: string): Promise<Json> {
  if (typeof template === 'string') {
    const expression = jsonataText(template);
    return expression === undefined ? template : await evaluateJsonata(expression, bindings, location);
  }
  if (isJsonArray(template)) {
    const items: Json[] = [];
    for (const [at, item] of template.entries()) items.push(await fillJsonata(item, bindings, `${location}[${at}]`));
    return items;
  }
  if (!isJsonObject(template)) return template;
  const members: [string, Json][] = [];
  for (const [name, member] of Object.entries(template)) {
    members.push([name, await fillJsonata(member, bindings, `${location}/${name}`)]);
  }
  return Object.fromEntries(members);
}
