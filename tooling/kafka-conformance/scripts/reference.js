/** The page of Kafka clients and what works; run by tooling/reference-docs.js. */
import { compatibilityPage } from '../compatibility-page.ts';
import { readSuiteCounts, readVerdicts } from '../verdicts.ts';

export const pages = {
  'docs/reference/kafka-compatibility.md': compatibilityPage(readVerdicts(), readSuiteCounts()),
};
