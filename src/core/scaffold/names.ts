import type { JobPlan } from './scaffold.ts';

/** `daily-orders` as a Python or Terraform name: `daily_orders`. */
export function snakeName(name: string): string {
  return name.replaceAll('-', '_').toLowerCase();
}

/** `daily-orders` as a logical id or a class: `DailyOrders`. */
export function pascalName(name: string): string {
  const words = name.split(/[-_]+/).filter(Boolean);
  return words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('');
}

export function scriptName({ name }: JobPlan): string {
  return `${snakeName(name)}.py`;
}

/** Where the script is kept in its bucket. */
export function scriptKey(job: JobPlan): string {
  return `jobs/${scriptName(job)}`;
}
