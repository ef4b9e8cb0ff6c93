import { UserError } from '../../core/base/userError.ts';
import type { DefinitionProblem, MachineAlias } from './api.ts';
import { defined } from '../defined.ts';
import type { StepFunctionsCalls } from './stepFunctions.ts';

/** How a definition is judged, published and routed to. */
export class MachineVersions {
  readonly #calls: StepFunctionsCalls;

  constructor(calls: StepFunctionsCalls) {
    this.#calls = calls;
  }

  async validate(
    definition: string,
    type: 'STANDARD' | 'EXPRESS',
    signal: AbortSignal | undefined,
  ): Promise<readonly DefinitionProblem[]> {
    const { diagnostics = [] } = await this.#calls.call(
      'ValidateStateMachineDefinition',
      { definition, type, severity: 'WARNING', maxResults: 100 },
      { signal },
    );
    const problems = diagnostics.map(({ severity, code = '', message = '', location }): DefinitionProblem => ({
      severity: severity === 'WARNING' ? 'WARNING' : 'ERROR',
      code,
      message,
      ...defined({ location: location === '' ? undefined : location }),
    }));
    return problems.toSorted((a, b) => a.severity.localeCompare(b.severity));
  }

  async publish(stateMachineArn: string, signal: AbortSignal | undefined): Promise<string> {
    const { stateMachineVersionArn } = await this.#calls.call(
      'PublishStateMachineVersion',
      { stateMachineArn },
      { signal },
    );
    if (stateMachineVersionArn) return stateMachineVersionArn;
    throw new UserError('not-supported', 'The endpoint publishes no versions of state machines.');
  }

  async aliases(stateMachineArn: string, signal: AbortSignal | undefined): Promise<readonly MachineAlias[]> {
    const aliases: MachineAlias[] = [];
    let nextToken: string | undefined;
    do {
      const page = await this.#calls.call(
        'ListStateMachineAliases',
        { stateMachineArn, maxResults: 100, ...defined({ nextToken }) },
        { signal },
      );
      for (const { stateMachineAliasArn: arn = '' } of page.stateMachineAliases ?? []) {
        aliases.push({ arn, name: arn.split(':').at(-1) ?? '' });
      }
      nextToken = page.nextToken;
    } while (nextToken);
    return aliases;
  }

  async routes(stateMachineAliasArn: string, signal: AbortSignal | undefined): Promise<readonly string[]> {
    const reply = await this.#calls.call('DescribeStateMachineAlias', { stateMachineAliasArn }, { signal });
    return (reply.routingConfiguration ?? []).flatMap(({ stateMachineVersionArn: arn }) => (arn ? [arn] : []));
  }

  async move(stateMachineAliasArn: string, version: string, signal: AbortSignal | undefined): Promise<void> {
    const routingConfiguration = [{ stateMachineVersionArn: version, weight: 100 }];
    await this.#calls.call('UpdateStateMachineAlias', { stateMachineAliasArn, routingConfiguration }, { signal });
  }
}
