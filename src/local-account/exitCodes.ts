/** How the process of the account ends, for whoever started it. */
export const exitCodes = {
  done: 0,
  failed: 1,
  badUsage: 2,
  /** Another process has this state folder; its address is in the endpoint file. */
  alreadyRunning: 3,
  portTaken: 4,
} as const;
