import { anyOf } from '../../language/words.ts';
import { at, otherFile, type WorkspaceRule } from './rule.ts';

const WORDS: Readonly<Record<string, string>> = { glue: 'Glue', lambda: 'Lambda', states: 'Step Functions' };

export const roleTrust: WorkspaceRule = {
  id: 'glue/role-trust',
  severity: 'error',
  sources: [],
  docs: {
    what: 'A role that is given to a job, function or state machine trusts the service that is to assume it.',
    why: 'A service can only work with a role whose trust policy names it.',
    bad: 'role = aws.iam.Role("r", assume_role_policy=json.dumps({"Statement": [{"Principal": {"Service": "states.amazonaws.com"}, …}]}))\njob = aws.glue.Job("load", role_arn=role.arn, …)',
    good: 'role = aws.iam.Role("r", assume_role_policy=json.dumps({"Statement": [{"Principal": {"Service": "glue.amazonaws.com"}, …}]}))\njob = aws.glue.Job("load", role_arn=role.arn, …)',
    aws: 'Lambda and Step Functions refuse to create it: "The role defined for the function cannot be assumed". A run of the Glue job fails.',
  },
  check: ({ file, links }, report) => {
    for (const { role, service, span } of file.roleUses) {
      const roles = links.rolesAt(role);
      const isTrusting = roles.some(({ it }) => it.services.some((one) => one.startsWith(`${service}.`)));
      const [first] = roles;
      if (first === undefined || isTrusting) continue;
      const { services } = first.it;
      const trusts = services.length === 0 ? 'no service' : `${anyOf(services, 'and')} only`;
      report({
        at: at(span),
        message: `${WORDS[service] ?? service} cannot assume this role: it trusts ${trusts}. Let it trust ${service}.amazonaws.com, or give a role of its own.`,
        related: roles.map(({ file: where, it }) => ({
          at: at(it.anchor),
          message: 'The role.',
          file: otherFile(where),
        })),
      });
    }
  },
};
