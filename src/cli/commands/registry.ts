import type { Command } from '../command.ts';
import { demo } from './demo.ts';
import { diagnose } from './diagnose.ts';
import { doctor } from './doctor.ts';
import { evaluate } from './evaluate.ts';
import { explain } from './explain.ts';
import { importCommand } from './import.ts';
import { init } from './init.ts';
import { leaderboard } from './leaderboard.ts';
import { list } from './list.ts';
import { query } from './query.ts';
import { report } from './report.ts';
import { run } from './run.ts';
import { schema } from './schema.ts';
import { setup } from './setup.ts';

/** Every command, in the order of `skiagram --help`. */
export const commands: readonly Command[] = [
  run,
  evaluate,
  diagnose,
  importCommand,
  report,
  leaderboard,
  query,
  init,
  doctor,
  setup,
  demo,
  schema,
  explain,
  list,
];
