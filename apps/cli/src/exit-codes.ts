/** What the exit code of every command means; scripts rely on it. */
export const EXIT_DONE = 0;
/** The command was understood and failed; the reason is on standard error. */
export const EXIT_FAILED = 1;
/** The command line is wrong: an unknown option, a missing argument, a bad value. */
export const EXIT_USAGE = 2;
