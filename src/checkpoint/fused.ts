import type { Group, Role } from './checkpoint.ts';
import type { ModelSizes } from './model-sizes.ts';

/** One of the matrices that are stored as one: what it is, and how many rows (or columns) of each group are its own. */
export interface Section {
  readonly role: Role;
  readonly size: number;
}

/**
 * How fused matrices lie along an axis: `groups` times one after the other, each group with the sections in order. Three
 * thirds are one group; a layout head by head has as many groups as heads.
 */
export interface Layout {
  readonly axis: 'rows' | 'cols';
  readonly groups: number;
  readonly sections: readonly Section[];
}

export interface FusedTensor {
  readonly name: string;
  readonly role: Role;
  readonly group: Group;
  readonly rows: number;
  readonly cols: number;
}

/**
 * The layout of a fused matrix, or one sentence why it stays whole. Nothing is guessed: the name and the config's
 * architecture say how parts are ordered, the config's sizes how large they are, and both must agree with the shape.
 * Undefined where the matrix is not fused.
 */
export function layoutOf(tensor: FusedTensor, sizes: ModelSizes): Layout | string | undefined {
  const layout = proposed(tensor, sizes);
  if (layout === undefined || typeof layout === 'string') return layout;
  const { axis, groups, sections } = layout;
  const length = axis === 'rows' ? tensor.rows : tensor.cols;
  if (groups * sections.reduce((sum, { size }) => sum + size, 0) === length) return layout;
  return `Kept whole: the sizes in config.json (${said(layout)}) contradict its ${length} ${axis === 'rows' ? 'rows' : 'columns'}.`;
}

function proposed(tensor: FusedTensor, sizes: ModelSizes): Layout | string | undefined {
  const { name, role, rows } = tensor;
  if (role === 'qkv') return queryKeyValue(tensor, sizes);
  if (role === 'gate_up') return gateUp(tensor, sizes);
  if (role === 'kv' && /kv_b_proj/.test(name)) return latentKeyValue(sizes);
  // llama.cpp keeps the fused gate of these architectures under the name of the other half.
  const twice = sizes.config.gguf === true && /ffn_up\.weight$/.test(name) && rows === 2 * (sizes.intermediate ?? 0);
  if (twice && ['phi3', 'chatglm', 'glm4'].includes(sizes.modelType ?? '')) return halves(rows, 'rows');
  return undefined;
}

function queryKeyValue({ name, group, rows, cols }: FusedTensor, sizes: ModelSizes): Layout | string {
  const { modelType, heads, kvHeads, headSize, config } = sizes;
  const whole = rows === 3 * cols;
  // torch.nn.MultiheadAttention, and vision transformers of every origin: [3, heads, head size].
  if (/in_proj_weight$/.test(name) || (whole && (group === 'vision' || /(^|\.)attn\.qkv\.weight$/.test(name))))
    return thirds(rows, 'rows');
  if (group === 'vision') return 'Kept whole: a fused query, key and value that is not three times as high as wide.';
  // Conv1D of GPT-2, stored [in, out].
  if (/c_attn\.weight$/.test(name) && cols === 3 * rows) return thirds(cols, 'cols');
  if (whole && /Wqkv\.weight$/.test(name)) return thirds(rows, 'rows');
  if (modelType === undefined)
    return 'Kept whole: without the architecture in config.json the order of its parts is not known.';
  const named = layouts[modelType];
  if (config.gguf !== true && !named)
    return `Kept whole: how ${modelType} orders query, key and value in one matrix is not known to this version.`;
  if (!heads || !kvHeads || !headSize) return 'Kept whole: config.json does not tell heads and head size.';
  // llama.cpp puts them one after the other, whatever the order was.
  if (config.gguf === true) return oneAfterTheOther(heads, kvHeads, headSize);
  return named?.({ heads, kvHeads, headSize, config }) ?? 'Kept whole: the order of its parts is not known.';
}

interface Heads {
  readonly heads: number;
  readonly kvHeads: number;
  readonly headSize: number;
  readonly config: Readonly<Record<string, unknown>>;
}

