/** A rank interval for people: `2–4`, or `2` where only one rank is left. */
export function rankText({ best, worst }: { readonly best: number; readonly worst: number }): string {
  return best === worst ? String(best) : `${best}–${worst}`;
}
