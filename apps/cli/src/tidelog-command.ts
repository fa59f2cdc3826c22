/**
 * Commander's Command with our form of a usage error: one line on standard error, which names the command whose
 * `--help` says more.
 */
import { Command, type ErrorOptions } from 'commander';

export class TidelogCommand extends Command {
  override createCommand(name?: string): TidelogCommand {
    return new TidelogCommand(name);
  }

  /** Ends the command with exit code 2. */
  override error(message: string, options?: ErrorOptions): never {
    const line = message
      .replace(/^error: /, '')
      .replace(/\n\(Did you mean (.*)\?\)$/s, '; did you mean $1?')
      .replaceAll('\n', ' ');
    return super.error(`tidelog: ${line} (${fullName(this)} --help says more)`, options);
  }
}

/** `tidelog topic create` */
export function fullName(command: Command): string {
  return command.parent === null ? command.name() : `${fullName(command.parent)} ${command.name()}`;
}
