import { completeYamlLine } from '../language/begunYaml.ts';
import { isSparkType } from './facts/commands.ts';
import { SPECIAL_PARAMETERS, specialParameter } from './facts/parameters.ts';
import type { SpecialParameter } from './facts/parameter.ts';
import type { GlueDocument } from './document.ts';
import { fieldsOf, SHAPES, spellingsOf } from './fields/shapes.ts';
import type { FieldValue, ShapeName, Word } from './fields/spec.ts';
import { describeFieldValue, describeParameter, documentParameter } from './hover.ts';
import { isMissing, placeAt, type ArgumentPlace, type FieldPlace, type Place } from './place.ts';

/** One proposal. Offsets count in the document. */
export interface GlueCompletion {
  readonly label: string;
  readonly kind: 'field' | 'word' | 'parameter';
  readonly detail: string;
  readonly documentation: string;
  /** What replaces the text from `start` to `end`; a snippet with tab stops where `isSnippet`. */
  readonly insert: string;
  readonly isSnippet: boolean;
  readonly start: number;
  readonly end: number;
}

/** The names that a field may hold, those like what is typed. */
export type FieldNamesOf = (
  place: { readonly shape: ShapeName; readonly field: string },
  typed: string,
) => readonly { readonly name: string; readonly detail: string }[];

/** What may stand at the offset of a config: fields, words, special parameters and their values, names of an account. */
export function completeGlue(
  document: GlueDocument,
  offset: number,
  namesOf?: FieldNamesOf,
): readonly GlueCompletion[] {
  const { tree, text } = document;
  if (document.isProgram) return completeInProgram(document, offset, namesOf);
  const change = tree.format === 'yaml' ? completeYamlLine(text, offset) : undefined;
  if (change === undefined) return completeAt(document, offset, { namesOf });
  // A mapping in YAML begins with its first name: only past that is the place inside it.
  const probe = change.text.startsWith('x:') ? offset + 1 : offset;
  return completeAt(document.after(change), probe, { namesOf, isMended: true }).map((one) => ({
    ...one,
    start: Math.min(one.start, change.offset),
    end: Math.min(one.end, change.offset),
  }));
}

function completeAt(
  document: GlueDocument,
  offset: number,
  { namesOf, isMended = false }: { readonly namesOf?: FieldNamesOf | undefined; readonly isMended?: boolean },
): readonly GlueCompletion[] {
  const place = placeAt(document.file, offset);
  if (place === undefined || isBehindText(place, document, offset)) return [];
  const at: At = { place, offset, text: document.text, isYaml: document.tree.format === 'yaml', isMended, namesOf };
  if (place.kind === 'field') return place.role === 'value' ? words(place, at) : fields(place, at);
  return place.role === 'value' ? parameterValues(place, at) : parameters(place, at);
}

/** Whether the line of a block mapping says something that cannot be read: no other name begins behind it. */
function isBehindText({ role, object }: Place, { text, tree }: GlueDocument, offset: number): boolean {
  if (tree.format !== 'yaml' || role !== 'gap' || text[object.start] === '{') return false;
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset).trim() !== '';
}

/** In Terraform all of it; in programs, where the names of fields are known to their language server, words and arguments. */
function completeInProgram(
  { file, text }: GlueDocument,
  offset: number,
  namesOf: FieldNamesOf | undefined,
): readonly GlueCompletion[] {
  const place = placeAt(file, offset);
  const value = place?.role === 'value' ? place.property?.value : undefined;
  const isExpression = value?.kind === 'unknown' && !isMissing(value);
  if (place === undefined || isExpression || isInPlaceholder(text, offset)) return [];
  const isTerraform = place.part.dialect === 'terraform';
  const at: At = {
    place,
    offset,
    text,
    isYaml: false,
    isMended: false,
    namesOf,
    separator: isTerraform ? ' = ' : ': ',
  };
  if (place.role === 'value') return place.kind === 'field' ? words(place, at) : parameterValues(place, at);
  if (place.kind === 'argument') return parameters(place, at);
  return isTerraform ? fields(place, at).map((field) => asTerraform(field, place, at)) : [];
}

