import { AwsError } from '../http/awsError.ts';
import type { QueryOperation, QueryService } from '../http/queryService.ts';
import type { XmlValue } from '../http/xml.ts';
import { arnOf, type RoleRecord, type Roles } from './roles.ts';
import { statementsOf } from './trust.ts';

const trustOfAny = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: ['glue.amazonaws.com', 'states.amazonaws.com'] },
      Action: 'sts:AssumeRole',
    },
  ],
});

/** IAM as far as creating jobs and machines needs it: roles and who may assume them. */
export function createIam(roles: Roles): QueryService {
  const { records, clock } = roles;
  const operations: Readonly<Record<string, QueryOperation>> = {
    CreateRole: async (form) => {
      const name = nameIn(form);
      if (records.has(name)) {
        throw new AwsError('EntityAlreadyExists', `Role with name ${name} already exists.`, 409);
      }
      const path = form.get('Path') ?? '/';
      if (!/^\/(?:[\x21-\x7f]+\/)?$/.test(path) || path.length > 512) throw invalid('path', path);
      const description = form.get('Description');
      const role: RoleRecord = {
        name,
        path,
        createdMs: clock.now(),
        maxSessionSeconds: sessionIn(form),
        trustPolicy: policyIn(form, 'AssumeRolePolicyDocument'),
        ...(description !== null && { description }),
      };
      await records.put(name, role);
      return { Role: presentRole(role) };
    },
    GetRole: (form) => {
      const name = nameIn(form);
      if (records.size > 0) return { Role: presentRole(roles.get(name)) };
      const role = { name, path: '/', createdMs: Date.UTC(2020, 0), maxSessionSeconds: 3600, trustPolicy: trustOfAny };
      return { Role: presentRole(role) };
    },
    ListRoles: (form) => {
      const prefix = form.get('PathPrefix') ?? '/';
      const found = records.values().filter(({ path }) => path.startsWith(prefix));
      const sorted = found.sort((left, right) => (left.name < right.name ? -1 : 1));
      return { IsTruncated: false, Roles: { member: sorted.map(presentRole) } };
    },
    UpdateAssumeRolePolicy: async (form) => {
      const role = roles.get(nameIn(form));
      await records.put(role.name, { ...role, trustPolicy: policyIn(form, 'PolicyDocument') });
      return {};
    },
    DeleteRole: async (form) => {
      await records.delete(roles.get(nameIn(form)).name);
      return {};
    },
  };
  return { name: 'iam', namespace: 'https://iam.amazonaws.com/doc/2010-05-08/', operations };
}

function presentRole(role: RoleRecord): XmlValue {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: 'AROALOCALACCOUNT0000',
    Arn: arnOf(role),
    CreateDate: new Date(role.createdMs).toISOString().replace(/\.\d+Z$/, 'Z'),
    AssumeRolePolicyDocument: encodeURIComponent(role.trustPolicy),
    Description: role.description,
    MaxSessionDuration: role.maxSessionSeconds,
  };
}

function nameIn(form: URLSearchParams): string {
  const name = form.get('RoleName') ?? '';
  if (/^[\w+=,.@-]{1,64}$/.test(name)) return name;
  throw invalid('roleName', name);
}

function sessionIn(form: URLSearchParams): number {
  const text = form.get('MaxSessionDuration');
  const value = text === null ? 3600 : Number(text);
  if (Number.isInteger(value) && value >= 3600 && value <= 43_200) return value;
  throw invalid('maxSessionDuration', text ?? '');
}

function policyIn(form: URLSearchParams, member: string): string {
  const text = form.get(member) ?? '';
  if (statementsOf(text).length > 0) return text;
  throw new AwsError('MalformedPolicyDocument', 'This policy contains invalid Json');
}

function invalid(member: string, value: string): AwsError {
  return new AwsError('ValidationError', `The specified value for ${member} is invalid: '${value}'.`);
}
