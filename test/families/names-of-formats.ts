/** A task as a reader names it, and what the built-in families should make of it. */
export interface NamedTask {
  readonly format: string;
  readonly task: string;
  /** Every metric of the task, `metric,filter`; without a comma the filter is `none`. */
  readonly metrics: readonly string[];
  readonly family: string;
  readonly benchmark: string;
  /** The metric that should be read. */
  readonly read: string;
}

/**
 * Names as the harnesses write them, from their published task lists (inspect_evals, lighteval's tasks, HELM's run
 * entries, VLMEvalKit's and OpenCompass's data sets, lmms-eval's tasks, cards of the Open LLM Leaderboard) and recalled where
 * those were not at hand. `task: metrics -> family/benchmark metric`.
 */
const text: Readonly<Record<string, string>> = {
  inspect: `
    inspect_evals/mmlu_0_shot: accuracy,choice -> knowledge/mmlu accuracy,choice
    mmlu_5_shot: accuracy,choice -> knowledge/mmlu accuracy,choice
    inspect_evals/mmlu_pro: accuracy,choice -> knowledge/mmlu_pro accuracy,choice
    inspect_evals/gpqa_diamond: accuracy,choice -> knowledge/gpqa_diamond accuracy,choice
    inspect_evals/arc_challenge: accuracy,choice -> knowledge/arc_challenge accuracy,choice
    inspect_evals/arc_easy: accuracy,choice -> knowledge/arc_easy accuracy,choice
    inspect_evals/medqa: accuracy,choice -> knowledge/medqa accuracy,choice
    inspect_evals/hellaswag: accuracy,choice -> reasoning/hellaswag accuracy,choice
    inspect_evals/winogrande: accuracy,choice -> reasoning/winogrande accuracy,choice
    inspect_evals/piqa: accuracy,choice -> reasoning/piqa accuracy,choice
    inspect_evals/boolq: accuracy,pattern -> reasoning/boolq accuracy,pattern
    inspect_evals/commonsense_qa: accuracy,choice -> reasoning/commonsense_qa accuracy,choice
    inspect_evals/drop: mean,f1 -> reasoning/drop mean,f1
    inspect_evals/gsm8k: accuracy,match -> math/gsm8k accuracy,match
    inspect_evals/humaneval: accuracy,verify -> code/humaneval accuracy,verify
    inspect_evals/mbpp: accuracy,verify -> code/mbpp accuracy,verify
    inspect_evals/ifeval: prompt_strict_acc,instruction_following final_acc,instruction_following -> instruction_following/ifeval prompt_strict_acc,instruction_following
    inspect_evals/mmmu_multiple_choice: accuracy,choice -> mm_reasoning/mmmu accuracy,choice`,
  lighteval: `
    arc:challenge: acc acc_norm -> knowledge/arc_challenge acc_norm
    arc:easy: acc acc_norm -> knowledge/arc_easy acc_norm
    mmlu:anatomy: acc -> knowledge/mmlu acc
    gpqa:diamond: gpqa_pass@k:k=1 -> knowledge/gpqa_diamond gpqa_pass@k:k=1
    hellaswag: acc acc_norm -> reasoning/hellaswag acc_norm
    winogrande: acc -> reasoning/winogrande acc
    gsm8k: extractive_match -> math/gsm8k extractive_match
    gsm8k: em qem -> math/gsm8k em
    math_500: extractive_match -> math/math_500 extractive_match
    aime24: math_pass@1:1_samples -> math/aime24 math_pass@1:1_samples
    truthfulqa:mc: truthfulqa_mc1 truthfulqa_mc2 -> safety_truthfulness/truthfulqa_mc2 truthfulqa_mc2
    ifeval: prompt_level_strict_acc inst_level_strict_acc -> instruction_following/ifeval prompt_level_strict_acc
    mmlu_pro: extractive_match -> knowledge/mmlu_pro extractive_match`,
  helm: `
    mmlu:subject=anatomy,method=multiple_choice_joint: exact_match quasi_exact_match -> knowledge/mmlu exact_match
    mmlu_pro:subset=all,use_chain_of_thought=true: chain_of_thought_correctness -> knowledge/mmlu_pro chain_of_thought_correctness
    gpqa:subset=gpqa_main,use_chain_of_thought=true: chain_of_thought_correctness -> knowledge/gpqa_main chain_of_thought_correctness
    med_qa: exact_match quasi_exact_match -> knowledge/medqa exact_match
    commonsense:dataset=openbookqa,method=multiple_choice_joint: exact_match -> knowledge/openbookqa exact_match
    commonsense:dataset=hellaswag,method=multiple_choice_separate_original: exact_match -> reasoning/hellaswag exact_match
    boolq: exact_match quasi_exact_match -> reasoning/boolq exact_match
    gsm:stop=none: final_number_exact_match exact_match_indicator -> math/gsm8k final_number_exact_match
    gsm: final_number_exact_match exact_match_indicator -> math/gsm8k final_number_exact_match
    math:subject=algebra,level=1,use_official_examples=False,use_chain_of_thought=True: math_equiv_chain_of_thought -> math/math math_equiv_chain_of_thought
    ifeval: ifeval_strict_accuracy -> instruction_following/ifeval ifeval_strict_accuracy
    narrative_qa: f1_score rouge_l -> reasoning/narrativeqa f1_score
    truthful_qa:task=mc_single: exact_match -> safety_truthfulness/truthfulqa_mc1 exact_match`,
  'model-index': `
    cais/mmlu/all/validation: acc -> knowledge/mmlu acc
    cais/mmlu/all: acc -> knowledge/mmlu acc
    ai2_arc/ARC-Challenge: acc_norm -> knowledge/arc_challenge acc_norm
    allenai/ai2_arc/ARC-Easy: accuracy -> knowledge/arc_easy accuracy
    TIGER-Lab/MMLU-Pro/main: acc -> knowledge/mmlu_pro acc
    hellaswag/validation: acc_norm -> reasoning/hellaswag acc_norm
    Rowan/hellaswag/validation: accuracy -> reasoning/hellaswag accuracy
    winogrande/winogrande_xl/validation: acc -> reasoning/winogrande acc
    gsm8k/main: acc -> math/gsm8k acc
    openai/gsm8k/main: exact_match -> math/gsm8k exact_match
    truthful_qa/multiple_choice/validation: mc2 -> safety_truthfulness/truthfulqa_mc2 mc2
    openai_humaneval: pass@1 -> code/humaneval pass@1
    TAUR-Lab/MuSR: acc_norm -> reasoning/musr acc_norm`,
  'eval-results': `
    Idavidrein/gpqa/diamond: score -> knowledge/gpqa_diamond score
    cais/hle: score -> knowledge/hle score
    cais/hle/hle: score -> knowledge/hle score
    TIGER-Lab/MMLU-Pro: score -> knowledge/mmlu_pro score
    TIGER-Lab/MMLU-Pro/mmlu_pro: score -> knowledge/mmlu_pro score
    openai/gsm8k/gsm8k: score -> math/gsm8k score
    SWE-bench/SWE-bench_Verified: score -> code/swe_bench_verified score`,
  vlmevalkit: `
    MMMU_DEV_VAL: Overall,dev Overall,validation -> mm_reasoning/mmmu Overall,validation
    ScienceQA_TEST: Overall -> mm_reasoning/scienceqa Overall
    MathVista_MINI: acc -> mm_math/mathvista acc
    MathVision: acc -> mm_math/mathvision acc
    MMBench_DEV_EN: Overall,dev -> general_vqa/mmbench Overall,dev
    MMBench_DEV_EN_V11: Overall,dev -> general_vqa/mmbench Overall,dev
    MMStar: Overall -> general_vqa/mmstar Overall
    RealWorldQA: Overall -> general_vqa/realworldqa Overall
    MMVet: acc -> general_vqa/mmvet acc
    MME: perception reasoning sum -> general_vqa/mme sum
    SEEDBench_IMG: Overall -> general_vqa/seedbench Overall
    OCRBench: Final_Score -> ocr_document_chart/ocrbench Final_Score
    DocVQA_VAL: Overall -> ocr_document_chart/docvqa Overall
    InfoVQA_VAL: Overall -> ocr_document_chart/infovqa Overall
    ChartQA_TEST: Overall -> ocr_document_chart/chartqa Overall
    TextVQA_VAL: Overall -> ocr_document_chart/textvqa Overall
    AI2D_TEST: Overall -> ocr_document_chart/ai2d Overall
    AI2D_TEST_NO_MASK: Overall -> ocr_document_chart/ai2d_no_mask Overall
    HallusionBench: aAcc fAcc qAcc average -> hallucination/hallusionbench average
    POPE: Overall acc precision recall -> hallucination/pope Overall
    BLINK: Overall -> multi_image/blink Overall`,
  opencompass: `
    mmlu: naive_average -> knowledge/mmlu -
    lukaemon_mmlu_history: accuracy -> knowledge/mmlu accuracy
    ceval-computer_network: accuracy -> knowledge/ceval accuracy
    cmmlu-agronomy: accuracy -> knowledge/cmmlu accuracy
    ARC-c: accuracy -> knowledge/arc_challenge accuracy
    ARC-e: accuracy -> knowledge/arc_easy accuracy
    GPQA_diamond: accuracy -> knowledge/gpqa_diamond accuracy
    triviaqa: score -> knowledge/triviaqa score
    nq: score -> knowledge/nq_open score
    hellaswag: accuracy -> reasoning/hellaswag accuracy
    BoolQ: accuracy -> reasoning/boolq accuracy
    siqa: accuracy -> reasoning/social_iqa accuracy
    bbh-word_sorting: score -> reasoning/bbh score
    BBH: naive_average -> reasoning/bbh -
    gsm8k: accuracy -> math/gsm8k accuracy
    math: accuracy -> math/math accuracy
    openai_humaneval: humaneval_pass@1 -> code/humaneval humaneval_pass@1
    mbpp: score pass -> code/mbpp score
    IFEval: Prompt-level-strict-accuracy Inst-level-strict-accuracy -> instruction_following/ifeval Prompt-level-strict-accuracy`,
  'lmms-eval': `
    mmmu_val: mmmu_acc -> mm_reasoning/mmmu mmmu_acc
    scienceqa_img: exact_match -> mm_reasoning/scienceqa exact_match
    mathvista_testmini: llm_as_judge_eval -> mm_math/mathvista llm_as_judge_eval
    mme: mme_perception_score mme_cognition_score -> general_vqa/mme mme_perception_score
    mmbench_en_dev: gpt_eval_score -> general_vqa/mmbench gpt_eval_score
    realworldqa: exact_match,flexible-extract -> general_vqa/realworldqa exact_match,flexible-extract
    seedbench: seed_image seed_video seed_all -> general_vqa/seedbench seed_all
    gqa: exact_match -> general_vqa/gqa exact_match
    docvqa_val: anls -> ocr_document_chart/docvqa anls
    chartqa: relaxed_overall relaxed_human_split -> ocr_document_chart/chartqa relaxed_overall
    textvqa_val: exact_match -> ocr_document_chart/textvqa exact_match
    ai2d: exact_match,flexible-extract -> ocr_document_chart/ai2d exact_match,flexible-extract
    ocrbench: ocrbench_accuracy -> ocr_document_chart/ocrbench ocrbench_accuracy
    pope: pope_accuracy pope_f1_score -> hallucination/pope pope_f1_score
    videomme: videomme_perception_score -> video/videomme videomme_perception_score`,
  'every-eval-ever': `
    MMLU: accuracy -> knowledge/mmlu accuracy
    MMLU-PRO: accuracy -> knowledge/mmlu_pro accuracy
    GPQA Diamond: accuracy -> knowledge/gpqa_diamond accuracy
    BBH: accuracy -> reasoning/bbh accuracy
    MUSR: accuracy -> reasoning/musr accuracy
    GSM8K: accuracy -> math/gsm8k accuracy
    IFEval: accuracy -> instruction_following/ifeval accuracy`,
};

export const namesOfFormats: readonly NamedTask[] = Object.entries(text).flatMap(([format, lines]) =>
  lines
    .trim()
    .split('\n')
    .map((line): NamedTask => {
      const [, task, metrics, family, benchmark, read] =
        /^\s*(.+): (.+) -> (\w+)\/(\S+) (.+)$/.exec(line) ?? raise(`cannot be read: ${line}`);
      const spaced = (text: string | undefined): string => String(text).replace('Final_Score', 'Final Score');
      return {
        format,
        task: String(task),
        metrics: String(metrics).split(' ').map(spaced),
        family: String(family),
        benchmark: String(benchmark),
        read: spaced(read),
      };
    }),
);

function raise(message: string): never {
  throw new Error(message);
}
