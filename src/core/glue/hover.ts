import { JOB_TYPES } from './facts/commands.ts';
import { specialParameter } from './facts/parameters.ts';
import type { SpecialParameter } from './facts/parameter.ts';
import type { FieldValue } from './fields/spec.ts';
import type { GlueFile } from './model.ts';
import { placeAt, type ArgumentPlace, type FieldPlace } from './place.ts';
import { knownText } from './values.ts';

export interface GlueHover {
  readonly markdown: string;
  /** What the text is about, offsets in the document. */
  readonly start: number;
  readonly end: number;
}

/** What a field, one of its words, or a special parameter means and allows. */
export function hoverGlue(file: GlueFile, offset: number): GlueHover | undefined {
  const place = placeAt(file, offset);
  if (place?.property === undefined) return undefined;
  const markdown = place.kind === 'field' ? aboutField(place) : aboutArgument(place);
  const node = place.role === 'key' ? place.property.key : place.property.value;
  const isLarge = node.kind === 'object' || node.kind === 'array';
  return markdown === undefined || isLarge ? undefined : { markdown, start: node.start, end: node.end };
}

function aboutField({ role, field, property, part }: FieldPlace): string | undefined {
  if (field === undefined) return undefined;
  const text = role === 'value' ? knownText(property?.value, part.source) : undefined;
  const word = field.value.kind === 'word' ? field.value.words.find(({ name }) => name === text) : undefined;
  if (word === undefined) return `**${field.name}** · ${describeFieldValue(field.value)}\n\n${field.doc}`;
  const head = word.detail === '' ? `**${word.name}**` : `**${word.name}** · ${word.detail}`;
  return word.doc === '' ? `${head}\n\n${field.doc}` : `${head}\n\n${word.doc}`;
}

function aboutArgument({ property }: ArgumentPlace): string | undefined {
  const parameter = specialParameter(property?.key.value ?? '');
  return parameter && `**${parameter.name}** · ${describeParameter(parameter)}\n\n${documentParameter(parameter)}`;
}

/** What a parameter takes, on one line. */
export function describeParameter({ value, isReserved }: SpecialParameter): string {
  if (isReserved) return 'reserved';
  switch (value.kind) {
    case 'switch':
      return 'true or false';
    case 'flag':
      return 'its presence is enough';
    case 'word':
      return value.words.join(', ');
    case 'words':
      return `of ${value.words.join(', ')}, with commas`;
    case 's3':
      return value.isList ? 'locations in S3, with commas' : 'a location in S3';
    case 'integer':
      return `${value.min} to ${value.max}`;
    case 'text':
      return 'text';
  }
}

/** What a parameter does, for which jobs and versions, as Markdown. */
export function documentParameter({
  doc,
  jobTypes,
  from,
  until,
  default: given,
  isReserved,
}: SpecialParameter): string {
  const facts = [
    isReserved
      ? 'Glue sets it by itself; a job must not.'
      : `For: ${jobTypes.map((type) => JOB_TYPES[type].title).join(', ')}.`,
    from !== undefined && `From Glue ${from}.`,
    until !== undefined && `Up to Glue ${until}; later versions ignore it.`,
    given !== undefined && `Default: \`${given}\`.`,
  ];
  return `${doc}\n\n${facts.filter((fact) => fact !== false).join(' ')}`;
}

/** What may stand in a field, on one line. */
export function describeFieldValue(value: FieldValue): string {
  switch (value.kind) {
    case 'word':
      return value.words.map(({ name }) => name).join(', ');
    case 'integer':
      return value.max === Number.MAX_SAFE_INTEGER ? `number from ${value.min}` : `${value.min} to ${value.max}`;
    case 'boolean':
      return 'true or false';
    case 'object':
      return 'object';
    case 'list':
    case 'texts':
      return 'list';
    case 'map':
    case 'arguments':
      return 'names and texts';
    default:
      return value.kind;
  }
}
