import { describe, expect, it } from 'vitest';
import type { GlueTrigger } from '../../../../src/aws/glue/api.ts';
import { UserError } from '../../../../src/core/base/userError.ts';
import { localConnection } from '../../../../src/core/connections/connection.ts';
import type { RunSummary } from '../../../../src/core/runs/model.ts';
import type { Item, ItemNode, RunNode, SectionNode } from '../../../../src/views/pipelines/node.ts';
import { presentNode, type PresentContext } from '../../../../src/views/pipelines/present.ts';
import { codeSpan, escapeMarkdown, tooltipCommands } from '../../../../src/views/pipelines/presentMarkdown.ts';
import { presentTooltip } from '../../../../src/views/pipelines/presentTooltip.ts';
import { denied, dev, job, jobRun, machine } from './fakes.ts';

const nowMs = Date.UTC(2026, 10, 20, 7, 33);
const context: PresentContext = {
  nowMs,
  locale: 'en-GB',
  timeZone: 'UTC',
  isProtected: () => false,
  isSlow: () => false,
};

function item(of: Item, lastRun?: RunSummary | null): ItemNode {
  const section = of.kind === 'machine' ? 'machines' : 'jobs';
  return {
    kind: 'item',
    id: 'id',
    connection: dev,
    section,
    item: of,
    pinned: false,
    recent: [],
    ...(lastRun === undefined ? {} : { lastRun }),
  };
}

const orders = { kind: 'job', job: job('extract-orders', { kind: 'pythonShell' }) } as const;

describe('rows', () => {
  it('says of a job how it ended, when, and what matters about it', () => {
    const ok = jobRun('extract-orders', 'jr_1', 'succeeded', nowMs - 221_000);
    expect(presentNode(item(orders, ok), context)).toMatchObject({
      label: 'extract-orders',
      description: '✓ 3 min ago · 41 s',
      icon: { id: 'terminal' },
      accessibleLabel: 'extract-orders, succeeded, ✓ 3 min ago · 41 s',
    });
    const failed: RunSummary = { ...ok, state: 'failed', cause: `AnalysisException:\n ${'x'.repeat(200)}` };
    const row = presentNode(item(orders, failed), context);
    expect(row.description).toMatch(/^✗ 3 min ago · AnalysisException: x+…$/);
    expect(row.icon).toEqual({ id: 'terminal', color: 'testing.iconFailed' });
    const running = jobRun('extract-orders', 'jr_1', 'running', nowMs - 72_000);
    expect(presentNode(item(orders, running), context)).toMatchObject({
      description: '⟳ 00:01:12',
      icon: { id: 'loading~spin', color: 'charts.blue' },
    });
    expect(presentNode(item(orders, null), context).description).toBe('');
  });

  it('names runs by when they began and their retry', () => {
    const run = { ...jobRun('extract-orders', 'jr_1', 'failed', nowMs - 180_000), attempt: 1, error: 'Boom' };
    const node: RunNode = { kind: 'run', id: 'r', connection: dev, item: item(orders), run };
    expect(presentNode(node, context)).toMatchObject({
      label: '07:30',
      description: 'attempt 2 · Boom',
      icon: { id: 'error', color: 'testing.iconFailed' },
      facts: ['endedRun', 'named', 'inConsole'],
    });
  });

  it('marks a protected connection and counts a section as far as it was read', () => {
    const connection = { kind: 'connection', id: dev.id, connection: dev, accountId: '123456789012' } as const;
    expect(presentNode(connection, { ...context, isProtected: () => true })).toMatchObject({
      label: 'dev · eu-west-1',
      description: 'PROTECTED · 123456789012',
      icon: { id: 'plug', color: 'errorForeground' },
    });
    expect(presentNode(connection, { ...context, isSlow: () => true }).description).toBe(
      '123456789012 · AWS is limiting requests; updating slower',
    );
    const jobs: SectionNode = {
      kind: 'section',
      id: 's',
      connection: dev,
      section: 'jobs',
      complete: false,
      shown: 200,
      filtered: false,
      slowed: false,
    };
    expect(presentNode(jobs, context).description).toBe('');
    expect(presentNode({ ...jobs, loaded: 200 }, context).description).toBe('200+');
    expect(presentNode({ ...jobs, loaded: 214, complete: true }, context).description).toBe('214');
    expect(presentNode({ ...jobs, loaded: 214, complete: true, filtered: true, shown: 3 }, context).description).toBe(
      '3 of 214',
    );
    expect(presentNode({ ...jobs, loaded: 0, filtered: true, shown: 0 }, context).description).toBe('');
    expect(presentNode({ ...jobs, loaded: 0, complete: true }, context).description).toBe('0');
    expect(presentNode({ ...jobs, slowed: true }, context).description).toContain('updating slower');
    expect(presentNode({ ...jobs, error: denied('glue:GetJobs') }, context).description).toBe('access denied');
    expect(presentNode({ ...jobs, loaded: 200, error: new UserError('network', 'Lost.') }, context).description).toBe(
      '200+ · cannot be read',
    );
  });

  it('offers to start a trigger unless it is active', () => {
    const parent = item({ kind: 'workflow', workflow: { name: 'nightly', defaultRunProperties: {} } });
    const rowOf = (kind: GlueTrigger['kind'], awsState: string) => {
      const trigger: GlueTrigger = { name: 'begin', kind, awsState, actions: [{ jobName: 'extract' }] };
      return presentNode({ kind: 'trigger', id: 't', connection: dev, item: parent, trigger }, context);
    };
    expect(rowOf('ON_DEMAND', 'CREATED').facts).toContain('startableTrigger');
    expect(rowOf('SCHEDULED', 'DEACTIVATED').facts).toContain('startableTrigger');
    expect(rowOf('SCHEDULED', 'ACTIVATED').facts).toEqual(['named']);
  });

  it('tells Express from Standard', () => {
    expect(presentNode(item({ kind: 'machine', machine: machine('m', 'EXPRESS') }), context)).toMatchObject({
      icon: { id: 'rocket' },
      facts: ['machine', 'readable', 'named', 'hasArn', 'unpinned', 'hasSource', 'inConsole'],
    });
  });

  it('says what is wrong in a row, with the words that give it its buttons', () => {
    const parent = { kind: 'connection', id: dev.id, connection: dev } as const;
    const row = (error: UserError) => presentNode({ kind: 'error', id: 'e', connection: dev, parent, error }, context);
    expect(row(denied('glue:GetJobs'))).toMatchObject({
      label: 'Access denied: glue:GetJobs',
      tooltip: 'Profile "dev" may not do this (glue:GetJobs denied).\n\nAsk for it.',
      facts: ['failed', 'denied'],
    });
    expect(row(new UserError('sso-expired', 'Sign-in of profile "dev" has expired.')).facts).toEqual([
      'failed',
      'signedOut',
    ]);
    expect(row(new UserError('credentials-missing', 'None.')).facts).toContain('chooseProfile');
    // The words that matter come first: the view is narrow.
    expect(row(new UserError('network', 'The endpoint http://127.0.0.1:9 refuses connections.'))).toMatchObject({
      label: 'No connection',
      description: 'The endpoint http://127.0.0.1:9 refuses connections.',
      command: { id: 'sluice.retryRow' },
    });
    expect(row(new UserError('mfa-refused', 'The MFA code was not accepted.'))).toMatchObject({
      label: 'MFA code not accepted',
      description: 'Enter code…',
    });
    expect(row(new UserError('aborted', 'Cancelled.')).label).toBe('Not connected');
  });

  it('says what to do where there is nothing', () => {
    const parent = {
      kind: 'section',
      id: 's',
      connection: dev,
      section: 'jobs',
      complete: true,
      shown: 0,
      filtered: false,
      slowed: false,
    } as const;
    const note = { kind: 'note', id: 'n', connection: dev, parent, note: 'empty' } as const;
    expect(presentNode(note, context).label).toBe('No Glue jobs in eu-west-1 of dev.');
    expect(presentNode({ ...note, connection: localConnection }, context).command?.id).toBe('sluice.deployToLocal');
  });
});

