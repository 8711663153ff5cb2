import { layers, reachable } from './layers.mjs';

const oneWay = Object.keys(layers).map((layer) => ({
  name: `one-way-${layer}`,
  comment: `src/${layer} may import only the stages before it (layers.mjs).`,
  severity: 'error',
  from: { path: `^src/${layer}/` },
  to: { path: '^src/[^/]+/', pathNot: `^src/(${[...reachable(layer)].join('|')})/` },
}));

const onlyHere = (name, layer, modules) => ({
  name,
  comment: `Only src/${layer} may import ${modules}.`,
  severity: 'error',
  from: { path: '^src/', pathNot: `^src/${layer}/` },
  to: { path: `node_modules/(${modules})/` },
});

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...oneWay,
    onlyHere('browser-only-in-print', 'print', 'puppeteer-core|@sparticuz'),
    onlyHere('arguments-only-in-cli', 'cli', 'commander|log-update|cli-table3'),
    onlyHere('linear-algebra-only-in-spectrum', 'spectrum', 'ml-matrix'),
    onlyHere('charts-only-in-report', 'report', 'vega|vega-lite|handlebars'),
    {
      name: 'known-layers-only',
      comment: 'A folder under src/ that layers.mjs does not list.',
      severity: 'error',
      from: { path: '^src/([^/]+)/', pathNot: `^src/(${Object.keys(layers).join('|')})/` },
      to: {},
    },
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-dev-dependencies',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
  },
};
