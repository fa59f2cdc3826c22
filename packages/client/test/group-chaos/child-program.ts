/** Programs of this folder as child processes, run from source. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export type ProgramName = 'broker-process' | 'member-process' | 'producer-process';

/** A running program. Whoever forgets it kills it with itself: programs end when their parent is gone. */
export class ChildProgram {
  readonly name: ProgramName;
  readonly #child: ChildProcess;
  readonly #exited: Promise<void>;
  #stderr = '';
  #outcome: string | undefined;
  #isExpectedToEnd = false;

  constructor(name: ProgramName, settings: object, { compileCache }: { compileCache: string }) {
    this.name = name;
    this.#child = fork(join(import.meta.dirname, `${name}.ts`), [JSON.stringify(settings)], {
      execArgv: ['--conditions=@tidelog/source', '--disable-warning=ExperimentalWarning'],
      // Saves each child the compilation of all sources, most of its start.
      env: { ...process.env, NODE_COMPILE_CACHE: compileCache },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#child.stderr?.on('data', (chunk: Buffer) => {
      this.#stderr = (this.#stderr + chunk.toString()).slice(-10_000);
    });
    this.#exited = once(this.#child, 'close').then(([code, signal]) => {
      this.#outcome = `exit code ${String(code)}, signal ${String(signal)}`;
    });
  }

  /** Why the program ended though nobody told it to; undefined while all is well. */
  get failure(): string | undefined {
    if (this.#outcome === undefined || this.#isExpectedToEnd) return undefined;
    return `${this.name}: ${this.#outcome}\n${this.#stderr}`;
  }

  /** The next message of the program. Rejects when it ends instead. */
  async message<T>(): Promise<T> {
    const ended = this.#exited.then(() => {
      throw new Error(this.failure ?? `${this.name} ended`);
    });
    ended.catch(() => undefined);
    const [message] = (await Promise.race([once(this.#child, 'message'), ended])) as [T];
    return message;
  }

  /** `SIGSTOP` or `SIGCONT`. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.#child.kill(signal);
  }

  /** Kills it and waits until it is gone. */
  async kill(): Promise<void> {
    this.#isExpectedToEnd = true;
    if (this.#outcome === undefined) this.#child.kill('SIGKILL');
    await this.#exited;
  }

  /** Asks it to end by itself and waits for that. Rejects when it failed. */
  async close(): Promise<void> {
    if (this.#outcome === undefined) this.#child.send('close', () => undefined);
    await this.#exited;
    if (this.#outcome !== 'exit code 0, signal null') throw new Error(this.failure ?? this.#outcome);
    this.#isExpectedToEnd = true;
  }
}
