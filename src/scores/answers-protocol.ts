/**
 * The part of a protocol that says how several answers became one; who or what judged them moves no chance level.
 *
 * @example `pass@2, judged by gpt-4` is `pass@2`; `judged by gpt-4` is null
 */
export function answersProtocol(protocol: string | null | undefined): string | null {
  const rest = (protocol ?? '').replace(/(?:^|,\s*)judged by .*$/s, '');
  return rest === '' ? null : rest;
}
