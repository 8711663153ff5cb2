import { didYouMean } from '../../base/did-you-mean.ts';
import { exitCodes, SkiagramError } from '../../base/error.ts';
import { type CardFormatId, cardFormatIds } from '../../card/format.ts';
import type { PullRequest } from '../../pipeline/push-card.ts';
import type { Command, Session } from '../command.ts';
import { printable } from '../terminal.ts';

const relations = ['first_party', 'third_party', 'collaborative', 'other'] as const;

/** `skiagram card`: what a model card can say of a checkpoint. */
export const card: Command = {
  name: 'card',
  summary: 'a section for a model card, and the scores in the formats of the hub',
  description:
    'Reads a finished run and writes, for each checkpoint, what a model card can say of it. Nothing is computed; needs no Python, no GPU and no weights.\nWith --into or --push the card of one checkpoint goes into a README.md or a pull request instead (docs/CARDS.md).',
  arguments: [{ name: '[run]', text: 'run folder (default: the newest under runs/)' }],
  flags: [
    { flags: '--checkpoint <id>', text: 'card of this checkpoint only' },
    {
      flags: '--format <list>',
      text: `formats, separated by commas: ${cardFormatIds.join(', ')} (default: all)`,
      parse: parseCardFormats,
    },
    {
      flags: '--out <dir>',
      text: 'folder for the files, one folder in it a checkpoint (default: cards/ in the run folder)',
    },
    { flags: '--into <readme>', text: 'put the section (md) and the results (model-index) into this README.md' },
    {
      flags: '--push <repo>',
      text: 'show the pull request for this model repository of the hub; nothing is sent without --yes',
    },
    { flags: '--yes', text: 'with --push: open the pull request, with the token in HF_TOKEN' },
    { flags: '--model <id>', text: 'hub id of the model (default: the repository of --push, else none)' },
    { flags: '--organization <name>', text: 'who publishes the scores, for every-eval-ever' },
    {
      flags: '--relationship <kind>',
      text: 'how that organization stands to the model, for every-eval-ever (default: other)',
      choices: relations,
    },
    { flags: '--source <url>', text: 'where the logs of the evaluation can be read', parse: parseSource },
    { flags: '--datasets <file>', text: 'YAML with the places of tasks on the hub, for eval-results (docs/CARDS.md)' },
  ],
  examples: [
    { line: 'skiagram card runs/tiny --checkpoint narrow', text: 'all formats, under runs/tiny/cards/narrow' },
    {
      line: 'skiagram card runs/tiny --checkpoint narrow --into runs/tiny/README.md',
      text: 'the section and the results in a README.md',
    },
  ],
  act: async ([folder], options, session) => {
    const text = (name: string): string | undefined =>
      typeof options[name] === 'string' ? (options[name] as string) : undefined;
    const [into, push, out] = [text('into'), text('push'), text('out')];
    if (options.yes === true && push === undefined)
      throw usage('--yes belongs to --push', 'Say --push org/name, or leave out --yes.');
    const formats = options.format as CardFormatId[] | undefined;
    if (into !== undefined && formats && !formats.includes('md') && !formats.includes('model-index'))
      throw usage('--into takes the formats md and model-index', 'Name one of them, or leave out --format.');
    const { newestRun } = await import('../../pipeline/newest-run.ts');
    const { cardsOf } = await import('../../pipeline/run-cards.ts');
    const { repoName } = await import('../../pipeline/push-card.ts');
    const hubId = text('model') ?? push;
    const datasets = text('datasets');
    const run = typeof folder === 'string' ? folder : await newestRun('runs');
    const cards = await cardsOf({
      folder: run,
      checkpoint: text('checkpoint'),
      model: { hubId: hubId === undefined ? undefined : repoName(hubId) },
      publisher: {
        organization: text('organization') ?? null,
        relationship: relations.find((kind) => kind === text('relationship')) ?? 'other',
        source: text('source') ?? null,
      },
      ...(datasets === undefined
        ? {}
        : { datasets: await (await import('../../pipeline/read-datasets.ts')).readDatasets(datasets) }),
    });
    const done: Done = { wrote: [], unchanged: [], leftOut: [] };
    if (out !== undefined || (into === undefined && push === undefined))
      await writeFiles(cards, formats ?? cardFormatIds, out ?? `${run}/cards`, done);
    if (into !== undefined) await writeInto(cards, into, formats ?? ['md', 'model-index'], done);
    const request =
      push === undefined ? undefined : await pushed(cards, push, formats, options.yes === true, session, done);
    report(done, request, session);
    return exitCodes.ok;
  },
};

type Cards = Awaited<ReturnType<typeof import('../../pipeline/run-cards.ts').cardsOf>>;
type Sent = PullRequest & { readonly url?: string };
interface Done {
  readonly wrote: string[];
  readonly unchanged: string[];
  readonly leftOut: { what: string; reason: string; format?: string; checkpoint: string }[];
}

