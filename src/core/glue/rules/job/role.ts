import { quote } from '../../../language/words.ts';
import { hasPlaceholder } from '../../values.ts';
import type { JobRule, ResourceRule } from '../rule.ts';

const NAME = /^[\w+=,.@/-]{1,128}$/;

export const role: ResourceRule = {
  id: 'glue/role',
  subject: 'resource',
  severity: 'error',
  sources: ['GLUE021'],
  docs: {
    what: '`Role` is the name of an IAM role, or its ARN: `arn:aws:iam::<account>:role/<name>`.',
    why: 'A user, a policy or an ARN without its account cannot be assumed.',
    bad: '{"Name": "load", "Role": "arn:aws:iam::aws:policy/service-role/AWSGlueServiceRole"}',
    good: '{"Name": "load", "Role": "arn:aws:iam::111122223333:role/GlueRole"}',
    aws: 'InvalidInputException: role should be a valid IAM role.',
  },
  check: ({ kind, part }, report) => {
    if (kind !== 'job' && kind !== 'crawler') return;
    const node = part.get('Role');
    const text = part.written('Role');
    if (node === undefined || text === undefined) return;
    const problem = roleProblem(text);
    if (problem !== undefined) report({ at: node, ...problem });
  },
};

function roleProblem(text: string): { message: string; severity?: 'info' } | undefined {
  if (text.trim() === '') return { message: 'The role is empty: write its name or its ARN.' };
  if (!text.startsWith('arn:')) {
    if (hasPlaceholder(text) || NAME.test(text)) return undefined;
    return { message: `${quote(text)} is neither the name of a role nor its ARN.` };
  }
  const [, partition = '', service = '', region = '', account = '', ...rest] = text.split(':');
  const resource = rest.join(':');
  const unknown = [partition, service, region, account, resource].map(isOpen);
  if (!unknown[0] && !/^aws(?:-[a-z]+)*$/.test(partition)) {
    return { message: `${quote(text)} is no ARN of IAM: there is no partition ${quote(partition)}.` };
  }
  if (!unknown[1] && service !== 'iam') return { message: `${quote(text)} belongs to ${service}: a role is of iam.` };
  if (!unknown[2] && region !== '') {
    return {
      message: `${quote(text)} names the region ${region}: roles belong to no region. Write arn:${partition}:iam::<account>:role/<name>.`,
    };
  }
  const [kind = ''] = resource.split('/');
  if (!isOpen(kind) && kind !== 'role') {
    return { message: `${quote(text)} is no role: write arn:aws:iam::<account>:role/<name>.` };
  }
  if (unknown[3]) return undefined;
  if (/^\d{12}$/.test(account)) return undefined;
  if (/^[A-Z][A-Z_-]*$/i.test(account) && account !== 'aws') {
    return { message: `Put the number of your account for ${account}.`, severity: 'info' };
  }
  return { message: `${quote(text)} lacks the twelve digits of the account.` };
}

function isOpen(part: string): boolean {
  return hasPlaceholder(part) || /[${}<>]/.test(part);
}

export const terraformRole: JobRule = {
  id: 'glue/terraform-role-arn',
  subject: 'job',
  severity: 'error',
  sources: [],
  docs: {
    what: '`role_arn` of Terraform is an ARN.',
    why: 'The API takes a name too, but the provider checks for an ARN.',
    bad: '{"role_arn": "GlueRole"}',
    good: '{"role_arn": "arn:aws:iam::111122223333:role/GlueRole"}',
    aws: '`terraform plan` fails: invalid ARN.',
  },
  check: ({ part, dialect }, report) => {
    const node = part.get('Role');
    const text = part.text('Role');
    if (dialect !== 'terraform' || node === undefined || !text || text.startsWith('arn:')) return;
    report({ at: node, message: `role_arn takes an ARN, such as aws_iam_role.glue.arn, not the name ${quote(text)}.` });
  },
};