const byHead = ({ heads, headSize }: Heads): Layout => ({
  axis: 'rows',
  groups: heads,
  sections: [
    { role: 'q', size: headSize },
    { role: 'k', size: headSize },
    { role: 'v', size: headSize },
  ],
});
/** For each key–value head its queries, then the key, then the value. */
const byKeyValueHead = ({ heads, kvHeads, headSize }: Heads): Layout => ({
  axis: 'rows',
  groups: kvHeads,
  sections: [
    { role: 'q', size: (heads / kvHeads) * headSize },
    { role: 'k', size: headSize },
    { role: 'v', size: headSize },
  ],
});
const inOrder = ({ heads, kvHeads, headSize }: Heads): Layout => oneAfterTheOther(heads, kvHeads, headSize);
const falcon = (sizes: Heads): Layout => {
  if (sizes.config.new_decoder_architecture === true) return byKeyValueHead(sizes);
  return sizes.config.multi_query === true ? oneAfterTheOther(sizes.heads, 1, sizes.headSize) : byHead(sizes);
};

/** By `model_type` of config.json; sources are the modelling files of these names in transformers. */
const layouts: Readonly<Record<string, (sizes: Heads) => Layout>> = {
  __proto__: null as never,
  phi3: inOrder,
  phi3_v: inOrder,
  phi4mm: inOrder,
  phi4_multimodal: inOrder,
  phimoe: inOrder,
  chatglm: inOrder,
  dbrx: inOrder,
  qwen: inOrder,
  gpt_neox: byHead,
  gpt_neox_japanese: byHead,
  bloom: byHead,
  persimmon: byHead,
  fuyu: byHead,
  falcon,
  RefinedWeb: falcon,
  RefinedWebModel: falcon,
  internlm2: byKeyValueHead,
  gpt_bigcode: (sizes) =>
    sizes.config.multi_query === false ? byHead(sizes) : oneAfterTheOther(sizes.heads, 1, sizes.headSize),
};

function oneAfterTheOther(heads: number, kvHeads: number, headSize: number): Layout {
  return {
    axis: 'rows',
    groups: 1,
    sections: [
      { role: 'q', size: heads * headSize },
      { role: 'k', size: kvHeads * headSize },
      { role: 'v', size: kvHeads * headSize },
    ],
  };
}

function thirds(length: number, axis: Layout['axis']): Layout {
  const roles = ['q', 'k', 'v'] as const;
  return { axis, groups: 1, sections: roles.map((role) => ({ role, size: length / 3 })) };
}

function halves(length: number, axis: Layout['axis']): Layout {
  const roles = ['gate', 'up'] as const;
  return { axis, groups: 1, sections: roles.map((role) => ({ role, size: length / 2 })) };
}

/** Gate first; gpt-oss alternates the columns. Which side is the fused one follows from the sizes. */
function gateUp({ name, rows, cols }: FusedTensor, sizes: ModelSizes): Layout | string {
  if (/(^|\.)(w12|weights_in)\.weight$/.test(name)) return halves(rows, 'rows');
  const { hidden, modelType } = sizes;
  const width = /experts?\b|_exps/.test(name) ? sizes.expertIntermediate : sizes.intermediate;
  if (!hidden || !width) return 'Kept whole: config.json does not tell the width of gate and up.';
  const down = rows === 2 * width && cols === hidden;
  const across = cols === 2 * width && rows === hidden;
  if (!down && !across)
    return `Kept whole: twice the width ${width} in config.json contradicts its shape ${rows}×${cols}.`;
  const columnwise = ['llama4', 'llama4_text', 'gpt_oss'].includes(modelType ?? '');
  if (down && across && !columnwise)
    return 'Kept whole: it is square, so that which side holds gate and up is not known.';
  if (modelType !== 'gpt_oss') return across ? halves(cols, 'cols') : halves(rows, 'rows');
  return {
    axis: 'cols',
    groups: width,
    sections: [
      { role: 'gate', size: 1 },
      { role: 'up', size: 1 },
    ],
  };
}

/** DeepSeek: for each head its keys without position, then its values. */
function latentKeyValue({ heads, config }: ModelSizes): Layout | string {
  const [key, value] = [config.qk_nope_head_dim, config.v_head_dim];
  if (!heads || !Number.isSafeInteger(key) || !Number.isSafeInteger(value))
    return 'Kept whole: config.json does not tell the sizes of keys and values.';
  return {
    axis: 'rows',
    groups: heads,
    sections: [
      { role: 'k', size: key as number },
      { role: 'v', size: value as number },
    ],
  };
}

function said({ groups, sections }: Layout): string {
  const one = sections.map(({ role, size }) => `${role} ${size}`).join(', ');
  return groups === 1 ? one : `${groups} × (${one})`;
}