async function writeFiles(cards: Cards, formats: readonly CardFormatId[], out: string, done: Done): Promise<void> {
  const { cardFiles } = await import('../../pipeline/run-cards.ts');
  const { writeWhole } = await import('../../store/write.ts');
  for (const { card: one, stem } of cards) {
    const { files, leftOut } = cardFiles(one, formats);
    for (const { path, text } of files) {
      await writeWhole(`${out}/${stem}/${path}`, text);
      done.wrote.push(`${out}/${stem}/${path}`);
    }
    done.leftOut.push(...leftOut.map((entry) => ({ ...entry, checkpoint: one.model.checkpoint })));
  }
}

async function writeInto(cards: Cards, path: string, formats: readonly CardFormatId[], done: Done): Promise<void> {
  const { insertInto } = await import('../../pipeline/insert-into.ts');
  const { onlyCard } = await import('../../pipeline/run-cards.ts');
  const one = onlyCard(cards, '--into');
  const { changed, leftOut } = await insertInto(path, one, formats);
  (changed ? done.wrote : done.unchanged).push(path);
  done.leftOut.push(...leftOut.map((entry) => ({ ...entry, checkpoint: one.model.checkpoint })));
}

async function pushed(
  cards: Cards,
  repo: string,
  formats: readonly CardFormatId[] | undefined,
  send: boolean,
  { common, signal }: Session,
  done: Done,
): Promise<Sent> {
  if (common.offline) throw usage('--push asks the hub, and --offline forbids it', 'Leave out one of the two.');
  const { preparePullRequest, sendPullRequest } = await import('../../pipeline/push-card.ts');
  const { onlyCard } = await import('../../pipeline/run-cards.ts');
  const one = onlyCard(cards, '--push');
  const access = {
    repo,
    hubUrl: process.env.HF_ENDPOINT?.replace(/\/+$/, '') || undefined,
    accessToken: process.env.HF_TOKEN?.trim() || undefined,
    signal,
  };
  const request = await preparePullRequest(one, formats ?? ['md', 'model-index', 'eval-results'], access);
  done.leftOut.push(...request.leftOut.map((entry) => ({ ...entry, checkpoint: one.model.checkpoint })));
  return send && request.files.length > 0 ? { ...request, url: await sendPullRequest(request, access) } : request;
}

function report(done: Done, request: Sent | undefined, { terminal, common }: Session): void {
  if (terminal.json) {
    terminal.printJson({
      schemaVersion: '1.0',
      ...done,
      ...(request ? { pullRequest: { sent: request.url !== undefined, ...request } } : {}),
    });
    return;
  }
  const { dim } = terminal.colors;
  for (const path of done.wrote) terminal.print(`  ${dim('wrote')} ${printable(path)}`);
  for (const path of done.unchanged) terminal.print(`  ${dim('unchanged')} ${printable(path)}`);
  if (request) {
    terminal.print(`Pull request to ${request.repo}, based on ${request.parent.slice(0, 12)}: ${request.title}`);
    for (const { path, text, existed } of request.files) {
      terminal.print(`  ${dim(existed ? 'changes' : 'adds')} ${printable(path)} (${Buffer.byteLength(text)} bytes)`);
      if (common.verbose) terminal.print(printable(text));
    }
    terminal.print(outcome(request));
  }
  const reasons = new Map<string, string[]>();
  for (const { what, reason, format, checkpoint } of done.leftOut) {
    const place = `${format === undefined ? '' : `${format}: `}${reason}`;
    reasons.set(place, [...(reasons.get(place) ?? []), `${checkpoint}/${what}`]);
  }
  for (const [reason, names] of reasons)
    terminal.note(
      printable(
        `left out (${names.length}), ${reason}: ${names.slice(0, 4).join(', ')}${names.length > 4 ? ', …' : ''}`,
      ),
    );
}

function outcome({ files, url }: Sent): string {
  if (files.length === 0) return 'The repository holds all of it already; nothing is to be sent.';
  if (url !== undefined) return `Opened ${printable(url)}`;
  return 'Nothing was sent. --verbose shows the files whole, --yes opens the pull request.';
}

function parseCardFormats(text: string): CardFormatId[] {
  return text.split(',').map((name) => {
    const known = cardFormatIds.find((format) => format === name.trim());
    if (known) return known;
    const meant = didYouMean(name.trim(), cardFormatIds);
    throw new SkiagramError({
      code: 'format-unknown',
      message: `"${name}" is not a format of cards.`,
      hint: `${meant ? `Did you mean "${meant}"? ` : ''}Known: ${cardFormatIds.join(', ')}.`,
      exitCode: exitCodes.usage,
    });
  });
}

function parseSource(text: string): string {
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return text;
  throw usage(
    `--source must be an address that begins with http:// or https://; received "${text}"`,
    'Leave it out if there is none.',
  );
}

function usage(message: string, hint: string): SkiagramError {
  return new SkiagramError({ code: 'usage', message: `${message}.`, hint, exitCode: exitCodes.usage });
}
