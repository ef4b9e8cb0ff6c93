import type { Cursor } from '../cursor.ts';
import { parametersAt } from '../completion/parameters.ts';
import { optimizedAction } from '../integrations/optimized.ts';
import { parseResource, type Resource } from '../integrations/resource.ts';
import { MEMBER_KINDS, sdkActions } from '../integrations/sdk.ts';
import { anyOf } from '../describe.ts';
import { codeSpan, escapeMarkdown } from './markdown.ts';

const WAITING: Readonly<Record<string, string>> = {
  '': 'The state goes on as soon as the service has answered.',
  '.sync': 'The state waits for the job to end, and fails when it does.',
  '.sync:2': 'The state waits for the job to end, and fails when it does. The output of the job is JSON, not a string.',
  '.waitForTaskToken': 'The state waits for SendTaskSuccess or SendTaskFailure with the token `$$.Task.Token`.',
};

/** What a Resource calls, whether the state waits for it, and what it needs. */
export function aboutResource({ node, property, role }: Cursor): string | undefined {
  if (role !== 'value' || property?.key.value !== 'Resource' || node.kind !== 'string') return undefined;
  const resource = parseResource(node.value);
  return describeResource(resource);
}

function describeResource(resource: Resource): string | undefined {
  switch (resource.kind) {
    case 'lambda':
      return [
        `**Lambda function ${escapeMarkdown(resource.name)}**${resource.qualifier === undefined ? '' : ` · ${codeSpan(resource.qualifier)}`}`,
        'Called directly with the input of the state. `arn:aws:states:::lambda:invoke` is what AWS recommends.',
      ].join('\n\n');
    case 'activity':
      return `**Activity ${escapeMarkdown(resource.name)}**\n\nThe state waits for a worker that polls GetActivityTask.`;
    case 'optimized': {
      const { service, action, suffix } = resource;
      const known = optimizedAction(service, action);
      if (known === undefined) return undefined;
      const needs = known.required.map((one) => (typeof one === 'string' ? codeSpan(one) : anyOf(one.map(codeSpan))));
      return description(`${service}:${action}`, 'optimized integration', [WAITING[suffix] ?? '', needsOf(needs)]);
    }
    case 'sdk': {
      const { service, action } = resource;
      const known = sdkActions(service)?.get(action);
      if (known === undefined) return undefined;
      const needs = known.members.filter(({ isRequired }) => isRequired).map(({ name }) => codeSpan(name));
      return description(`${service}:${known.name}`, 'AWS SDK integration', [
        resource.suffix === '' ? 'The answer of the API is the result.' : (WAITING[resource.suffix] ?? ''),
        needsOf(needs),
      ]);
    }
    default:
      return undefined;
  }
}

function description(title: string, kind: string, lines: readonly string[]): string {
  return [`**${escapeMarkdown(title)}** · ${kind}`, ...lines].filter(Boolean).join('\n\n');
}

function needsOf(names: readonly string[]): string {
  return names.length === 0 ? '' : `Needs ${anyOf(names, 'and')}.`;
}

/** What a parameter takes. */
export function aboutParameter(cursor: Cursor): string | undefined {
  const { property } = cursor;
  const taken = property && parametersAt(cursor);
  const name = property?.key.value.replace(/\.\$$/, '');
  const member = taken?.members.find((candidate) => candidate.name === name);
  if (member === undefined || taken === undefined) return undefined;
  const facts = [MEMBER_KINDS[member.kind], member.isRequired ? 'required' : ''].filter(Boolean).join(' · ');
  return `**${member.name}** · ${facts}\n\nParameter of ${codeSpan(taken.title)}.`;
}
