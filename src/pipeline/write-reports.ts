import { toErrorInfo } from '../base/error.ts';
import type { Paper } from '../base/paper.ts';
import type { ReportFormat } from '../config/config.ts';
import type { Dossier } from '../dossier/dossier.ts';
import type { Findings } from '../findings/finding.ts';
import { type ReportInput, renderCsv, renderHtml, renderJson, renderMarkdown } from '../report/report.ts';
import { tables } from '../report/tables/registry.ts';
import { parquetBytes } from '../store/parquet-file.ts';
import type { Verdict } from '../verdict/verdict.ts';
import { type RunContext, throwIfStopped } from './context.ts';
import { glossaryOf } from './glossary.ts';
import { loadTemplates } from './load-templates.ts';
import { toolVersion } from './version.ts';

/** What a report shows besides the join itself. */
export interface ReportFacts {
  /** ISO time at which the run started; the only time in a report. */
  readonly started: string;
  readonly engine: string;
  readonly browser?: string;
  /** Sheet of the PDF; A4 when left out. */
  readonly paper?: Paper;
  /** Folder with templates that are laid over the built-in ones. */
  readonly template?: string;
}

/**
 * Dossier, findings and verdict -> report.html, .md, .json, .pdf and tables/ in the run folder. The HTML is written before the
 * PDF is tried, and also where only the PDF was wanted and failed; a PDF that fails is recorded and everything else stands.
 *
 * Throws what reading templates throws.
 */
export async function writeReports(
  context: Pick<RunContext, 'folder' | 'progress' | 'signal' | 'stages'>,
  joined: { dossier: Dossier; findings: Findings; verdict: Verdict },
  formats: readonly ReportFormat[],
  facts: ReportFacts,
): Promise<{ written: string[]; pdfFailed: boolean }> {
  const input = await reportInput(joined, facts);
  const written: string[] = [];
  const write = async (name: string, data: string | Uint8Array): Promise<void> => {
    await context.folder.writeText(name, data);
    written.push(context.folder.path(name));
  };
  const html = formats.includes('html') || formats.includes('pdf') ? await renderHtml(input) : '';
  if (formats.includes('html')) await write('report.html', html);
  if (formats.includes('md')) await write('report.md', renderMarkdown(input));
  if (formats.includes('json')) await write('report.json', renderJson(input));
  if (formats.includes('csv')) for (const [name, text] of renderCsv(joined)) await write(`tables/${name}`, text);
  if (formats.includes('parquet'))
    for (const make of tables) {
      const table = make(joined);
      await write(`tables/${table.name}.parquet`, await parquetBytes(table));
    }
  const pdfFailed = formats.includes('pdf') && !(await tryPdf(context, html, facts, write));
  if (pdfFailed && !formats.includes('html')) await write('report.html', html);
  return { written, pdfFailed };
}

/** Everything that a report is made of, for one more rendering or one of its charts. */
export async function reportInput(
  joined: { dossier: Dossier; findings: Findings; verdict: Verdict },
  facts: ReportFacts,
): Promise<ReportInput> {
  return {
    ...joined,
    context: {
      tool: { name: 'skiagram', version: toolVersion },
      created: facts.started,
      engine: facts.engine,
      node: process.version,
      platform: `${process.platform}-${process.arch}`,
    },
    glossary: glossaryOf(joined.dossier, joined.findings),
    templates: await loadTemplates(facts.template),
  };
}

async function tryPdf(
  context: Pick<RunContext, 'progress' | 'signal' | 'stages'>,
  html: string,
  facts: ReportFacts,
  write: (name: string, data: Uint8Array) => Promise<void>,
): Promise<boolean> {
  context.progress.update({ stage: 'report', subject: 'report.pdf', state: 'running', text: 'printing' });
  try {
    const { printPdf } = await import('../print/pdf.ts');
    await write(
      'report.pdf',
      await printPdf(html, {
        created: facts.started,
        signal: context.signal,
        ...(facts.browser === undefined ? {} : { browser: facts.browser }),
        ...(facts.paper === undefined ? {} : { paper: facts.paper }),
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
