export interface Emulator {
  /** Such as http://127.0.0.1:41234; any credentials are good. */
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** Starts a fresh emulator on a free port, installing it first when needed. The caller stops it. */
export function startEmulator(name: 'moto' | 'ministack'): Promise<Emulator>;
