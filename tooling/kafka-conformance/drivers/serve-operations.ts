/**
 * The process side of a driver: lines in, operations of a client, lines out (operations.ts has the form).
 */
import { createInterface } from 'node:readline';
import type { ArgumentsOf, Operation, ResultOf } from '../operations.ts';

/** What a client can do. An operation that is missing is one that the client does not have. */
export type DriverOperations = {
  readonly [O in Operation]?: (args: ArgumentsOf<O>) => Promise<ResultOf<O>>;
} & { readonly open: (args: ArgumentsOf<'open'>) => Promise<ResultOf<'open'>> };

/** A client that cannot do what was asked, for the reason given. */
export class Unsupported extends Error {}

export interface ServeOptions {
  readonly operations: DriverOperations;
  /** The broker's error in what the client threw, by name. */
  readonly errorCode: (error: unknown) => string | undefined;
  /** Ends what is open. */
  readonly close: () => Promise<void>;
}

/** Serves until standard input ends, then exits. */
export function serveOperations({ operations, errorCode, close }: ServeOptions): void {
  const write = (answer: object): void => void process.stdout.write(`${JSON.stringify(answer)}\n`);
  const lines = createInterface({ input: process.stdin });
  lines.on('line', (line) => {
    const { id, operation, arguments: args } = JSON.parse(line) as Call;
    const run = operations[operation] as ((args: unknown) => Promise<unknown>) | undefined;
    if (run === undefined) {
      write({ id, unsupported: 'the client has no such call' });
      return;
    }
    run(args).then(
      (result) => write({ id, result }),
      (error: unknown) => {
        const { message } = error as Error;
        if (error instanceof Unsupported) write({ id, unsupported: message });
        else write({ id, error: message, code: errorCode(error) });
      },
    );
  });
  lines.once('close', () => {
    void close()
      .catch((error: unknown) => console.error(error))
      .finally(() => process.exit(0));
  });
}

interface Call {
  readonly id: number;
  readonly operation: Operation;
  readonly arguments: unknown;
}
