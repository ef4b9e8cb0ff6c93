import { nearestName } from './nearestName.ts';
import type { RuleProblem } from '../language/rules/rule.ts';
import { anyOf, didYouMean, quote } from '../language/words.ts';
import { changeTo, detailProblems } from './checkDetails.ts';
import { kindTitle, oneOfKind, type InventorySnapshot, type KindNames } from './inventory.ts';
import { kindFacts, type ResourceKind } from './kinds.ts';
import type { Mention } from './mentions.ts';
import { elsewhere, notFound, wrongKind } from './rules.ts';

/** What a text names and the account has not, or has otherwise. Kinds that were not listed say nothing. */
export function checkMentions(mentions: readonly Mention[], inventory: InventorySnapshot): RuleProblem[] {
  const places = new Set<string>();
  const found: RuleProblem[] = [];
  for (const mention of mentions) {
    const away = placeElsewhere(mention, inventory);
    if (away === undefined) found.push(...checkMention(mention, inventory));
    // Once for each place: a definition of another stage names all its things there.
    else if (isWorthSaying(mention, inventory) && !places.has(away)) {
      places.add(away);
      found.push(awayProblem(mention, away, inventory));
    }
  }
  return found;
}

/** Buckets and roles belong to other accounts on purpose, and on this machine nothing is of any place. */
function isWorthSaying({ kind }: Mention, { isLocal, kinds }: InventorySnapshot): boolean {
  return isLocal !== true && kind !== 's3Bucket' && kind !== 'iamRole' && Object.keys(kinds).length > 0;
}

function checkMention(mention: Mention, inventory: InventorySnapshot): RuleProblem[] {
  const { kind, due, name } = mention;
  if (kind !== due && !isRelated(kind, due)) {
    const message = `${quote(mention.node.value)} is ${oneOfKind(kind)}, and ${oneOfKind(due)} is due here.`;
    return inventory.kinds[due] === undefined ? [] : [{ rule: wrongKind, at: mention.node, message }];
  }
  const known = inventory.kinds[kind];
  if (known === undefined) return [];
  if (!known.names.has(name)) return missingProblems(mention, known, inventory);
  const details = known.details?.get(name);
  return details === undefined ? [] : detailProblems(mention, details, inventory);
}

/** Kinds that one parameter takes: a key by its alias. */
function isRelated(kind: ResourceKind, due: ResourceKind): boolean {
  return kind === 'kmsAlias' && due === 'kmsKey';
}

function missingProblems(mention: Mention, known: KindNames, inventory: InventorySnapshot): RuleProblem[] {
  const { kind, name, node } = mention;
  const isMissing = known.missing?.has(name) === true;
  if (known.isPartial === true && !isMissing) return [];
  const meant = nearestName(name, known.names);
  const isShared = kindFacts(kind).isShared === true && !isMissing;
  // Another account may have it: only what looks like a slip is worth a word.
  if (isShared && meant === undefined) return [];
  const other = otherKind(mention, inventory);
  const listed = new Date(known.asOfMs).toISOString().slice(0, 16).replace('T', ' ');
  if (other !== undefined) {
    const message = `${quote(name)} is ${oneOfKind(other)} in ${inventory.place}: there is no ${kindTitle(kind)} of that name.`;
    return [{ rule: wrongKind, at: node, message }];
  }
  const what = isShared
    ? `${inventory.place} has no ${kindTitle(kind)} ${quote(name)} of its own`
    : `There is no ${kindTitle(kind)} ${quote(name)} in ${inventory.place}`;
  return [
    {
      rule: notFound,
      at: node,
      message: `${what}, as listed at ${listed} UTC.${didYouMean(meant)}`,
      ...(isShared && { severity: 'info' as const }),
      fixes: changeTo(mention, name, meant),
    },
  ];
}

/** The kinds that are easily taken for one another, by their names alone. */
const CONFUSED: readonly ResourceKind[] = ['glueJob', 'glueWorkflow', 'glueCrawler', 'glueTrigger'];

/** The kind of which the account has this very name, where names of the two are taken alike. */
function otherKind({ kind, name }: Mention, { kinds }: InventorySnapshot): ResourceKind | undefined {
  if (!CONFUSED.includes(kind)) return undefined;
  return CONFUSED.find((other) => other !== kind && kinds[other]?.names.has(name) === true);
}

/** Where an ARN is, apart from the account and region of the inventory. */
function placeElsewhere({ region, accountId }: Mention, inventory: InventorySnapshot): string | undefined {
  const differs = (its: string | undefined, mine: string | undefined): boolean =>
    its !== undefined && mine !== undefined && its !== '' && mine !== '' && its !== mine;
  const otherAccount = differs(accountId, inventory.accountId) && /^\d{12}$/.test(accountId ?? '');
  const otherRegion = differs(region, inventory.region);
  if (!otherAccount && !otherRegion) return undefined;
  return anyOf(
    [...(otherAccount ? [`account ${accountId ?? ''}`] : []), ...(otherRegion ? [`region ${region ?? ''}`] : [])],
    'and',
  );
}

function awayProblem(
  { kind, name, node }: Mention,
  away: string,
  { place, accountId, region }: InventorySnapshot,
): RuleProblem {
  const here = away.includes('account')
    ? `${place} is ${accountId === undefined ? 'another account' : `account ${accountId}`}${away.includes('region') && region !== undefined ? ` in ${region}` : ''}`
    : `${place} is in ${region ?? 'another region'}`;
  return {
    rule: elsewhere,
    at: node,
    message: `The ${kindTitle(kind)} ${quote(name)} is in ${away}, and ${here}: what is there is not looked up.`,
  };
}
