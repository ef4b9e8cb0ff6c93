import { mkdir } from 'node:fs/promises';
import type { Server } from 'node:http';
import { join } from 'node:path';
import type { Clock } from '../core/base/clock.ts';
import type { Log } from '../core/base/log.ts';
import type { WorkspaceSettings } from '../processes/localAccount/workspaceSettings.ts';
import { Control } from './control.ts';
import { Events } from './events/service.ts';
import { Glue } from './glue/service.ts';
import { createFront, type FrontOptions } from './http/front.ts';
import { createIam } from './iam/roleOperations.ts';
import { Roles } from './iam/roles.ts';
import { FunctionSource } from './lambda/functionSource.ts';
import { Lambda } from './lambda/lambda.ts';
import { LogStore } from './logs/logStore.ts';
import { createLogsService } from './logs/service.ts';
import { S3Service, s3Routes } from './s3/service.ts';
import { StateProblems } from './state/stateProblems.ts';
import { StepFunctions } from './stepFunctions/service.ts';
import { sts } from './sts.ts';
import { Workspace } from './workspace.ts';

export interface LocalAccountOptions {
  readonly stateFolder: string;
  /** Preferred port; 0 takes any free one. */
  readonly port: number;
  readonly accessKeyId: string;
  /** Region in the ARNs of everything that is made here. */
  readonly region: string;
  /** Where Python environments are kept; several accounts may share it. */
  readonly cacheFolder: string;
  readonly workspace: WorkspaceSettings;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly log: Log;
}

/** A running account. */
export interface LocalAccountServer {
  readonly port: number;
  readonly endpoint: string;
  readonly control: Control;
  /** What can be asked of it: operations by the service's name in signatures, S3's as `<METHOD> <level>[ <subresource>]`. */
  readonly operations: Readonly<Record<string, readonly string[]>>;
  /** Ends runs and connections; resolves when the state is on disk. */
  close(): Promise<void>;
}

/**
 * Listens on the loopback address, then opens the state. Rejects with EADDRINUSE where the port is taken, before anything
 * was touched.
 */
export async function startLocalAccount(options: LocalAccountOptions): Promise<LocalAccountServer> {
  let open: (front: FrontOptions) => void = () => undefined;
  const services = new Promise<FrontOptions>((resolve) => (open = resolve));
  const server = createFront(services);
  const port = await listen(server, options.port);
  const endpoint = `http://127.0.0.1:${port}`;
  try {
    const { front, control, close } = await openServices(options, endpoint);
    open(front);
    return {
      port,
      endpoint,
      control,
      operations: operationsOf(front),
      close: async () => {
        await close();
        await closeServer(server);
      },
    };
  } catch (error) {
    await closeServer(server);
    throw error;
  }
}

interface OpenedServices {
  readonly front: FrontOptions;
  readonly control: Control;
  readonly close: () => Promise<void>;
}

async function openServices(options: LocalAccountOptions, endpoint: string): Promise<OpenedServices> {
  const { stateFolder, clock, log, region } = options;
  await mkdir(stateFolder, { recursive: true, mode: 0o700 });
  const problems = new StateProblems(log);
  const workspace = new Workspace(options.workspace);
  const s3 = await S3Service.open(stateFolder, clock);
  const logs = await LogStore.open(join(stateFolder, 'logs'), problems, clock);
  const roles = await Roles.open(stateFolder, problems, clock);
  const glue = await Glue.open({ ...options, roles, logs, problems, objects: s3.objects, endpoint, workspace });
  const logsService = createLogsService(logs, region, clock);
  const lambda = new Lambda({
    ...options,
    endpoint,
    workFolder: join(stateFolder, 'work'),
    source: new FunctionSource(workspace, clock),
    logs,
  });
  const stepFunctions = await StepFunctions.open({
    ...options,
    roles,
    glue,
    objects: s3.objects,
    lambda,
    logs: logsService,
    problems,
    workspace,
  });
  const events = await Events.open({
    ...options,
    roles,
    problems,
    startExecution: async (stateMachineArn, input) => {
      await stepFunctions.service.invoke('StartExecution', { stateMachineArn, input }, new AbortController().signal);
    },
  });
  const control = new Control({ problems, workspace, isBusy: () => glue.isBusy || stepFunctions.isBusy });
  const front: FrontOptions = {
    accessKeyId: options.accessKeyId,
    jsonServices: [glue.service, stepFunctions.service, logsService, events.service],
    queryServices: [sts, createIam(roles)],
    serveS3: async (call) => {
      await s3.serve(call);
    },
    serveControl: async (call, path) => {
      await control.serve(call, path);
    },
    clock,
    log,
  };
  return {
    front,
    control,
    close: async () => {
      await events.close();
      await stepFunctions.close();
      lambda.close();
      await glue.close();
    },
  };
}

function operationsOf({ jsonServices, queryServices }: FrontOptions): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries([
    ...jsonServices.map(({ spec }) => [spec.name, Object.keys(spec.operations)] as const),
    ...queryServices.map(({ name, operations }) => [name, Object.keys(operations)] as const),
    ['s3', Object.keys(s3Routes)] as const,
  ]);
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  return typeof address === 'object' && address ? address.port : port;
}

async function closeServer(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
