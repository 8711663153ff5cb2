/**
 * The one direction of flow, written once: a stage may import the stages listed for it and everything those
 * may import. Read by dependency-cruiser, by test/architecture.test.ts and by docs/ARCHITECTURE.md's test.
 *
 * The two branches (weights and scores) never see each other; they meet in `dossier`.
 * @type {Record<string, string[]>}
 */
export const layers = {
  base: [],
  process: ['base'],
  config: ['base'],
  checkpoint: ['base'],
  spectrum: ['checkpoint', 'process'],
  diagnostics: ['spectrum'],
  harness: ['process'],
  scores: ['harness'],
  families: ['scores'],
  dossier: ['config', 'diagnostics', 'families'],
  findings: ['dossier'],
  verdict: ['findings'],
  gate: ['verdict'],
  report: ['gate'],
  card: ['report'],
  leaderboard: ['report'],
  print: ['base'],
  store: ['base'],
  pipeline: ['report', 'card', 'leaderboard', 'print', 'store'],
  cli: ['pipeline'],
};

/** Stages that may touch disk, processes or the network; every other stage is proved pure by tsconfig.pure.json. */
export const impure = ['process', 'checkpoint', 'spectrum', 'harness', 'print', 'store', 'config', 'pipeline', 'cli'];

/** Every stage reachable from `layer`, itself included. */
export function reachable(layer) {
  return new Set([layer, ...(layers[layer] ?? []).flatMap((next) => [...reachable(next)])]);
}
