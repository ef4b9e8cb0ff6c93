/**
 * Facts about a tree row that menus of package.json ask for as `viewItem =~ /\bword\b/`. A row's contextValue is the
 * facts that hold for it, so that a menu needs one word instead of a list of row kinds.
 */
export const itemFacts = [] as const satisfies readonly string[];

export type ItemFact = (typeof itemFacts)[number];

/** The contextValue of a row of which these facts hold. */
export function contextValue(...facts: readonly ItemFact[]): string {
  return facts.join(' ');
}
