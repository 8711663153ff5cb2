import type { Compared } from './candidate.ts';

/** Calls `make` once for each comparison: corrections over families are those of all families, however many are judged. */
export function oncePer<Made>(make: (compared: Compared) => Made): (compared: Compared) => Made {
  const made = new Map<Compared, Made>();
  return (compared) => {
    const known = made.get(compared);
    if (known !== undefined) return known;
    const fresh = make(compared);
    made.set(compared, fresh);
    return fresh;
  };
}
