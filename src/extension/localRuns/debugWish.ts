/** A run that waits for a debugger before its script begins. */
export interface DebugWish {
  /** Port of this machine's 127.0.0.1 that the debugger connects to. */
  readonly port: number;
  /** debugpy listens; called once at most. */
  readonly onWaiting: () => void;
  /** The run is over, also where it never came to listen. */
  readonly onEnd: () => void;
}
