/**
 * The files and directories of the in-memory file system: live content, durable content, and the changes between
 * the two, of which a power loss keeps an arbitrary part.
 *
 * Invariants: applying all pending changes to the durable content gives the live content, unless a sync failed
 * (then what it dropped is in the live content alone). The durable content is never ahead of the live one.
 */
import type { Random } from './seeded-random.ts';

export type MemoryNode = MemoryFile | MemoryDirectory;

const SECTOR_BYTES = 512;

/** Bytes with a size, growing with zeros. */
class Content {
  #buffer: Buffer = Buffer.alloc(0);
  sizeBytes = 0;

  bytes(): Buffer {
    return this.#buffer.subarray(0, this.sizeBytes);
  }

  write(position: number, bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.resize(Math.max(this.sizeBytes, position + bytes.length));
    this.#buffer.set(bytes, position);
  }

  resize(sizeBytes: number): void {
    if (sizeBytes > this.#buffer.length) {
      const grown = Buffer.alloc(Math.max(sizeBytes, this.#buffer.length * 2, 256));
      this.#buffer.copy(grown, 0, 0, this.sizeBytes);
      this.#buffer = grown;
    }
    if (sizeBytes < this.sizeBytes) this.#buffer.fill(0, sizeBytes, this.sizeBytes);
    this.sizeBytes = sizeBytes;
  }

  copy(): Content {
    const copy = new Content();
    copy.write(0, this.bytes());
    copy.sizeBytes = this.sizeBytes;
    return copy;
  }
}

type FileChange =
  | { readonly kind: 'write'; readonly position: number; readonly bytes: Buffer }
  | { readonly kind: 'resize'; readonly sizeBytes: number };

export class MemoryFile {
  mtimeMs: number;
  #live = new Content();
  #durable = new Content();
  #pending: FileChange[] = [];
  /** Changes that are not pending any more. */
  #settledCount = 0;

  constructor(mtimeMs: number) {
    this.mtimeMs = mtimeMs;
  }

  get sizeBytes(): number {
    return this.#live.sizeBytes;
  }

  /** Changes so far, for the sync that begins now. */
  get changeCount(): number {
    return this.#settledCount + this.#pending.length;
  }

  bytes(): Buffer {
    return this.#live.bytes();
  }

  read(target: Uint8Array, position: number): number {
    const part = this.#live.bytes().subarray(position, position + target.length);
    target.set(part);
    return part.length;
  }

  write(position: number, bytes: Buffer, nowMs: number): void {
    this.mtimeMs = nowMs;
    this.#live.write(position, bytes);
    this.#pending.push({ kind: 'write', position, bytes });
  }

  truncate(sizeBytes: number, nowMs: number): void {
    this.mtimeMs = nowMs;
    this.#live.resize(sizeBytes);
    this.#pending.push({ kind: 'resize', sizeBytes });
  }

  damage(position: number, bytes: Uint8Array): void {
    this.#live.write(position, bytes);
    this.#durable.write(position, bytes);
  }

  /** A sync that began after so many changes succeeded. */
  makeDurable(changeCount: number): void {
    for (const change of this.#settle(changeCount)) applyWhole(this.#durable, change);
  }

  /** A sync that began after so many changes failed. */
  dropPending(changeCount: number): void {
    this.#settle(changeCount);
  }

  /** Of what it drops nothing is in memory any more. */
  forgetDropped(): void {
    const content = this.#durable.copy();
    for (const change of this.#pending) applyWhole(content, change);
    this.#live = content;
  }

  #settle(changeCount: number): FileChange[] {
    const settled = this.#pending.splice(0, Math.max(0, changeCount - this.#settledCount));
    this.#settledCount += settled.length;
    return settled;
  }

  totalBytes(): number {
    return this.#live.sizeBytes;
  }

  /** With what is durable and what is not: the page cache outlives the process. */
  copyLive(): MemoryFile {
    const copy = new MemoryFile(this.mtimeMs);
    copy.#live = this.#live.copy();
    copy.#durable = this.#durable.copy();
    copy.#pending = [...this.#pending];
    return copy;
  }

  copyAfterPowerLoss(random: Random): MemoryFile {
    const content = this.#durable.copy();
    // Each file draws how much of it tends to survive, so that all and nothing are as likely as a mixture.
    const survival = drawSurvival(random);
    for (const change of this.#pending) applyPart(content, change, { survival, random });
    const copy = new MemoryFile(this.mtimeMs);
    copy.#live = content;
    copy.#durable = content.copy();
    return copy;
  }
}

function applyWhole(content: Content, change: FileChange): void {
  if (change.kind === 'write') content.write(change.position, change.bytes);
  else content.resize(change.sizeBytes);
}

function applyPart(content: Content, change: FileChange, fate: { survival: number; random: Random }): void {
  const { survival, random } = fate;
  if (change.kind === 'resize') {
    if (random.next() < survival) content.resize(change.sizeBytes);
    return;
  }
  const { position, bytes } = change;
  const sizeBytes =
    random.next() < survival ? Math.max(content.sizeBytes, position + bytes.length) : content.sizeBytes;
  const tornAt = random.next() < 0.25 ? random.below(bytes.length + 1) : bytes.length;
  for (let start = 0; start < bytes.length;) {
    const end = Math.min(bytes.length, start + SECTOR_BYTES - ((position + start) % SECTOR_BYTES));
    const keptEnd = Math.min(end, tornAt);
    if (keptEnd > start && random.next() < survival) {
      content.write(position + start, bytes.subarray(start, keptEnd));
    }
    start = end;
  }
  content.resize(sizeBytes);
}

function drawSurvival(random: Random): number {
  const draw = random.below(4);
  return draw === 0 ? 0 : draw === 1 ? 1 : random.next();
}

/** One change of names; `source` is set for a rename. */
interface NameChange {
  readonly directory: MemoryDirectory;
  readonly name: string;
  /** What the name means from then on; undefined: nothing. */
  readonly node: MemoryNode | undefined;
  readonly source: { readonly directory: MemoryDirectory; readonly name: string } | undefined;
}

export class MemoryDirectory {
  readonly live: Map<string, MemoryNode> = new Map<string, MemoryNode>();
  readonly #durable = new Map<string, MemoryNode>();
  /** A rename is listed in its target's directory alone: a sync of that directory makes both names durable. */
  #pending: NameChange[] = [];
  #settledCount = 0;

  get changeCount(): number {
    return this.#settledCount + this.#pending.length;
  }

  set(name: string, node: MemoryNode | undefined): void {
    setName(this.live, name, node);
    this.#pending.push({ directory: this, name, node, source: undefined });
  }

  rename(name: string, toDirectory: MemoryDirectory, toName: string): void {
    const node = this.live.get(name) as MemoryNode;
    this.live.delete(name);
    toDirectory.live.set(toName, node);
    toDirectory.#pending.push({
      directory: toDirectory,
      name: toName,
      node,
      source: { directory: this, name },
    });
  }

  makeDurable(changeCount: number): void {
    for (const change of this.#settle(changeCount)) {
      setName(this.#durable, change.name, change.node);
      if (change.source !== undefined)
        change.source.directory.#forgetDurable(change.source.name, change.node);
    }
  }

  forgetDropped(): void {
    for (const node of this.live.values()) node.forgetDropped();
  }

  #settle(changeCount: number): NameChange[] {
    const settled = this.#pending.splice(0, Math.max(0, changeCount - this.#settledCount));
    this.#settledCount += settled.length;
    return settled;
  }

  totalBytes(): number {
    let totalBytes = 0;
    for (const node of this.live.values()) totalBytes += node.totalBytes();
    return totalBytes;
  }

  /** With what is durable and what is not; `copies` has the nodes that were copied already. */
  copyLive(copies: Map<MemoryNode, MemoryNode> = new Map<MemoryNode, MemoryNode>()): MemoryDirectory {
    const copy = new MemoryDirectory();
    copies.set(this, copy);
    const copyOf = <N extends MemoryNode>(node: N): N => {
      const made = copies.get(node) ?? node.copyLive(copies);
      copies.set(node, made);
      return made as N;
    };
    for (const [name, node] of this.live) copy.live.set(name, copyOf(node));
    for (const [name, node] of this.#durable) copy.#durable.set(name, copyOf(node));
    copy.#pending = this.#pending.map(({ name, node, source }) => ({
      directory: copy,
      name,
      node: node === undefined ? undefined : copyOf(node),
      source: source === undefined ? undefined : { directory: copyOf(source.directory), name: source.name },
    }));
    return copy;
  }

  copyAfterPowerLoss(random: Random): MemoryDirectory {
    const names = new Map(this.#durable);
    const survival = drawSurvival(random);
    const lostNames = new Set<string>();
    for (const change of this.#pending) {
      const touched = [change.name];
      if (change.source?.directory === this) touched.push(change.source.name);
      // The changes of one name survive in order: one that is lost takes the later ones with it.
      if (touched.some((name) => lostNames.has(name)) || random.next() >= survival) {
        for (const name of touched) lostNames.add(name);
        continue;
      }
      setName(names, change.name, change.node);
      if (change.source?.directory === this) names.delete(change.source.name);
    }
    const copy = new MemoryDirectory();
    for (const [name, node] of names) copy.#put(name, node.copyAfterPowerLoss(random));
    return copy;
  }

  #put(name: string, node: MemoryNode): void {
    this.live.set(name, node);
    this.#durable.set(name, node);
  }

  #forgetDurable(name: string, node: MemoryNode | undefined): void {
    if (this.#durable.get(name) === node) this.#durable.delete(name);
  }
}

function setName(names: Map<string, MemoryNode>, name: string, node: MemoryNode | undefined): void {
  if (node === undefined) names.delete(name);
  else names.set(name, node);
}
