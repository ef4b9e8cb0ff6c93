import { describeSchedule } from '../language/schedule.ts';
import { cursorAt, isErrorEquals, type Cursor } from './cursor.ts';
import { ERROR_NAMES } from './errorNames.ts';
import { describeRule } from './hover/choiceRule.ts';
import { aboutExpression } from './hover/expression.ts';
import { codeSpan, describeSeconds, escapeMarkdown } from './hover/markdown.ts';
import { aboutParameter, aboutResource } from './hover/resource.ts';
import { describeRetrier } from './hover/retrier.ts';
import { describeValue } from './hover/values.ts';
import { stateMentionAt } from './mentions.ts';
import type { Machine, State } from './model.ts';
import { SERVICE_ERRORS } from './serviceErrors.ts';

export interface HoverText {
  readonly markdown: string;
  /** What the text is about, offsets in the host document. */
  readonly start: number;
  readonly end: number;
}

/** What there is to say about the place: a part of an expression, the error, the state, what is called, or the field. */
export function hoverAt(machine: Machine, offset: number): HoverText | undefined {
  const cursor = cursorAt(machine, offset);
  const expression = aboutExpression(machine, cursor, offset);
  if (expression) return expression;
  const markdown =
    aboutError(cursor) ??
    aboutState(machine, offset) ??
    aboutResource(cursor) ??
    aboutSchedule(cursor) ??
    aboutField(cursor) ??
    aboutParameter(cursor);
  return markdown === undefined ? undefined : { markdown, start: cursor.node.start, end: cursor.node.end };
}

function aboutError({ node }: Cursor): string | undefined {
  const list = node.parent;
  if (node.kind !== 'string' || list?.kind !== 'array' || !isErrorEquals(list)) return undefined;
  const known = [ERROR_NAMES, ...Object.values(SERVICE_ERRORS)].find((names) => Object.hasOwn(names, node.value));
  const words = known?.[node.value];
  return words === undefined ? undefined : `**${node.value}**\n\n${words}`;
}

function aboutState(machine: Machine, offset: number): string | undefined {
  const mention = stateMentionAt(machine, offset);
  return mention?.state && describeState(mention.state);
}

function describeState(state: State): string {
  const { name, type, node, queryLanguage } = state;
  const lines = [`**${escapeMarkdown(name)}** · ${type ?? 'no Type'} · ${queryLanguage}`];
  const comment = node.get('Comment');
  if (comment?.kind === 'string' && comment.value !== '') lines.push(escapeMarkdown(comment.value));
  const resource = node.get('Resource');
  if (resource?.kind === 'string') lines.push(codeSpan(resource.value));
  const targets = state.transitions.flatMap(({ target }) => target ?? []);
  if (targets.length > 0) lines.push(`Goes to ${[...new Set(targets)].map(codeSpan).join(', ')}`);
  else if (state.isTerminal) lines.push('Ends here.');
  return lines.join('\n\n');
}

function aboutField({ role, property, field, object, shape }: Cursor): string | undefined {
  if (!property || !field || role === 'item') return undefined;
  const facts = [describeValue(field.value), field.language && `${field.language} only`].filter(Boolean).join(' · ');
  const lines = [`**${property.key.value}**${facts && ` · ${facts}`}`, field.doc];
  const { value } = property;
  if (value.kind === 'number' && value.value >= 60 && property.key.value.endsWith('Seconds')) {
    lines.push(`${value.value} s = ${describeSeconds(value.value)}.`);
  }
  if (shape === 'retrier' && object) lines.push(describeRetrier(object) ?? '');
  if ((shape === 'choiceRule' || shape === 'nestedChoiceRule') && object && property.key.value !== 'Comment') {
    const words = describeRule(object);
    const next = object.get('Next');
    const then = next?.kind === 'string' ? ` → ${codeSpan(next.value)}` : '';
    if (words !== undefined) lines.push(`When ${words}${then}`);
  }
  return lines.filter(Boolean).join('\n\n');
}

/** `cron(…)` and `rate(…)` in words, wherever a payload holds one. */
function aboutSchedule({ node }: Cursor): string | undefined {
  const words = node.kind === 'string' ? describeSchedule(node.value) : undefined;
  return words === undefined || node.kind !== 'string' ? undefined : `${codeSpan(node.value)}\n\nRuns ${words}.`;
}
