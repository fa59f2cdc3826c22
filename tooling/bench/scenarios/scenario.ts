/** One group of figures. `pnpm bench NAME…` runs those whose name is given, all without names. */
import type { Figure } from '../figures.ts';

export interface ScenarioContext {
  /** A directory on the disk under test; each scenario makes its own below it. */
  readonly scratchRoot: string;
  /** How long each measurement lasts. */
  readonly durationMs: number;
}

export interface Scenario {
  readonly name: string;
  readonly title: string;
  /** Takes long or much disk: left out unless named. */
  readonly onlyByName?: boolean;
  run(context: ScenarioContext): Promise<Figure[]>;
}
