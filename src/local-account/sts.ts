import type { QueryService } from './http/queryService.ts';

/** The one account that is here. */
export const accountId = '000000000000';

/** STS as far as a client needs it to know where it is. */
export const sts: QueryService = {
  name: 'sts',
  namespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
  operations: {
    GetCallerIdentity: () => ({
      Arn: `arn:aws:iam::${accountId}:user/local`,
      UserId: 'AIDALOCALACCOUNT0000',
      Account: accountId,
    }),
  },
};
