import type { Json } from '../json.ts';
import type { TaskTarget } from '../ports.ts';
import { shapesOf, type Service, type Shape } from './resultShape.ts';

/** Deeper structures have only what they must have. */
const deepestOptional = 3;
const deepest = 12;

const omitted: ReadonlySet<string> = new Set(['ResponseMetadata', 'NextToken']);

/** A result that the API of a task could give, for a user to complete; `{}` where the API is not known here. */
export function sampleResult(target: TaskTarget): Json {
  if (target.kind !== 'service') return {};
  if (target.resourceType === 'lambda' && target.action === 'invoke') {
    return { StatusCode: 200, ExecutedVersion: '$LATEST', Payload: {} };
  }
  // With a task token the result is what the callback sends.
  if (target.pattern === 'waitForTaskToken') return {};
  const found = shapesOf(target);
  return found ? sample(found.service, found.shape, { name: '', depth: 0 }) : {};
}

function sample(service: Service, shape: Shape, at: { readonly name: string; readonly depth: number }): Json {
  if (typeof shape !== 'string') return shape[0] === 'l' ? [] : {};
  switch (shape.charAt(0)) {
    case '@': {
      const { m: members = {}, r: required = [] } = service.s[shape.slice(1)] ?? {};
      if (at.depth >= deepest) return {};
      return Object.fromEntries(
        Object.entries(members)
          .filter(([name]) => required.includes(name) || (at.depth < deepestOptional && !omitted.has(name)))
          .map(([name, inner]) => [name, sample(service, inner, { name, depth: at.depth + 1 })]),
      );
    }
    case 'b':
      return true;
    case 'n':
      return Number(shape.slice(1).split(':')[0] ?? 0);
    case 'e':
      return shape.slice(1).split('|')[0] ?? '';
    default:
      return at.name;
  }
}
