import type { Command } from '../command.ts';

/**
 * Every command by its name, in the order of `skiagram --help`; each is loaded when it is needed, because what they import
 * together takes longer than most questions are worth.
 */
export const commands = {
  run: async () => (await import('./run.ts')).run,
  evaluate: async () => (await import('./evaluate.ts')).evaluate,
  diagnose: async () => (await import('./diagnose.ts')).diagnose,
  import: async () => (await import('./import.ts')).importCommand,
  report: async () => (await import('./report.ts')).report,
  gate: async () => (await import('./gate.ts')).gate,
  open: async () => (await import('./open.ts')).open,
  compare: async () => (await import('./compare.ts')).compare,
  chart: async () => (await import('./chart.ts')).chart,
  card: async () => (await import('./card.ts')).card,
  leaderboard: async () => (await import('./leaderboard.ts')).leaderboard,
  query: async () => (await import('./query.ts')).query,
  init: async () => (await import('./init.ts')).init,
  doctor: async () => (await import('./doctor.ts')).doctor,
  setup: async () => (await import('./setup.ts')).setup,
  demo: async () => (await import('./demo.ts')).demo,
  schema: async () => (await import('./schema.ts')).schema,
  explain: async () => (await import('./explain.ts')).explain,
  list: async () => (await import('./list.ts')).list,
} as const satisfies Record<string, () => Promise<Command>>;
