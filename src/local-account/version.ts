/** Version of what the process and its clients say to each other, and of the state on disk. */
export const accountVersion = 2;
