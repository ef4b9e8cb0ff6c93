import { definedOf } from '../processes/python/interpreter.ts';

/** What scripts that run here are given. */
export interface ScriptSurroundings {
  /** Where the script's SDK calls go, and as whom. */
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly region: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What a script may see of this machine's environment; its credentials and settings for AWS stay out. */
const passedOn =
  /^(PATH|LANG|LC_\w+|TZ|TMPDIR|TEMP|TMP|SYSTEMROOT|COMSPEC|PATHEXT|WINDIR|(HTTP|HTTPS|ALL|NO)_PROXY|SSL_CERT_(FILE|DIR)|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE)$/i;

/** The environment of a script that runs here: its SDK calls reach this account and no other. */
export function scriptEnvironment(options: ScriptSurroundings): Record<string, string> {
  const own = definedOf(Object.fromEntries(Object.entries(options.env).filter(([name]) => passedOn.test(name))));
  const noProxy = ['127.0.0.1', 'localhost', own['NO_PROXY'] ?? own['no_proxy'] ?? ''].filter(Boolean).join(',');
  const nowhere = process.platform === 'win32' ? 'NUL' : '/dev/null';
  return {
    ...own,
    NO_PROXY: noProxy,
    no_proxy: noProxy,
    AWS_ENDPOINT_URL: options.endpoint,
    AWS_ACCESS_KEY_ID: options.accessKeyId,
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_REGION: options.region,
    AWS_DEFAULT_REGION: options.region,
    AWS_CONFIG_FILE: nowhere,
    AWS_SHARED_CREDENTIALS_FILE: nowhere,
    AWS_EC2_METADATA_DISABLED: 'true',
    PYTHONUNBUFFERED: '1',
    PYTHONIOENCODING: 'utf-8:backslashreplace',
    PYTHONDONTWRITEBYTECODE: '1',
  };
}