describe('tooltips', () => {
  it('carry the facts and the links that the view trusts', () => {
    const run = jobRun('extract-orders', 'jr_1', 'failed', nowMs - 180_000);
    const node = { ...item(orders, run), recent: [run, { ...run, state: 'succeeded' as const }] };
    const text = presentTooltip(node, '123456789012', context) ?? '';
    expect(text).toContain('`arn:aws:glue:eu-west-1:123456789012:job/extract-orders`');
    expect(text).toContain('Python shell job');
    expect(text).toContain('$(pass-filled) $(error)');
    const linked = [...text.matchAll(/command:(sluice\.\w+)/g)].map((match) => match[1]);
    expect(linked).toEqual(['sluice.openSource', 'sluice.openInConsole', 'sluice.copyArn']);
    expect(linked.every((command) => (tooltipCommands as readonly (string | undefined)[]).includes(command))).toBe(
      true,
    );
  });

  it('estimates what a job run cost, and nothing on this machine', () => {
    const cost = { dpuHours: 0.53, dollars: 0.2332 };
    const run: RunSummary = { ...jobRun('extract-orders', 'jr_1', 'succeeded', nowMs), cost };
    expect(presentTooltip(item(orders, run), undefined, context)).toContain(
      '| Cost estimate | 0.53 DPU-h ≈ $0.23 at list price |',
    );
    const row: RunNode = { kind: 'run', id: 'r', connection: dev, item: item(orders), run };
    expect(presentTooltip(row, undefined, context)).toContain('≈ $0.23');
    const local = { ...run, key: { ...run.key, connectionId: localConnection.id } };
    expect(presentTooltip(item(orders, local), undefined, context)).not.toContain('Cost');
  });

  it('shows what came from the account as text and nothing else', () => {
    const evil = '[x](command:workbench.action.quit) <img src=x> $(bug) `a` | b\n# h';
    const run: RunSummary = { ...jobRun('j', 'jr`_1', 'failed', nowMs), cause: evil, error: evil };
    const text = presentTooltip(
      item({ kind: 'job', job: job(evil, { description: evil, role: evil }) }, run),
      undefined,
      context,
    );
    const outsideCode = (text ?? '').replace(/(`+)[^`].*?[^`]\1(?!`)/g, '');
    expect(outsideCode).not.toMatch(/(?<!\\)\[x/);
    expect(outsideCode).not.toMatch(/<img/);
    expect(outsideCode).not.toMatch(/(?<!\\)\$\(bug/);
    expect(text).not.toMatch(/^# h/m);
  });

  it('escapes every mark of Markdown', () => {
    expect(escapeMarkdown('a_b*c $(x)\n<b>')).toBe('a\\_b\\*c \\$\\(x\\) &lt;b&gt;');
    expect(codeSpan('a``b')).toBe('``` a``b ```');
  });
});
