import type { UpgradeStep } from '../../base/schema-version.ts';

/**
 * Steps from older versions of documents to the next, one file each in this folder, named `<document>-<from>.ts`. Empty as long
 * as every document is at its first version: 1.0 has only ever grown by keys that may be missing.
 *
 * A step is needed where a key is renamed, becomes required or changes its meaning; the schema's `schemaVersion` then goes up.
 */
export const upgrades: readonly UpgradeStep[] = [];
