/**
 * Bugs that the simulation can be given, to prove that its checker finds them.
 *
 * - `acknowledges early`: a member tells that it has given partitions up while it goes on with them.
 * - `unfenced commits`: a member that was stopped commits before it looks at its clock, and the coordinator accepts commits of former members.
 * - `forgets an append`: a coordinator that starts again has lost what was acknowledged last.
 * - `answers unwritten`: the coordinator answers long before its log has what it decided.
 * - `skips on assignment`: a member starts behind the committed offset.
 */
export const PLANTED_BUGS = [
  'acknowledges early',
  'unfenced commits',
  'forgets an append',
  'answers unwritten',
  'skips on assignment',
] as const;

export type PlantedBug = (typeof PLANTED_BUGS)[number];
