import { readFileSync } from 'node:fs';
import { zstdCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { SkiagramError } from '../../../src/base/error.ts';
import { inspect } from '../../../src/harness/inspect/reader.ts';
import { openZip } from '../../../src/harness/source/zip.ts';
import { brokenTexts, expectRefused, wrongValues } from '../malformed.ts';
import { readFiles } from '../read-files.ts';
import { type Entry, writeZip } from '../write-zip.ts';

const fixture = (name: string) => readFileSync(new URL(`./fixtures/${name}`, import.meta.url));
const text = fixture('lengths.json.txt').toString();
const log = JSON.parse(text);

const variants = [
  ...brokenTexts(text, 'log.json'),
  ...wrongValues(log, [
    { path: ['version'], kinds: ['text', 'null', 'gone'] },
    { path: ['status'], kinds: ['a number', 'text', 'null', 'gone'] },
    { path: ['eval'], kinds: ['a list', 'text', 'gone'] },
    { path: ['eval', 'task'], kinds: ['a number', 'null', 'gone'] },
    { path: ['eval', 'model'], kinds: ['a number', 'an object', 'gone'] },
    { path: ['eval', 'created'], kinds: ['a number', 'text', 'gone'] },
    { path: ['eval', 'dataset'], kinds: ['text', 'gone'] },
    { path: ['eval', 'dataset', 'samples'], kinds: ['text', 'a list'] },
    { path: ['eval', 'config'], kinds: ['a list', 'gone'] },
    { path: ['eval', 'config', 'epochs'], kinds: ['text', 'a list'] },
    { path: ['eval', 'packages'], kinds: ['a list'] },
    { path: ['results'], kinds: ['null', 'a list', 'gone'] },
    { path: ['results', 'total_samples'], kinds: ['text', 'gone'] },
    { path: ['results', 'completed_samples'], kinds: ['null'] },
    { path: ['results', 'scores'], kinds: ['an object', 'gone'] },
    { path: ['results', 'scores', 0], kinds: ['a number', 'null'] },
    { path: ['results', 'scores', 0, 'name'], kinds: ['a number', 'gone'] },
    { path: ['results', 'scores', 0, 'scorer'], kinds: ['null'] },
    { path: ['results', 'scores', 0, 'metrics'], kinds: ['a list', 'text', 'gone'] },
    { path: ['results', 'scores', 0, 'metrics', 'accuracy', 'value'], kinds: ['text', 'a list', 'true', 'gone'] },
    { path: ['samples'], kinds: ['text', 'an object'] },
    { path: ['samples', 1], kinds: ['a number', 'null'] },
    { path: ['samples', 1, 'id'], kinds: ['null', 'a list', 'gone'] },
    { path: ['samples', 1, 'epoch'], kinds: ['text', 'gone'] },
    { path: ['samples', 1, 'input'], kinds: ['a number', 'gone'] },
    { path: ['samples', 1, 'target'], kinds: ['a number', 'gone'] },
    { path: ['samples', 1, 'scores'], kinds: ['a list', 'text'] },
  ]),
];

test.each(variants)('refused with file and place: $name', async (variant) => {
  await expectRefused(variant, 'log.json', (broken) => readFiles(inspect, { 'log.json': broken }, ['log.json']));
});

// biome-ignore lint/suspicious/noExplicitAny: changes the document on purpose
const values: [string, string, string, (copy: any) => void][] = [
  ['a later version', 'results-malformed', 'version', (copy) => (copy.version = 3)],
  ['epoch 0', 'results-malformed', 'samples[1].epoch', (copy) => (copy.samples[1].epoch = 0)],
  ['a sample twice', 'results-malformed', 'samples[3]', (copy) => copy.samples.push(copy.samples[0])],
  [
    'a score twice',
    'results-malformed',
    'results.scores[2]',
    (copy) => copy.results.scores.push(copy.results.scores[0]),
  ],
  ['a negative error', 'results-malformed', 'stderr', (copy) => (copy.results.scores[0].metrics.stderr.value = -1)],
  [
    'another question in the second epoch',
    'results-malformed',
    'another input',
    (copy) => copy.samples.push({ ...copy.samples[0], epoch: 2, input: 'What?' }),
  ],
  ['a started run', 'run-incomplete', 'started', (copy) => (copy.status = 'started')],
  ['a cancelled run', 'run-incomplete', 'cancelled', (copy) => (copy.status = 'cancelled')],
];

test.each(values)('refused with file and place: %s', async (_, code, place, change) => {
  const copy = structuredClone(log);
  change(copy);
  const error = await refusal({ 'log.json': JSON.stringify(copy) });
  expect(error).toMatchObject({ code, message: expect.stringContaining('log.json') });
  expect(error.message).toContain(place);
});

test('a real run that failed is refused with what it died of', async () => {
  const error = await refusal({ 'log.json': fixture('broken.json.txt') });
  expect(error).toMatchObject({ code: 'run-incomplete', message: expect.stringContaining('"error": ') });
  expect(error.message).toContain('the solver gave up');
});

const real = await openZip(fixture('plain.eval'), 'plain.eval');
const all: Entry[] = real.names.map((name) => ({ name, content: real.read(name) as Buffer }));
const header = JSON.parse(String(real.read('header.json')));
const but = (name: string, change: Partial<Entry>): Entry[] =>
  all.map((entry) => (entry.name === name ? { ...entry, ...change } : entry));
const sample = 'samples/2_epoch_1.json';
const whole = fixture('plain.eval');

const archives: [string, string, string, Buffer][] = [
  [
    'no header: the run died',
    'run-incomplete',
    'header.json',
    writeZip(all.filter(({ name }) => name !== 'header.json')),
  ],
  ['no entries', 'run-incomplete', 'header.json', writeZip([])],
  [
    'a header of a run that failed',
    'run-incomplete',
    'header.json',
    writeZip(but('header.json', { content: JSON.stringify({ ...header, status: 'error' }) })),
  ],
  [
    'a header that is no JSON',
    'results-malformed',
    'header.json:1:',
    writeZip(but('header.json', { content: '<html>' })),
  ],
  [
    'a header without results',
    'results-malformed',
    'header.json: the top: Missing key "results"',
    writeZip(but('header.json', { content: JSON.stringify({ ...header, results: undefined }) })),
  ],
  ['a sample that is no JSON', 'results-malformed', `${sample}:`, writeZip(but(sample, { content: '{"id": 2,' }))],
  [
    'a sample without an id',
    'results-malformed',
    `${sample}: the top: Missing key "id"`,
    writeZip(but(sample, { content: '{"epoch": 1}' })),
  ],
  [
    'a sample under another name again',
    'results-malformed',
    'samples/z.json',
    writeZip([...all, { name: 'samples/z.json', content: real.read(sample) as Buffer }]),
  ],
  ['an archive cut short', 'zip-corrupt', 'log.eval: ', whole.subarray(0, -40)],
  ['half an archive', 'zip-corrupt', 'log.eval: ', whole.subarray(0, whole.length / 2)],
  ['only its first bytes', 'zip-corrupt', 'log.eval: ', whole.subarray(0, 5)],
  [
    'a name that climbs out',
    'zip-corrupt',
    '../etc/passwd',
    writeZip([...all, { name: '../etc/passwd', content: 'x' }]),
  ],
  [
    'a name that climbs out from within',
    'zip-corrupt',
    'samples/../../x',
    writeZip([...all, { name: 'samples/../../x', content: 'x' }]),
  ],
  ['an absolute name', 'zip-corrupt', '/etc/passwd', writeZip([...all, { name: '/etc/passwd', content: 'x' }])],
  ['a drive letter', 'zip-corrupt', 'C:/x', writeZip([...all, { name: 'C:/x', content: 'x' }])],
  ['an entry of gigabytes', 'zip-too-large', sample, writeZip(but(sample, { size: 3_000_000_000 }))],
  ['an entry that unpacks 100,000 fold', 'zip-too-large', sample, writeZip(but(sample, { size: 200_000_000 }))],
  ['an entry longer than it says', 'zip-corrupt', sample, writeZip(but(sample, { size: 10 }))],
  ['a deflated entry longer than it says', 'zip-corrupt', sample, writeZip(but(sample, { size: 10, method: 8 }))],
  ['an entry shorter than it says', 'zip-corrupt', sample, writeZip(but(sample, { size: 100_000 }))],
  [
    'a bomb behind a small size',
    'zip-corrupt',
    sample,
    writeZip(but(sample, { packed: zstdCompressSync(Buffer.alloc(50_000_000)) })),
  ],
  ['a stored entry of two sizes', 'zip-corrupt', sample, writeZip(but(sample, { size: 10, method: 0 }))],
  ['a wrong checksum', 'zip-corrupt', sample, writeZip(but(sample, { crc: 1 }))],
  ['an encrypted entry', 'zip-corrupt', sample, writeZip(but(sample, { flags: 1 }))],
  ['unknown packing', 'zip-corrupt', sample, writeZip(but(sample, { method: 12 }))],
  ['packing that the directory denies', 'zip-corrupt', sample, writeZip(but(sample, { listedMethod: 8 }))],
  [
    'a name that the directory denies',
    'zip-corrupt',
    'samples/x',
    writeZip(but(sample, { listedAs: 'samples/x.json' })),
  ],
  ['an entry outside the file', 'zip-corrupt', sample, writeZip(but(sample, { offset: 4_000_000 }))],
  ['an entry that runs past the file', 'zip-corrupt', sample, writeZip(but(sample, { packedSize: 4_000_000 }))],
  ['entries that overlap', 'zip-corrupt', 'overlaps', writeZip(but(sample, { packedSize: 3000, size: 6000 }))],
  ['a directory elsewhere', 'zip-corrupt', 'log.eval: ', writeZip(all, { directory: 7 })],
  ['a directory of more entries', 'zip-corrupt', 'log.eval: ', writeZip(all, { count: 100 })],
  [
    'a Zstandard stream cut short',
    'zip-corrupt',
    sample,
    writeZip(but(sample, { packed: zstdCompressSync('{}').subarray(0, 8) })),
  ],
  [
    'a Zstandard stream that is none',
    'zip-corrupt',
    sample,
    writeZip(but(sample, { packed: Buffer.from('no stream at all') })),
  ],
  [
    'rubbish after a Zstandard frame',
    'zip-corrupt',
    sample,
    writeZip(
      but(sample, { packed: Buffer.concat([zstdCompressSync(real.read(sample) as Buffer), Buffer.from('rubbish!')]) }),
    ),
  ],
];

test.each(archives)('an archive is refused with file and entry: %s', async (_, code, place, bytes) => {
  const error = await refusal({ 'log.eval': bytes });
  expect(error).toMatchObject({ code, hint: expect.any(String) });
  expect(error.message).toContain('log.eval');
  expect(error.message).toContain(place);
});

test('bounds of all entries together hold before anything is unpacked', async () => {
  const many = Array.from({ length: 20 }, (_, index) => ({
    name: `samples/${index}.json`,
    content: Buffer.alloc(1000),
  }));
  const limits = { entries: 100, entryBytes: 1e6, totalBytes: 10_000, ratio: 1000, freeBytes: 1e6 };
  await expect(openZip(writeZip(many), 'log.eval', limits)).rejects.toMatchObject({
    code: 'zip-too-large',
    message: expect.stringContaining('samples/10.json'),
  });
  await expect(openZip(writeZip(many), 'log.eval', { ...limits, entries: 10 })).rejects.toMatchObject({
    code: 'zip-too-large',
  });
});

async function refusal(files: Record<string, string | Buffer>): Promise<SkiagramError> {
  const error = await readFiles(inspect, files, Object.keys(files)).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(SkiagramError);
  return error as SkiagramError;
}
