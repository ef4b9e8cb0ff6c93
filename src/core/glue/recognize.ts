import type { Node, ObjectNode } from '../language/tree.ts';
import { buildHolding, buildJob, buildTrigger, buildWorkflow } from './build.ts';
import { isJobType } from './facts/commands.ts';
import { fieldsOf } from './fields/shapes.ts';
import { TRIGGER_TYPES } from './fields/workflow.ts';
import type { Holding, Resource } from './model.ts';
import { Part } from './part.ts';

/** Whether the name of a file says that it holds a Glue config. */
export function isGlueConfigName(fileName: string): boolean {
  return /\.glue\.(?:json|ya?ml)$/i.test(fileName);
}

/**
 * What a JSON or YAML document holds of Glue, told by its content: the input of the CLI's create, update and start
 * commands, what its get commands print, a download of Glue Studio, a file of Glue's Git integration. With `isNamed`, its
 * name says that it is one, and less has to be there.
 */
export function recognize(root: Node, source: string, isNamed: boolean): readonly Resource[] {
  if (root.kind === 'array') {
    return root.items.flatMap((item) => (item.kind === 'object' ? recognizeObject(item, source, isNamed) : []));
  }
  return root.kind === 'object' ? recognizeObject(root, source, isNamed) : [];
}

function recognizeObject(node: ObjectNode, source: string, isNamed: boolean): readonly Resource[] {
  if (['Resources', 'StartAt', 'States'].some((name) => node.has(name))) return [];
  return (
    studioJob(node, source) ??
    reply(node, source) ??
    update(node, source) ??
    direct(node, source, isNamed) ??
    gitJob(node, source) ??
    []
  );
}

function studioJob(node: ObjectNode, source: string): readonly Resource[] | undefined {
  const job = node.get('jobConfig');
  if (job?.kind !== 'object') return undefined;
  const script = node.get('script');
  return [
    buildJob(new Part(job, 'job', { dialect: 'studio', source }), {
      script: script?.kind === 'string' ? script : undefined,
    }),
  ];
}

/** `{Job: …}`, `{Jobs: […]}` and the like, as the get commands print them. */
function reply(node: ObjectNode, source: string): readonly Resource[] | undefined {
  const inside = (one: string, many: string): readonly ObjectNode[] => {
    const single = node.get(one);
    const list = node.get(many);
    const items = list?.kind === 'array' ? list.items : [];
    return [single, ...items].filter((item) => item?.kind === 'object');
  };
  const jobs = inside('Job', 'Jobs')
    .filter((job) => isJob(job, false))
    .map((job) => buildJob(new Part(job, 'job', { dialect: 'reply', source }), { isReply: true }));
  const graphs = inside('Workflow', 'Workflows').flatMap((workflow) => triggersInGraph(workflow));
  const triggers = [...inside('Trigger', 'Triggers'), ...graphs]
    .filter((trigger) => isTrigger(trigger))
    .map((trigger) => buildTrigger(new Part(trigger, 'trigger', { dialect: 'reply', source })));
  const workflows = inside('Workflow', 'Workflows')
    .filter((workflow) => text(workflow, 'Name') !== undefined)
    .map((workflow) => buildWorkflow(new Part(workflow, 'workflow', { dialect: 'reply', source })));
  const crawlers = inside('Crawler', 'Crawlers')
    .filter((crawler) => crawler.has('Targets'))
    .map((crawler) => buildHolding('crawler', new Part(crawler, 'crawler', { dialect: 'reply', source })));
  const connections = inside('Connection', 'ConnectionList')
    .filter((connection) => connection.has('ConnectionType'))
    .map((connection) => buildHolding('connection', new Part(connection, 'connection', { dialect: 'reply', source })));
  const found = [...jobs, ...triggers, ...workflows, ...crawlers, ...connections];
  return found.length > 0 ? found : undefined;
}

/** The triggers in what `get-workflow --include-graph` prints, which holds them whole; of jobs and crawlers it has the names. */
function triggersInGraph(workflow: ObjectNode): readonly ObjectNode[] {
  const graph = workflow.get('Graph');
  const nodes = graph?.kind === 'object' ? graph.get('Nodes') : undefined;
  if (nodes?.kind !== 'array') return [];
  return nodes.items.flatMap((item) => {
    const details = item.kind === 'object' ? item.get('TriggerDetails') : undefined;
    const trigger = details?.kind === 'object' ? details.get('Trigger') : undefined;
    return trigger?.kind === 'object' ? [trigger] : [];
  });
}

function update(node: ObjectNode, source: string): readonly Resource[] | undefined {
  const job = node.get('JobUpdate');
  if (job?.kind === 'object') {
    const name = text(node, 'JobName');
    return [
      buildJob(new Part(job, 'job', { dialect: 'api', source }), {
        use: 'update',
        ...(name !== undefined && { name }),
      }),
    ];
  }
  const trigger = node.get('TriggerUpdate');
  if (trigger?.kind !== 'object') return undefined;
  return [
    buildTrigger(new Part(trigger, 'trigger', { dialect: 'api', source }), { use: 'update', name: text(node, 'Name') }),
  ];
}

