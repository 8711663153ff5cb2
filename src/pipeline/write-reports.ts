import { readdir, readFile } from 'node:fs/promises';
import { toErrorInfo } from '../base/error.ts';
import type { ReportFormat } from '../config/config.ts';
import type { Dossier } from '../dossier/dossier.ts';
import type { Findings } from '../findings/finding.ts';
import { Gate } from '../gate/gate.ts';
import { printPdf } from '../print/pdf.ts';
import { type ReportInput, renderHtml, renderJson, renderMarkdown, type Templates } from '../report/report.ts';
import type { Verdict } from '../verdict/verdict.ts';
import { type RunContext, throwIfStopped } from './context.ts';
import { glossaryOf } from './glossary.ts';
import { packageRoot, toolVersion } from './version.ts';

/** What a report shows besides the join itself. */
export interface ReportFacts {
  /** ISO time at which the run started; the only time in a report. */
  readonly started: string;
  readonly engine: string;
  readonly browser?: string;
}

/**
 * Dossier, findings and verdict -> report.html, .md, .json, .pdf in the run folder. The HTML is written before the PDF
 * is tried; a PDF that fails is recorded and everything else stands.
 */
export async function writeReports(
  context: Pick<RunContext, 'folder' | 'progress' | 'signal' | 'stages'>,
  joined: { dossier: Dossier; findings: Findings; verdict: Verdict },
  formats: readonly ReportFormat[],
  facts: ReportFacts,
): Promise<{ written: string[]; pdfFailed: boolean }> {
  const gate = await context.folder.read(Gate, 'gate.json');
  const input: ReportInput = {
    ...joined,
    ...(gate ? { gate } : {}),
    context: {
      tool: { name: 'skiagram', version: toolVersion },
      created: facts.started,
      engine: facts.engine,
      node: process.version,
      platform: `${process.platform}-${process.arch}`,
    },
    glossary: glossaryOf(joined.dossier, joined.findings),
    templates: await loadTemplates(),
  };
  const written: string[] = [];
  const write = async (name: string, data: string | Uint8Array): Promise<void> => {
    await context.folder.writeText(name, data);
    written.push(context.folder.path(name));
  };
  const html = formats.includes('html') || formats.includes('pdf') ? await renderHtml(input) : '';
  if (formats.includes('html')) await write('report.html', html);
  if (formats.includes('md')) await write('report.md', renderMarkdown(input));
  if (formats.includes('json')) await write('report.json', renderJson(input));
  const pdfFailed = formats.includes('pdf') && !(await tryPdf(context, html, facts, write));
  return { written, pdfFailed };
}

async function tryPdf(
  context: Pick<RunContext, 'progress' | 'signal' | 'stages'>,
  html: string,
  facts: ReportFacts,
  write: (name: string, data: Uint8Array) => Promise<void>,
): Promise<boolean> {
  context.progress.update({ stage: 'report', subject: 'report.pdf', state: 'running', text: 'printing' });
  try {
    await write(
      'report.pdf',
      await printPdf(html, {
        created: facts.started,
        signal: context.signal,
        ...(facts.browser === undefined ? {} : { browser: facts.browser }),
      }),
    );
    context.progress.update({ stage: 'report', subject: 'report.pdf', state: 'done' });
    return true;
  } catch (thrown) {
    throwIfStopped(context.signal);
    const error = toErrorInfo(thrown);
    if (error.code === 'disk-full' || error.code === 'output-unwritable') throw thrown;
    context.stages.push({ stage: 'pdf', subject: 'report.pdf', outcome: 'failed', seconds: 0, error });
    context.progress.update({ stage: 'report', subject: 'report.pdf', state: 'failed', text: error.message });
    return false;
  }
}

async function loadTemplates(): Promise<Templates> {
  const folder = new URL('templates/', packageRoot);
  const names = (await readdir(folder)).filter((name) => /\.(hbs|css)$/.test(name));
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(new URL(name, folder), 'utf8')] as const)),
  );
}
