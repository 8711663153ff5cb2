import { readFileSync } from 'node:fs';
import { Dossier } from '../../src/dossier/dossier.ts';
import { Findings } from '../../src/findings/finding.ts';
import { writeReports } from '../../src/pipeline/write-reports.ts';
import { RunFolder } from '../../src/store/run-folder.ts';
import { Verdict } from '../../src/verdict/verdict.ts';

/**
 * One rendering in a process of its own, everything imported and read beforehand: prints milliseconds from the documents to
 * report.html on disk, processor time of the same, and its size in bytes.
 */
const [folderPath = ''] = process.argv.slice(2);
const folder = await RunFolder.open(folderPath);
const documents = {
  dossier: await folder.read(Dossier, 'dossier.json'),
  findings: await folder.read(Findings, 'findings.json'),
  verdict: await folder.read(Verdict, 'verdict.json'),
};
const { dossier, findings, verdict } = documents;
if (!dossier || !findings || !verdict) throw new Error(`${folderPath} holds no run.`);
const [from, cpu] = [performance.now(), process.cpuUsage()];
await writeReports(
  {
    folder,
    progress: { update: () => {}, note: () => {}, warn: () => {} },
    signal: new AbortController().signal,
    stages: [],
  },
  { dossier, findings, verdict },
  ['html'],
  { started: '2026-01-02T03:04:05.000Z', engine: 'planted' },
);
const milliseconds = performance.now() - from;
const { user, system } = process.cpuUsage(cpu);
console.log(
  JSON.stringify({
    milliseconds,
    processor: (user + system) / 1000,
    bytes: readFileSync(folder.path('report.html')).byteLength,
  }),
);
