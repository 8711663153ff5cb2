'use strict';
(() => {
  // Sorting: each head of a column becomes a button; numbers by size, text by alphabet, empty cells last.
  const keyOf = (row, column) => row.children[column]?.dataset.sort ?? '';
  const compare = (one, two) => {
    if (one === '' || two === '') return (one === '') - (two === '');
    const [a, b] = [Number(one), Number(two)];
    return Number.isNaN(a) || Number.isNaN(b) ? one.localeCompare(two) : a - b;
  };
  for (const table of document.querySelectorAll('table[data-sortable]')) {
    const body = table.tBodies[0];
    if (!body || body.rows.length < 2) continue;
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = head.textContent;
      head.replaceChildren(button);
      button.addEventListener('click', () => {
        const up = head.getAttribute('aria-sort') === 'ascending' ? -1 : 1;
        for (const other of heads) other.removeAttribute('aria-sort');
        head.setAttribute('aria-sort', up === 1 ? 'ascending' : 'descending');
        const rows = [...body.rows];
        rows.sort((one, two) => {
          const [a, b] = [keyOf(one, column), keyOf(two, column)];
          return a === '' || b === '' ? compare(a, b) : up * compare(a, b);
        });
        body.append(...rows);
      });
    });
  }
  // Filters act on the rows that carry a name, a verdict and a tier.
  const box = document.querySelector('[data-filters]');
  const rows = [...document.querySelectorAll('table[data-filtered] tbody tr')];
  if (!box || rows.length < 2) return;
  const controls = [...box.querySelectorAll('[data-filter]')];
  for (const control of controls) {
    if (control.tagName !== 'SELECT') continue;
    const values = new Set(rows.map((row) => row.dataset[control.dataset.filter] ?? ''));
    for (const value of [...values].sort(compare)) {
      const option = document.createElement('option');
      option.value = value;
      option.textContent = value;
      control.append(option);
    }
  }
  const apply = () => {
    let shown = 0;
    for (const row of rows) {
      const fits = controls.every((control) => {
        const own = row.dataset[control.dataset.filter] ?? '';
        if (control.value === '') return true;
        return control.tagName === 'SELECT' ? own === control.value : own.toLowerCase().includes(control.value.toLowerCase());
      });
      row.hidden = !fits;
      if (fits) shown += 1;
    }
    box.querySelector('[data-count]').textContent = `${shown} of ${rows.length} models shown`;
  };
  for (const control of controls) control.addEventListener('input', apply);
  box.hidden = false;
  apply();
})();
