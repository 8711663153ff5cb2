import { readFile } from 'node:fs/promises';
import { SkiagramError } from '../base/error.ts';
import { pathText, problemsOf } from '../base/validate.ts';
import { HubDatasets } from '../card/model-card.ts';
import { parseYaml } from '../harness/source/yaml.ts';
import { diskError } from '../store/write.ts';

/**
 * A YAML or JSON file of tasks and their places on the hub: `my_task: {id: org/dataset, task_id: main, scale: percent}`.
 *
 * @throws SkiagramError `datasets-invalid` naming file and place
 */
export async function readDatasets(path: string): Promise<HubDatasets> {
  const text = await readFile(path, 'utf8').catch((cause) => {
    throw (cause as NodeJS.ErrnoException).code === 'ENOENT'
      ? invalid(path, 'There is no such file')
      : diskError(path, cause);
  });
  const value = parseYaml(text, path);
  const problem = problemsOf(HubDatasets, value)[0];
  if (problem)
    throw invalid(path, `${pathText(problem.path)}: ${problem.message.replace(/\.$/, '')}`, problem.suggestion);
  return value as HubDatasets;
}

function invalid(path: string, what: string, meant?: string): SkiagramError {
  return new SkiagramError({
    code: 'datasets-invalid',
    message: `${path}: ${what}.`,
    hint: meant
      ? `Did you mean "${meant}"?`
      : 'A line is: name_of_task: {id: org/dataset, task_id: main, scale: percent}.',
    exitCode: 2,
  });
}
