/**
 * Commander's Command with our form of a usage error: one line on standard error, which names the command whose
 * `--help` says more.
 */
import { Command, type ErrorOptions } from 'commander';

/** What Kafka's tools and clients call some of our options. */
const KAFKA_WORDS: Readonly<Record<string, string>> = {
  '--bootstrap-server': '--broker',
  '--bootstrap-servers': '--broker',
  '--broker-list': '--broker',
  '--brokers': '--broker',
  '-b': '--broker',
  '--max-messages': '--count',
  '--property': '--format',
};

export class TidelogCommand extends Command {
  override createCommand(name?: string): TidelogCommand {
    return new TidelogCommand(name);
  }

  /** Ends the command with exit code 2. */
  override error(message: string, options?: ErrorOptions): never {
    const line = this.#inOurWords(message.replace(/^error: /, ''))
      .replace(/\n\(Did you mean (.*)\?\)$/s, '; did you mean $1?')
      .replaceAll('\n', ' ');
    return super.error(`tidelog: ${line} (${fullName(this)} --help says more)`, options);
  }

  /** Suggests the option that Kafka's tools have under another name, where this command has it. */
  #inOurWords(message: string): string {
    const unknown = /^unknown option '(-{1,2}[\w-]+)[^']*'/.exec(message);
    const ours = KAFKA_WORDS[unknown?.[1] ?? ''];
    if (unknown === null || ours === undefined) return message;
    return this.options.some(({ long }) => long === ours) ? `${unknown[0]}; did you mean ${ours}?` : message;
  }
}

/** `tidelog topic create` */
export function fullName(command: Command): string {
  return command.parent === null ? command.name() : `${fullName(command.parent)} ${command.name()}`;
}
