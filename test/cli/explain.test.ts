import { describe, expect, test } from 'vitest';
import { glossary } from '../../src/pipeline/glossary.ts';
import { skiagram } from './skiagram.ts';

describe('skiagram explain', () => {
  test('lists findings, then diagnostics, each id once', async () => {
    const { stdout, exitCode } = await skiagram(['explain']);
    expect(exitCode).toBe(0);
    const lines = stdout.split('\n');
    expect(lines[0]).toBe('Findings');
    const at = (start: string): number => lines.findIndex((line) => line.trimStart().startsWith(start));
    expect(at('narrowing')).toBeLessThan(at('Diagnostics'));
    expect(at('Diagnostics')).toBeLessThan(at('alpha_share '));
    for (const { id } of glossary)
      expect(
        lines.filter((line) => line.trim().split(/\s+/)[0] === id),
        id,
      ).toHaveLength(1);
  });

  test('prints the decision rule, the thresholds with their provenance and the source of a finding', async () => {
    const { stdout } = await skiagram(['explain', 'alpha-share-drop']);
    expect(stdout).toContain('Decision rule');
    expect(stdout).toContain('exact McNemar p ≤ 0.05');
    expect(stdout).toMatch(/alpha_low: 2\s+\(paper\)/);
    expect(stdout).toMatch(/share_margin: 5 percentage points\s+\(ours/);
    expect(stdout).toContain('Source  Benchmark Shadows § 4.2.1');
  });

  test('prints the formula of a diagnostic', async () => {
    const { stdout } = await skiagram(['explain', 'alpha_share_change']);
    expect(stdout).toContain('Formula');
    expect(stdout).toContain('(entered − left)/n');
  });
});
