/** What the exit code of every command means; scripts rely on it. */

/** The command did what it was asked to; also when the reader of its output went away. */
export const EXIT_DONE = 0;
/** The command was understood and failed, or was interrupted before it was done; standard error says why. */
export const EXIT_FAILED = 1;
/** The command line is wrong: an unknown option, a missing argument, a bad value, options that contradict. */
export const EXIT_USAGE = 2;
