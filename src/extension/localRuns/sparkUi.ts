import { env, Uri } from 'vscode';
import { freePort } from './freePort.ts';

/** A port of this machine's 127.0.0.1 for Spark's web interface, and the address at which the user's browser finds it. */
export interface SparkUi {
  readonly port: number;
  readonly url: string;
}

/** In a remote window the browser is on another machine, and VS Code forwards the port to it. */
export async function placeSparkUi(): Promise<SparkUi> {
  const port = await freePort();
  const uri = await env.asExternalUri(Uri.parse(`http://127.0.0.1:${port}`));
  return { port, url: uri.toString(true) };
}