/** Whether the offset is inside of `${…}`, where the program's own names stand. */
function isInPlaceholder(text: string, offset: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return line.lastIndexOf('${') > line.lastIndexOf('}');
}

/** Names stand without quotes in Terraform, and objects of the API are blocks. */
function asTerraform(field: GlueCompletion, { part, role, property }: FieldPlace, at: At): GlueCompletion {
  const { label } = field;
  const spec = fieldsOf(part.shape, part.dialect).get(label);
  const end = at.offset;
  const begun = /[A-Za-z_]*$/.exec(at.text.slice(0, end))?.[0].length ?? 0;
  const start = role === 'key' && property !== undefined ? property.key.start : end - begun;
  if (role === 'key') return { ...field, insert: label, isSnippet: false, start, end: property?.key.end ?? end };
  const isBlock = spec?.value.kind === 'object' || spec?.value.kind === 'list';
  const insert = isBlock ? `${label} {\n\t$1\n}` : `${label} = ${spec ? valueSnippet(spec.value) : '$1'}`;
  return { ...field, insert, isSnippet: true, start, end };
}

interface At {
  /** What stands between a name and its value; in JSON and YAML a colon. */
  readonly separator?: string;
  readonly place: Place;
  readonly offset: number;
  readonly text: string;
  readonly isYaml: boolean;
  /** Whether what was missing on the line has been put in to make it readable. */
  readonly isMended: boolean;
  readonly namesOf: FieldNamesOf | undefined;
}

function fields({ part, object, property }: FieldPlace, at: At): GlueCompletion[] {
  return SHAPES[part.shape].fields.flatMap((field) => {
    const names = spellingsOf(part.shape, field.name, part.dialect);
    const [name = field.name] = names;
    if (names.some((one) => object.has(one) && one !== property?.key.value)) return [];
    const detail = field.isRequired ? `${describeFieldValue(field.value)}, required` : describeFieldValue(field.value);
    return [
      {
        label: name,
        kind: 'field' as const,
        detail,
        documentation: field.doc,
        ...keyEdit(name, valueSnippet(field.value), at),
      },
    ];
  });
}

function words({ field, part, property }: FieldPlace, at: At): GlueCompletion[] {
  if (field !== undefined && at.namesOf !== undefined) {
    const typed = property?.value.kind === 'string' ? property.value.value : '';
    const names = at.namesOf({ shape: part.shape, field: field.name }, typed);
    if (names.length > 0) return names.map((one) => word({ ...one, doc: field.doc }, at));
  }
  if (field?.value.kind === 'boolean') {
    return ['true', 'false'].map((name) => ({ ...word({ name, detail: '', doc: field.doc }, at), insert: name }));
  }
  if (field?.value.kind !== 'word') return [];
  return field.value.words.map((one) => word({ ...one, doc: one.doc === '' ? field.doc : one.doc }, at));
}

/** Special parameters that the job can have, first those of its type and version. */
function parameters({ object, property, job }: ArgumentPlace, at: At): GlueCompletion[] {
  return SPECIAL_PARAMETERS.filter((parameter) => {
    const { name, isReserved, jobTypes } = parameter;
    if (isReserved || (object.has(name) && name !== property?.key.value)) return false;
    const type = job?.command.type;
    return (type === undefined || jobTypes.includes(type)) && isOfVersion(parameter, job);
  }).map((parameter) => ({
    label: parameter.name,
    kind: 'parameter' as const,
    detail: describeParameter(parameter),
    documentation: documentParameter(parameter),
    ...keyEdit(
      parameter.name,
      parameter.value.kind === 'switch' || parameter.value.kind === 'flag' ? '"true"' : '"$1"',
      at,
    ),
  }));
}

