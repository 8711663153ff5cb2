import { stat } from 'node:fs/promises';
import { SkiagramError } from '../base/error.ts';
import { pathText } from '../base/validate.ts';
import { buildCard, type CardInput } from '../card/build-card.ts';
import type { CardFormatId } from '../card/format.ts';
import { byStem, type CardFile } from '../card/format.ts';
import type { LeftOut, ModelCard } from '../card/model-card.ts';
import { cardFormats } from '../card/registry.ts';
import { diagnostics } from '../diagnostics/registry.ts';
import { Dossier } from '../dossier/dossier.ts';
import { ScoresDocument } from '../harness/scores-document.ts';
import { Manifest } from '../store/manifest.ts';
import { RunFolder } from '../store/run-folder.ts';
import { Verdict } from '../verdict/verdict.ts';
import { toolVersion } from './version.ts';

/** What only the user can say of the cards of a run. */
export interface CardOptions {
  readonly folder: string;
  /** Left out = every checkpoint of the run. */
  readonly checkpoint?: string | undefined;
  readonly model?: CardInput['model'];
  readonly publisher: CardInput['publisher'];
  readonly datasets?: CardInput['datasets'];
}

/** A card with the folder name that no other card of the run has. */
export interface NamedCard {
  readonly card: ModelCard;
  readonly stem: string;
}

/**
 * The cards of a run folder, from its artifacts alone.
 *
 * @throws SkiagramError `run-missing`, `artifact-invalid`, `checkpoint-unknown`
 */
export async function cardsOf(options: CardOptions): Promise<NamedCard[]> {
  const exists = await stat(options.folder).catch(() => undefined);
  const folder = RunFolder.at(options.folder);
  const dossier = exists?.isDirectory() ? await folder.read(Dossier, 'dossier.json') : undefined;
  const verdict = dossier ? await folder.read(Verdict, 'verdict.json') : undefined;
  if (!dossier || !verdict) throw runMissing(options.folder);
  const manifest = await folder.read(Manifest, 'manifest.json');
  const ids = dossier.checkpoints.map(({ id }) => id);
  const stems = byStem(ids, (id) => id);
  const wanted = options.checkpoint === undefined ? ids : [options.checkpoint];
  const cards: NamedCard[] = [];
  for (const id of wanted) {
    const scores =
      ids.includes(id) && isFileName(id) ? await folder.read(ScoresDocument, `scores/${id}.json`) : undefined;
    const card = buildCard(
      {
        dossier,
        verdict,
        scores,
        tool: { name: 'skiagram', version: toolVersion },
        created: manifest?.started ?? new Date(0).toISOString(),
        configHash: manifest?.configHash ?? null,
        diagnostics: Object.values(diagnostics).map(({ meta }) => meta),
        model: options.model ?? {},
        publisher: options.publisher,
        datasets: options.datasets,
      },
      id,
    );
    cards.push({ card, stem: stems.find(({ items }) => items.includes(id))?.stem ?? 'card' });
  }
  return cards;
}

/** The files of a card in the given formats, each read back and held against its schema; a file that fails is a bug of ours. */
export function cardFiles(
  card: ModelCard,
  formats: readonly CardFormatId[],
): { files: CardFile[]; leftOut: (LeftOut & { format: CardFormatId })[] } {
  const rendered = formats.map((format) => ({ format, ...cardFormats[format].render(card) }));
  for (const { format, files } of rendered)
    for (const { path, text } of files) {
      const [problem] = cardFormats[format].check(text);
      if (problem) throw new Error(`${path} would break its format at ${pathText(problem.path)}: ${problem.message}`);
    }
  return {
    files: rendered.flatMap(({ files }) => files),
    leftOut: rendered.flatMap(({ format, leftOut }) => leftOut.map((entry) => ({ ...entry, format }))),
  };
}

/** The one checkpoint that a card for a README or a repository is of: the one named, or the only one that has a base. */
export function onlyCard(cards: readonly NamedCard[], what: string): ModelCard {
  const compared = cards.filter(({ card }) => card.comparisons.length > 0);
  const [only, ...others] = cards.length === 1 ? cards : compared;
  if (only && others.length === 0) return only.card;
  throw new SkiagramError({
    code: 'card-ambiguous',
    message: `${what} takes the card of one checkpoint; the run holds ${cards.map(({ card }) => card.model.checkpoint).join(', ')}.`,
    hint: 'Name one with --checkpoint.',
    exitCode: 2,
  });
}

/** Ids of a config are file names; others are in no scores folder. */
function isFileName(id: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(id);
}

function runMissing(path: string): SkiagramError {
  return new SkiagramError({
    code: 'run-missing',
    message: `${path} holds no finished run (dossier.json and verdict.json).`,
    hint: 'Make one with `skiagram run`, or name its folder.',
    exitCode: 2,
  });
}