function direct(node: ObjectNode, source: string, isNamed: boolean): readonly Resource[] | undefined {
  if (isJob(node, isNamed)) return [buildJob(new Part(node, 'job', { dialect: 'api', source }))];
  if (isTrigger(node)) return [buildTrigger(new Part(node, 'trigger', { dialect: 'api', source }))];
  if (isJobRun(node, isNamed)) return [buildJob(new Part(node, 'jobRun', { dialect: 'api', source }), { use: 'run' })];
  const holding = holdingOf(node);
  if (holding !== undefined) {
    return [buildHolding(holding, new Part(node, holding, { dialect: 'api', source }))];
  }
  const isWorkflow = isNamed ? node.has('Name') : node.has('Name') && node.has('DefaultRunProperties');
  return isWorkflow ? [buildWorkflow(new Part(node, 'workflow', { dialect: 'api', source }))] : undefined;
}

function gitJob(node: ObjectNode, source: string): readonly Resource[] | undefined {
  const command = node.get('command');
  const isCommand = command?.kind === 'object' && (command.has('scriptLocation') || isJobType(text(command, 'name')));
  const fields = count(node, ['role', 'glueVersion', 'defaultArguments', 'workerType', 'sourceControlDetails']);
  const isBare = command === undefined && text(node, 'name') !== undefined && fields > 2;
  return (isCommand && fields > 0) || isBare
    ? [buildJob(new Part(node, 'job', { dialect: 'git', source }))]
    : undefined;
}

/** A command of Glue's, or enough fields that only a job has. */
function isJob(node: ObjectNode, isNamed: boolean): boolean {
  const command = node.get('Command');
  if (command?.kind === 'object') {
    const isGlue = command.has('ScriptLocation') || command.has('PythonVersion') || isJobType(text(command, 'Name'));
    if (isNamed || isGlue) return true;
  }
  const only = ['GlueVersion', 'WorkerType', 'NumberOfWorkers', 'DefaultArguments', 'MaxCapacity', 'ExecutionProperty'];
  if (node.has('JobName')) return false;
  return node.has('Role') ? count(node, only) > (isNamed ? 0 : 1) : count(node, only) > (isNamed ? 1 : 3);
}

const TRIGGER_FIELDS = fieldsOf('trigger', 'api');

function isTrigger(node: ObjectNode): boolean {
  const type = text(node, 'Type');
  const isType = TRIGGER_TYPES.some((known) => known === type?.toUpperCase());
  if (!node.has('Actions') && !node.has('Predicate')) {
    const isAll = node.has('Name') && node.properties.every(({ key }) => TRIGGER_FIELDS.has(key.value));
    return isType && (node.has('Schedule') || isAll);
  }
  if (isType) return true;
  const actions = node.get('Actions');
  const first = actions?.kind === 'array' ? actions.items[0] : undefined;
  const starts = first?.kind === 'object' && (first.has('JobName') || first.has('CrawlerName'));
  return starts && node.has('Name');
}

/** The input of create-crawler, create-connection or create-security-configuration. */
function holdingOf(node: ObjectNode): Holding['kind'] | undefined {
  const targets = node.get('Targets');
  const isTargets = targets?.kind === 'object' && targets.properties.some(({ key }) => /Targets$/.test(key.value));
  if (isTargets && (node.has('Role') || node.has('DatabaseName'))) return 'crawler';
  const input = node.get('ConnectionInput');
  if (input?.kind === 'object' && (input.has('ConnectionType') || input.has('ConnectionProperties'))) {
    return 'connection';
  }
  const encryption = node.get('EncryptionConfiguration');
  const isEncryption =
    encryption?.kind === 'object' &&
    ['S3Encryption', 'CloudWatchEncryption', 'JobBookmarksEncryption'].some((name) => encryption.has(name));
  return isEncryption ? 'securityConfiguration' : undefined;
}

function isJobRun(node: ObjectNode, isNamed: boolean): boolean {
  if (text(node, 'JobName') === undefined) return false;
  if (isNamed) return true;
  const args = node.get('Arguments');
  const names = args?.kind === 'object' ? args.properties.map(({ key }) => key.value) : [];
  return names.length > 0 && names.every((name) => name.startsWith('--'));
}

function count(node: ObjectNode, names: readonly string[]): number {
  return names.filter((name) => node.has(name)).length;
}

function text(node: ObjectNode, name: string): string | undefined {
  const value = node.get(name);
  return value?.kind === 'string' ? value.value : undefined;
}

/** Whether a document is worth a look: a few words tell, without a parse. */
export function mayHoldGlue(text: string, fileName: string): boolean {
  if (isGlueConfigName(fileName)) return true;
  if (/\.asl(?:\.json|\.ya?ml)?$/i.test(fileName)) return false;
  return (
    /\b(?:Command|command|JobUpdate|jobConfig|Jobs?|JobName|Actions|Triggers?|TriggerUpdate|Workflows?|[gG]lueVersion|StartOnCreation|DefaultRunProperties|Targets|Crawlers?|ConnectionInput|Connection(?:List)?|EncryptionConfiguration)["']?\s*:/.test(
      text,
    ) || /\bType["']?\s*:\s*["']?(?:SCHEDULED|CONDITIONAL|ON_DEMAND|EVENT)\b/.test(text)
  );
}
