/**
 * Stands before a VS Code server as the gateway of a Codespace does: the browser is at another host name, and each port of
 * the machine has a host name of its own. Nothing of it is known to the server but the address of ports.
 */
export interface FrontDoor {
  /** Where the browser finds the server, without a path. */
  readonly url: string;
  /** Where it finds a port of the machine, for VSCODE_PROXY_URI. */
  readonly portsUrl: string;
  /** The hosts that were asked for. */
  readonly hosts: ReadonlySet<string>;
  /** Names the port of the server. */
  leadTo(port: number): void;
  close(): Promise<void>;
}

/** Opens one on a free port of 127.0.0.1. The caller closes it. */
export function openFrontDoor(): Promise<FrontDoor>;
