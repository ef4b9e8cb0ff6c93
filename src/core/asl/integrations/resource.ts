import { PARTITIONS } from '../../language/arn.ts';
import { byText } from '../../language/byText.ts';

/** What the Resource of a Task names. Offsets count from the start of the text. */
export type Resource =
  | {
      readonly kind: 'optimized';
      readonly service: string;
      readonly action: string;
      readonly suffix: string;
      readonly at: number;
    }
  | {
      readonly kind: 'sdk';
      readonly service: string;
      readonly action: string;
      readonly suffix: string;
      readonly at: number;
    }
  | { readonly kind: 'lambda'; readonly name: string; readonly qualifier: string | undefined }
  | { readonly kind: 'activity'; readonly name: string }
  | { readonly kind: 'other'; readonly service: string }
  | { readonly kind: 'invalid'; readonly message: string };

const INTEGRATION = /^([^:.]+):([^:.]+)((?:[.:].*)?)$/;

/** Reads the ARN of a Resource. The region and account of a Lambda function may be any text, as AWS does not look at them. */
export const parseResource = byText(10_000, parse);

function parse(text: string): Resource {
  const [arn, partition = '', service = '', , , ...rest] = text.split(':');
  if (arn !== 'arn' || rest.length === 0) {
    return { kind: 'invalid', message: 'Resource must be an ARN such as "arn:aws:states:::lambda:invoke".' };
  }
  if (!PARTITIONS.includes(partition)) {
    return { kind: 'invalid', message: `"${partition}" is no AWS partition: it is one of ${PARTITIONS.join(', ')}.` };
  }
  const resource = rest.join(':');
  if (service === 'lambda') return parseLambda(resource);
  if (service !== 'states') {
    return service === '' ? { kind: 'invalid', message: 'The ARN names no service.' } : { kind: 'other', service };
  }
  if (rest[0] === 'activity') {
    const name = rest.slice(1).join(':');
    if (name !== '' && !/[\s<>{}[\]?*"#%\\^|~`$&,;:/]/.test(name)) return { kind: 'activity', name };
    return { kind: 'invalid', message: 'The ARN of an activity ends in ":activity:" and its name.' };
  }
  if (rest[0] === 'stateMachine' || rest[0] === 'execution') {
    return { kind: 'invalid', message: 'A state machine is started with "arn:aws:states:::states:startExecution".' };
  }
  const start = text.length - resource.length;
  const isSdk = rest[0] === 'aws-sdk';
  const match = INTEGRATION.exec(isSdk ? rest.slice(1).join(':') : resource);
  if (match === null) {
    return { kind: 'invalid', message: 'A service integration is written "arn:aws:states:::service:action".' };
  }
  const [, name = '', action = '', suffix = ''] = match;
  return { kind: isSdk ? 'sdk' : 'optimized', service: name, action, suffix, at: isSdk ? start + 8 : start };
}

function parseLambda(resource: string): Resource {
  const match = /^function:([^:\s]+)(?::(\$LATEST(?:\.PUBLISHED)?|[A-Za-z0-9_-]+))?$/.exec(resource);
  if (match === null) {
    return {
      kind: 'invalid',
      message: 'The ARN of a Lambda function ends in ":function:", its name, and at most a version or alias.',
    };
  }
  return { kind: 'lambda', name: match[1] ?? '', qualifier: match[2] };
}
