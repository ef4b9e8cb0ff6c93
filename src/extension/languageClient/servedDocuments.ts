import type { TextDocument, TextDocumentChangeEvent } from 'vscode';
import { mayCallHelpers } from '../../core/workspace/facts/importedCalls.ts';

const DEFINITION_LANGUAGES: ReadonlySet<string> = new Set(['asl', 'asl-yaml']);
const PROGRAM = /^(?:python|(?:java|type)script(?:react)?)$/;
const TERRAFORM = /^(?:terraform|hcl|opentofu)$/;
const DATA = /^(?:jsonc?|yaml|cloudformation|template)$/;
/** Words that hardly anything but a Glue config holds, by itself or in a template, program or Terraform file. */
const GLUE_WORDS =
  /\b(?:[sS]criptLocation|script_location|[gG]lueVersion|glue_version|JobUpdate|jobConfig|TriggerUpdate|StartOnCreation|aws_glue_(?:job|trigger|workflow|crawler|connection|security_configuration)|AWS::Glue::(?:Job|Trigger|Workflow|Crawler|Connection|SecurityConfiguration)|glue\w*\.(?:Cfn)?(?:Job|Trigger|Workflow|Crawler|Connection|SecurityConfiguration)|create_crawler|CreateCrawlerCommand|start_job_run|StartJobRunCommand|getResolvedOptions|awsglue)\b/;
/** What the other configs of Glue have in JSON and YAML: triggers, workflows, starts of runs, crawlers, connections. */
const CONFIG_WORDS =
  /\b(?:DefaultRunProperties|WorkflowName|CrawlerName|ConnectionInput|ConnectionType|\w+Targets|S3Encryption|CloudWatchEncryption|JobBookmarksEncryption|JobName)["']?\s*:|\bType["']?\s*:\s*["']?(?:SCHEDULED|CONDITIONAL|ON_DEMAND)\b/;
/** A name that other modules may start something by. */
const CONSTANT = /^[ \t]*[A-Z][A-Z0-9_]*[ \t]*(?::[^=\n]+)?=[ \t]*["'][\w.-]+["']/m;
/** Calls of programs that start or wait for what other files describe. */
const CALLERS =
  /\b(?:start_(?:workflow_run|crawler|execution|sync_execution)|StartExecutionCommand|Glue(?:Job|Crawler)(?:Operator|Sensor)|StepFunctionStartExecutionOperator|GlueStartJobRun)\b/;
/** Words that one of the files must have that the server looks at. */
const WORDS = /StartAt|aws_sfn_state_machine|AWS::S(?:tepFunctions|erverless)::StateMachine/;
/** On a line that is typed they say that a document may have become one for the server. */
const LINES = [WORDS, GLUE_WORDS, CALLERS, CONFIG_WORDS, CONSTANT, /\bStates\b/, /\bimport\b/];
/** What is larger is data. */
const MAX_LENGTH = 4 * 1024 * 1024;

/**
 * Whether the language server has something to say about a document: a definition, or a file of another kind with the
 * words of one in it. Looks at no more than the text; the server looks closer.
 */
export function isWorthServing(document: Pick<TextDocument, 'languageId' | 'fileName' | 'getText'>): boolean {
  const { languageId, fileName } = document;
  if (DEFINITION_LANGUAGES.has(languageId)) return true;
  const isTerraform = TERRAFORM.test(languageId) || /\.(?:tf|tofu)$/i.test(fileName);
  const isData = DATA.test(languageId) || /\.template$/i.test(fileName);
  if (!isTerraform && !isData && !PROGRAM.test(languageId)) return false;
  const isPython = languageId === 'python';
  if (isData && /\.glue\.\w+$/i.test(fileName)) return true;
  const text = document.getText();
  if (text.length > MAX_LENGTH) return false;
  if (GLUE_WORDS.test(text)) return true;
  if (isData && CONFIG_WORDS.test(text)) return true;
  if (!isData && !isTerraform && CALLERS.test(text)) return true;
  if (isPython && (CONSTANT.test(text) || mayCallHelpers({ path: fileName, text }))) return true;
  if (isTerraform) return text.includes('aws_sfn_state_machine') || hasBoth(text);
  if (!isData) return hasBoth(text);
  return /AWS::S(?:tepFunctions|erverless)::StateMachine/.test(text) || hasStages(text, languageId);
}

/** Jobs of several stages, `<stage>/jobs/<job>/<parameter>`; workflows of GitHub have theirs at the top. */
function hasStages(text: string, languageId: string): boolean {
  return languageId === 'yaml' && /^[ \t]+jobs[ \t]*:[ \t]*$/m.test(text) && !/^\s*runs-on:/m.test(text);
}

function hasBoth(text: string): boolean {
  return text.includes('StartAt') && text.includes('States');
}

/** The open documents that the server is told of; all others cost neither a message nor a request. */
export class ServedDocuments {
  readonly #served = new Set<string>();

  has(uri: string): boolean {
    return this.#served.has(uri);
  }

  /** A document opened; says whether to tell the server. */
  open(document: TextDocument): boolean {
    if (!isWorthServing(document)) return false;
    this.#served.add(document.uri.toString());
    return true;
  }

  /** A document changed: the server knows it, hears of it now, or need not care. */
  change({ document, contentChanges }: TextDocumentChangeEvent): 'known' | 'new' | 'none' {
    if (this.#served.has(document.uri.toString())) return 'known';
    const last = document.lineCount - 1;
    const mayMatter = contentChanges.some(({ range, text }) => {
      // The words stand on one line each: those that were touched say whether one has come up.
      const end = Math.min(last, range.start.line + (text.match(/\n/g)?.length ?? 0));
      for (let line = Math.min(last, range.start.line); line <= end; line++) {
        const now = document.lineAt(line).text;
        if (LINES.some((words) => words.test(now))) return true;
      }
      return false;
    });
    return mayMatter && isWorthServing(document) ? 'new' : 'none';
  }

  close(document: TextDocument): boolean {
    return this.#served.delete(document.uri.toString());
  }
}
