/**
 * Name of a task as it is compared: lower case, dashes and blanks as underscores. "MMLU-Pro" and "mmlu_pro" are one name.
 */
export function normalName(name: string): string {
  return name.trim().toLowerCase().replace(/[-\s]/g, '_');
}

/** Does a normal name fit a normal pattern, where `*` stands for any characters, none included? Linear in practice, never exponential. */
export function fits(name: string, pattern: string): boolean {
  let [at, inPattern] = [0, 0];
  let [star, resume] = [-1, 0];
  while (at < name.length) {
    if (pattern[inPattern] === '*') {
      star = inPattern++;
      resume = at;
    } else if (inPattern < pattern.length && pattern[inPattern] === name[at]) {
      at += 1;
      inPattern += 1;
    } else if (star >= 0) {
      inPattern = star + 1;
      at = ++resume;
    } else return false;
  }
  while (pattern[inPattern] === '*') inPattern += 1;
  return inPattern === pattern.length;
}

/** How narrow a pattern is: its characters other than `*`. */
export function specificity(pattern: string): number {
  return pattern.replaceAll('*', '').length;
}

/**
 * Takes the protocol off a normal name that ends in one: "gpqa_diamond_(pass@4)" is "gpqa_diamond" under `pass@4`.
 * Undefined where the name carries none.
 */
export function protocolInName(name: string): { readonly name: string; readonly protocol: string } | undefined {
  const found = /^(.+?)_*\(?((?:pass|avg|mean|maj|cons)@\d{1,4})\)?$/.exec(name);
  return found ? { name: found[1] as string, protocol: found[2] as string } : undefined;
}