function isOfVersion({ from, until }: SpecialParameter, job: ArgumentPlace['job']): boolean {
  const version = job !== undefined && isSparkType(job.command.type) ? Number(job.glueVersion) : Number.NaN;
  if (Number.isNaN(version)) return true;
  return (from === undefined || version >= Number(from)) && (until === undefined || version <= Number(until));
}

function parameterValues({ property }: ArgumentPlace, at: At): GlueCompletion[] {
  const parameter = specialParameter(property?.key.value ?? '');
  if (parameter === undefined) return [];
  const { doc, default: given } = parameter;
  return valuesOf(parameter).map((name) => word({ name, doc, detail: name === given ? 'default' : '' }, at));
}

function valuesOf({ value }: SpecialParameter): readonly string[] {
  if (value.kind === 'word' || value.kind === 'words') return value.words;
  if (value.kind === 'switch') return ['true', 'false'];
  return value.kind === 'flag' ? ['true'] : [];
}

function word({ name, detail, doc: documentation }: Word, at: At): GlueCompletion {
  const { place, offset, text } = at;
  const value = place.property?.value;
  const isBegun = value !== undefined && !isMissing(value) && value.start <= offset && offset <= value.end;
  const [start, end] = isBegun ? [value.start, isUnclosed(text, value) ? offset : value.end] : [offset, offset];
  const gap = !isBegun && text[offset - 1] === ':' ? ' ' : '';
  return {
    label: name,
    kind: 'word',
    detail,
    documentation,
    insert: gap + written(name, at.isMended ? '' : (text[start] ?? ''), at.isYaml),
    isSnippet: false,
    start,
    end,
  };
}

/** A name, with a value to fill in where it has none yet. */
function keyEdit(name: string, value: string, at: At): Pick<GlueCompletion, 'insert' | 'isSnippet' | 'start' | 'end'> {
  const { place, offset, text, isYaml } = at;
  const key = place.role === 'key' ? place.property?.key : undefined;
  const isNew = key === undefined || isMissing(place.property?.value);
  const [start, end] = key === undefined ? [offset, offset] : [key.start, isUnclosed(text, key) ? offset : key.end];
  const sibling = place.object.properties.find((one) => one.key !== key)?.key;
  const head = written(
    name,
    text[key?.start ?? -1] ?? '',
    isYaml && (sibling === undefined || text[sibling.start] !== '"'),
  );
  if (!isNew) return { insert: head, isSnippet: false, start, end };
  const isBegun = !at.isMended && key !== undefined && /^\s*[:=]/.test(text.slice(key.end));
  if (isYaml) return { insert: isBegun ? head : `${head}: `, isSnippet: false, start, end };
  const { separator = ': ' } = at;
  return {
    insert: isBegun ? head : `${head.replaceAll('$', '\\$')}${separator}${value}`,
    isSnippet: !isBegun,
    start,
    end,
  };
}

function isUnclosed(text: string, { start, end }: { readonly start: number; readonly end: number }): boolean {
  const quote = text[start];
  return (quote === '"' || quote === "'") && (end - start < 2 || text[end - 1] !== quote);
}

/** A text in the quotes that are there, and in YAML without any where it stays a text. */
function written(text: string, quote: string, isYaml: boolean): string {
  if (!isYaml || quote === '"') return JSON.stringify(text);
  if (quote === "'") return `'${text}'`;
  return /^(?:--)?[A-Za-z][\w.-]*$/.test(text) && !/^(?:true|false)$/.test(text) ? text : JSON.stringify(text);
}

function valueSnippet(value: FieldValue): string {
  switch (value.kind) {
    case 'integer':
      return `\${1:${value.min}}`;
    case 'number':
      return '${1:1}';
    case 'boolean':
      return '${1|true,false|}';
    case 'word':
      return `"\${1|${value.words.map(({ name }) => name).join(',')}|}"`;
    case 'object':
    case 'map':
    case 'arguments':
      return '{\n\t$1\n}';
    case 'list':
      return '[\n\t{ $1 }\n]';
    case 'texts':
      return '["$1"]';
    case 'text':
      return '"$1"';
  }
}
