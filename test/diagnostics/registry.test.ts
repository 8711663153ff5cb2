import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { diagnostics } from '../../src/diagnostics/registry.ts';

describe.each(Object.entries<Diagnostic>(diagnostics))('%s', (id, { meta }) => {
  test('is registered under its own id and says everything a reader needs', () => {
    expect(meta.id).toBe(id);
    expect(meta.id).toMatch(/^[A-Za-z][a-z0-9_]*$/);
    for (const text of [meta.title, meta.description, meta.formula, meta.source])
      expect(text.length).toBeGreaterThan(3);
    expect(meta.description).toMatch(/\.$/);
    expect(meta.title).not.toMatch(/\.$/);
  });

  test('says where each threshold comes from', () => {
    for (const { name, value, provenance } of meta.thresholds) {
      expect(name).not.toBe('');
      expect(value).not.toBe('');
      expect(provenance).toMatch(/^(paper|ours|WeightWatcher)/);
    }
  });
});
