/**
 * A running driver: starts its process, asks it for operations, ends it.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { ArgumentsOf, Operation, ResultOf } from './operations.ts';

/** How long one operation may take before its driver counts as hung. */
const OPERATION_TIMEOUT_MS = 30_000;
const KEPT_ERROR_CHARACTERS = 4_000;

/** The client has no such call; the message says why. */
export class UnsupportedByClient extends Error {}

/** The client reported a failure. */
export class DriverError extends Error {
  /** The broker's error by its name, where the client tells. */
  readonly code: string | undefined;

  constructor(message: string, code: string | undefined) {
    super(message);
    this.code = code;
  }
}

interface Answer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: string;
  readonly code?: string;
  readonly unsupported?: string;
}

interface Waiting {
  readonly operation: Operation;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

export class Driver {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #errorOutput = '';
  #end: string | undefined;

  /** Starts a process; its standard streams carry the operations. */
  constructor(command: readonly string[]) {
    const [program = '', ...args] = command;
    // A group of its own: what the driver starts ends with it.
    this.#child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'], detached: true });
    createInterface({ input: this.#child.stdout! }).on('line', (line) => this.#onLine(line));
    this.#child.stderr!.on('data', (chunk: Buffer) => {
      this.#errorOutput = (this.#errorOutput + chunk.toString()).slice(-KEPT_ERROR_CHARACTERS);
    });
    // A driver that is gone is reported by its exit.
    this.#child.stdin!.on('error', () => undefined);
    this.#child.once('error', (error) => this.#onEnd(error.message));
    this.#child.once('exit', (code, signal) => this.#onEnd(`it exited (${String(code ?? signal)})`));
  }

  /** Rejects with UnsupportedByClient or DriverError. */
  async call<O extends Operation>(operation: O, args: ArgumentsOf<O>): Promise<ResultOf<O>> {
    if (this.#end !== undefined) throw this.#gone(operation);
    const id = ++this.#lastId;
    return await new Promise<ResultOf<O>>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(id);
        reject(this.#failure(`${operation} took longer than ${OPERATION_TIMEOUT_MS} ms`));
      }, OPERATION_TIMEOUT_MS);
      this.#waiting.set(id, { operation, resolve: resolve as (result: unknown) => void, reject, timer });
      this.#child.stdin!.write(`${JSON.stringify({ id, operation, arguments: args })}\n`);
    });
  }

  /** Ends the process and all that it started. */
  async stop(): Promise<void> {
    if (this.#end !== undefined) return;
    const exited = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.stdin!.end();
    const timer = setTimeout(() => this.#kill(), 5_000);
    await exited;
    clearTimeout(timer);
  }

  #kill(): void {
    try {
      process.kill(-this.#child.pid!, 'SIGKILL');
    } catch {
      // It has just ended by itself.
    }
  }

  #onLine(line: string): void {
    const { id, result, error, code, unsupported } = JSON.parse(line) as Answer;
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return;
    this.#waiting.delete(id);
    clearTimeout(waiting.timer);
    if (unsupported !== undefined) waiting.reject(new UnsupportedByClient(unsupported));
    else if (error !== undefined) waiting.reject(new DriverError(`${waiting.operation}: ${error}`, code));
    else waiting.resolve(result);
  }

  #onEnd(reason: string): void {
    this.#end = reason;
    for (const { operation, reject, timer } of this.#waiting.values()) {
      clearTimeout(timer);
      reject(this.#gone(operation));
    }
    this.#waiting.clear();
  }

  #gone(operation: Operation): Error {
    return this.#failure(`${operation}: the driver is gone: ${this.#end}`);
  }

  #failure(message: string): Error {
    return new DriverError(`${message}\n${this.#errorOutput}`, undefined);
  }
}
