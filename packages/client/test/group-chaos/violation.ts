/** What a check found. */
export interface Violation {
  /** The promise that was broken, in a few fixed words: tests and statistics go by it. */
  readonly rule: string;
  /** Who, which partition, when. */
  readonly message: string;
}
