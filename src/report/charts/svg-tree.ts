/** An element of a drawing; text is kept as it was escaped. */
export interface SvgNode {
  readonly tag: string;
  readonly attributes: Map<string, string>;
  readonly children: (SvgNode | string)[];
}

/**
 * SVG text as vega writes it -> tree. Only what vega writes is understood: elements, attributes in double quotes, text;
 * values stay escaped as they are. Throws where an element is not closed.
 */
export function parseSvg(svg: string): SvgNode {
  const root: SvgNode = { tag: '', attributes: new Map(), children: [] };
  const open: SvgNode[] = [root];
  for (const [, closing, tag, attributes, empty, text] of svg.matchAll(
    /<(\/?)([A-Za-z]+)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>|([^<]+)/g,
  )) {
    const parent = open.at(-1);
    if (!parent) throw new Error('The drawing closes more than it opened.');
    if (text !== undefined) parent.children.push(text);
    else if (closing === '/') open.pop();
    else {
      const node: SvgNode = { tag: tag ?? '', attributes: attributesOf(attributes ?? ''), children: [] };
      parent.children.push(node);
      if (empty !== '/') open.push(node);
    }
  }
  const [first] = root.children;
  if (open.length !== 1 || first === undefined || typeof first === 'string')
    throw new Error('The drawing is no whole SVG.');
  return first;
}

export function writeSvg({ tag, attributes, children }: SvgNode): string {
  const start = `<${tag}${[...attributes].map(([name, value]) => ` ${name}="${value}"`).join('')}`;
  return children.length === 0
    ? `${start}/>`
    : `${start}>${children.map((child) => (typeof child === 'string' ? child : writeSvg(child))).join('')}</${tag}>`;
}

function attributesOf(text: string): Map<string, string> {
  return new Map([...text.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]));
}
