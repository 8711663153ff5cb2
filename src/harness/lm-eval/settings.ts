/** One value of a `key: value` argument that lm-eval hands on to the model or to generation. */
export type LmEvalArgument =
  | string
  | number
  | boolean
  | null
  | readonly LmEvalArgument[]
  | { readonly [key: string]: LmEvalArgument };

/** What to evaluate and how: everything about a run but the checkpoint itself. */
export interface LmEvalSettings {
  /** Id of the suite, repeated in the run's normal form. */
  readonly suite: string;
  /** lm-eval's model type, e.g. `hf`, `vllm`, `local-completions`; see back-ends.ts. */
  readonly model: string;
  /**
   * More arguments of the back end; never the checkpoint where the back end loads it itself, and never a secret: lm-eval saves
   * them.
   */
  readonly modelArgs?: Readonly<Record<string, LmEvalArgument>>;
  /** Names of tasks, groups or tags. */
  readonly tasks: readonly string[];
  /** Folders of task files; the first is also the working directory, so that relative `data_files` in it are found. */
  readonly includePath?: string | readonly string[];
  /** Ignored by tasks whose own file says 0. */
  readonly numFewshot?: number;
  /** A number, `auto` or `auto:N`. Default 1, as lm-eval's. */
  readonly batchSize?: number | string;
  /** Largest size that `auto` may choose. */
  readonly maxBatchSize?: number;
  /** `cpu`, `cuda:0`, `mps`, … Default `cpu`: lm-eval's own default, `cuda:0`, falls back to the CPU without a word. */
  readonly device?: string;
  /** Storage type of the weights, e.g. `bfloat16`. Default: what the checkpoint declares. */
  readonly dtype?: string;
  /** First documents of each task; below 1, a share of them. */
  readonly limit?: number;
  /** Documents of each task, by index, instead of all of them; every task is named. Excludes `limit`. */
  readonly samples?: Readonly<Record<string, readonly number[]>>;
  /** One seed for all four generators (python, numpy, torch, few-shot), or one each. */
  readonly seed?: number | readonly number[];
  /** True for the tokenizer's own template, or the name of one of several. */
  readonly applyChatTemplate?: boolean | string;
  readonly systemInstruction?: string;
  /** Few-shot examples as turns of a conversation; lm-eval does so by default where a chat template is applied. */
  readonly fewshotAsMultiturn?: boolean;
  readonly genKwargs?: Readonly<Record<string, LmEvalArgument>>;
  /** Lets tasks run code that the model wrote. */
  readonly unsafeCode?: boolean;
  /** Lets the checkpoint's and the data sets' own Python code run. */
  readonly trustRemoteCode?: boolean;
  /** Further keys of lm-eval's config file, as they are. */
  readonly more?: Readonly<Record<string, LmEvalArgument>>;
  /** Wall-clock limit of one run in milliseconds. */
  readonly timeoutMs?: number;
  /** Forbids every download. */
  readonly offline: boolean;
}

/** The include paths as a list. */
export function includePaths({ includePath }: Pick<LmEvalSettings, 'includePath'>): readonly string[] {
  return includePath === undefined ? [] : typeof includePath === 'string' ? [includePath] : includePath;
}
