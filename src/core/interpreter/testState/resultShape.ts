import { isJsonArray, isJsonObject, type Json } from '../json.ts';
import type { TaskTarget } from '../ports.ts';
import athena from './shapes/athena.json' with { type: 'json' };
import dynamodb from './shapes/dynamodb.json' with { type: 'json' };
import eventbridge from './shapes/eventbridge.json' with { type: 'json' };
import glue from './shapes/glue.json' with { type: 'json' };
import lambda from './shapes/lambda.json' with { type: 'json' };
import s3 from './shapes/s3.json' with { type: 'json' };
import secretsmanager from './shapes/secretsmanager.json' with { type: 'json' };
import sfn from './shapes/sfn.json' with { type: 'json' };
import sns from './shapes/sns.json' with { type: 'json' };
import sqs from './shapes/sqs.json' with { type: 'json' };

/** How closely a mocked result must follow the API: all its fields, those present, or none. */
export type FieldValidationMode = 'STRICT' | 'PRESENT' | 'NONE';

/** See shapes/generate.py for the notation. */
export type Shape = string | readonly ['l' | 'm', Shape];
export interface Service {
  readonly a: Readonly<Record<string, Shape>>;
  readonly s: Readonly<Record<string, { readonly m: Readonly<Record<string, Shape>>; readonly r: readonly string[] }>>;
}

const SERVICES = {
  athena,
  dynamodb,
  eventbridge,
  events: eventbridge,
  glue,
  lambda,
  s3,
  secretsmanager,
  sfn,
  states: sfn,
  sns,
  sqs,
} as unknown as Readonly<Record<string, Service>>;

/** What is wrong with a mocked result beside the API that the task calls; undefined when nothing is, or the API is not known here. */
export function resultProblem(target: TaskTarget, result: Json, mode: FieldValidationMode): string | undefined {
  if (mode === 'NONE' || target.kind !== 'service' || target.pattern !== 'request') return undefined;
  const found = shapesOf(target);
  if (!found) return undefined;
  const { service, shape } = found;
  // The optimized Lambda integration parses the payload: it may be any JSON.
  const isParsed = target.resourceType === 'lambda' && isJsonObject(result) && 'Payload' in result;
  return new Checker(service, mode).check(isParsed ? { ...result, Payload: '' } : result, shape, undefined);
}

/** The shape of what a service's action replies, and the structures it is made of; undefined for one that is not known here. */
export function shapesOf({
  resourceType,
  action,
}: Pick<TaskTarget & { readonly kind: 'service' }, 'resourceType' | 'action'>):
  { readonly service: Service; readonly shape: Shape } | undefined {
  const name = resourceType.replace(/^aws-sdk:/, '');
  const service = Object.hasOwn(SERVICES, name) ? SERVICES[name] : undefined;
  const shape = service && Object.hasOwn(service.a, action) ? service.a[action] : undefined;
  return service && shape !== undefined ? { service, shape } : undefined;
}

class Checker {
  constructor(
    private readonly service: Service,
    private readonly mode: FieldValidationMode,
  ) {}

  check(value: Json, shape: Shape, field: string | undefined): string | undefined {
    const subject = field === undefined ? 'The result' : `Field '${field}'`;
    if (typeof shape !== 'string') return this.#checkMany(value, shape, { field, subject });
    switch (shape.charAt(0)) {
      case '@':
        return this.#checkStructure(value, shape.slice(1), subject);
      case 'b':
        return typeof value === 'boolean' ? undefined : `${subject} must be a boolean`;
      case 'n':
        return checkNumber(value, shape, subject);
      case 'e':
        if (typeof value !== 'string') return `${subject} must be a string`;
        return shape.slice(1).split('|').includes(value) ? undefined : `${subject} is not an expected value`;
      default:
        return typeof value === 'string' ? undefined : `${subject} must be a string`;
    }
  }

  #checkMany(
    value: Json,
    [kind, inner]: readonly ['l' | 'm', Shape],
    of: { readonly field: string | undefined; readonly subject: string },
  ): string | undefined {
    if (kind === 'l' && !isJsonArray(value)) return `${of.subject} must be an array`;
    if (kind === 'm' && !isJsonObject(value)) return `${of.subject} must be an object`;
    return first(Object.values(value ?? {}), (item) => this.check(item as Json, inner, of.field));
  }

  #checkStructure(value: Json, name: string, subject: string): string | undefined {
    const structure = this.service.s[name];
    if (!structure) return undefined;
    if (!isJsonObject(value)) return `${subject} must be an object`;
    const missing = this.mode === 'STRICT' ? structure.r.find((member) => !Object.hasOwn(value, member)) : undefined;
    if (missing !== undefined) return `Field '${missing}' is required but missing`;
    return first(Object.entries(value), ([member, inner]) => {
      const shape = Object.hasOwn(structure.m, member) ? structure.m[member] : undefined;
      return shape === undefined ? undefined : this.check(inner, shape, member);
    });
  }
}

function checkNumber(value: Json, shape: string, subject: string): string | undefined {
  if (typeof value !== 'number') return `${subject} must be a number`;
  const [low = '', high = ''] = shape.slice(1).split(':');
  if (low !== '' && value < Number(low)) return `${subject} is less than the minimum value`;
  return high !== '' && value > Number(high) ? `${subject} exceeds the maximum value` : undefined;
}

/** The first problem that a check finds. */
function first<T>(items: readonly T[], check: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const problem = check(item);
    if (problem !== undefined) return problem;
  }
  return undefined;
}
