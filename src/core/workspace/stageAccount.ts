import type { ActiveStage } from './stages.ts';

/** Names that a stage gives the number of its account: `AWS::AccountId`, `accountId`, `aws_account_number`. */
const ACCOUNT = /^(?:aws)?account(?:id|number|no)?$/;

/** The account that a stage is in, where its values say exactly one: twelve digits by a name such as `AccountId`. */
export function accountOfStage({ values }: Pick<ActiveStage, 'values'>): string | undefined {
  const found = Object.entries(values).flatMap(([path, value]) => {
    const name = path.slice(path.lastIndexOf('.') + 1).replaceAll(/[^A-Za-z]/g, '');
    return ACCOUNT.test(name.toLowerCase()) && /^\d{12}$/.test(value) ? [value] : [];
  });
  const [only, ...others] = new Set(found);
  return others.length === 0 ? only : undefined;
}

/** How a stage and a connection differ in account, for people; undefined where they agree, or where one is not known. */
export function stageDifference(
  stage: Pick<ActiveStage, 'name' | 'values'>,
  connection: { readonly label: string; readonly accountId: string | undefined },
): string | undefined {
  const { label, accountId } = connection;
  const due = accountOfStage(stage);
  if (due === undefined || accountId === undefined || due === accountId) return undefined;
  return `Stage ${stage.name} is account ${due}, and ${label} is account ${accountId}.`;
}
