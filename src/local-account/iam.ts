import { AwsError } from './http/awsError.ts';
import type { QueryService } from './http/queryService.ts';
import { accountId } from './sts.ts';

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: ['glue.amazonaws.com', 'states.amazonaws.com'] },
      Action: 'sts:AssumeRole',
    },
  ],
});

/** IAM as far as creating jobs and machines needs it: every role exists and may be assumed by Glue and Step Functions. */
export const iam: QueryService = {
  name: 'iam',
  namespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
  operations: {
    GetRole: (form) => {
      const name = form.get('RoleName') ?? '';
      if (!/^[\w+=,.@-]{1,64}$/.test(name)) {
        throw new AwsError('ValidationError', `The specified value for roleName is invalid: '${name}'.`);
      }
      return {
        Role: {
          Path: '/',
          RoleName: name,
          RoleId: 'AROALOCALACCOUNT0000',
          Arn: `arn:aws:iam::${accountId}:role/${name}`,
          CreateDate: '2020-01-01T00:00:00Z',
          AssumeRolePolicyDocument: encodeURIComponent(trust),
          MaxSessionDuration: 3600,
        },
      };
    },
  },
};
