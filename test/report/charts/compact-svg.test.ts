import { expect, test } from 'vitest';
import { compactSvg } from '../../../src/report/charts/compact-svg.ts';

const wrapped = (inside: string): string => `<svg viewBox="0 0 10 10"><g class="root" fill="none">${inside}</g></svg>`;

test('rules and cells of one look become one path, at the same places', () => {
  const svg = compactSvg(
    wrapped(
      '<g class="mark-rule"><line transform="translate(0,0)" x2="0" y2="-8" stroke="red" opacity="1"/><line transform="translate(35.26,2)" x2="0" y2="-8" stroke="red" opacity="1"/><line transform="translate(3,4)" x2="5" y2="0" stroke="blue"/></g>',
    ),
  );
  expect(svg).toContain('<path d="M0,0v-8M35.3,2v-8" stroke="red"/>');
  expect(svg).toContain('<path d="M3,4h5" stroke="blue"/>');
});

test('what draws nothing is dropped: frames, empty marks and labels that vega hides', () => {
  const svg = compactSvg(
    wrapped(
      '<g><path class="background" d="M0,0h5v5h-5Z" pointer-events="none"/><path class="foreground" d="" display="none"/><g class="mark-text"><text opacity="0" transform="translate(1,2)">gone</text><text transform="translate(3,4)" font-size="12px">kept</text></g></g>',
    ),
  );
  expect(svg).toContain('<text x="3" y="4">kept</text>');
  expect(svg).not.toMatch(/gone|<path|display/);
});

test('an attribute moves to the group only where every child has it and it is inherited', () => {
  const svg = compactSvg(
    wrapped(
      '<g><text transform="translate(1,2)" fill="red" opacity="0.5">a</text><text transform="translate(3,4)" fill="red" opacity="0.5">b</text></g>',
    ),
  );
  expect(svg).toContain('<g fill="red"><text opacity="0.5" x="1" y="2">a</text>');
});

test('a rotated text keeps its transform, and text stays escaped', () => {
  const svg = compactSvg(
    wrapped('<text transform="translate(-39,65) rotate(-90) translate(0,-3)">a &lt;b&gt; &amp;</text>'),
  );
  expect(svg).toContain('<text transform="translate(-39,65) rotate(-90) translate(0,-3)">a &lt;b&gt; &amp;</text>');
});

test('half a drawing is refused', () => {
  expect(() => compactSvg('<svg><g></svg>')).toThrow();
});
