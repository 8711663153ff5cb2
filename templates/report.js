'use strict';
(() => {
  const make = (tag, properties, ...children) => {
    const node = Object.assign(document.createElement(tag), properties);
    node.append(...children);
    return node;
  };
  /** What a cell says first, without its small print. */
  const textOf = (cell) => [...(cell?.childNodes ?? [])].filter((node) => !/^(?:SMALL|A)$/.test(node.nodeName) || node.className !== 'link' && node.nodeName === 'A').map((node) => node.textContent).join('').trim();
  const numberIn = (text) => {
    const found = /[-+−<]?\s?\d[\d,]*(?:\.\d+)?(?:e[-+−]?\d+)?/.exec(text);
    return found && found.index < 3 ? Number(found[0].replaceAll('−', '-').replaceAll(/[,\s<+]/g, '')) : Number.NaN;
  };
  const compare = (a, b) => {
    const [x, y] = [numberIn(a), numberIn(b)];
    if (!Number.isNaN(x) && !Number.isNaN(y)) return x - y;
    if (Number.isNaN(x) !== Number.isNaN(y)) return Number.isNaN(x) ? 1 : -1;
    return a.localeCompare(b, 'en', { numeric: true });
  };
  const quoted = (text) => {
    const flat = text.replaceAll(/\s+/g, ' ').trim();
    const plain = /^[+−-]?\d[\d.]*$/.test(flat) ? flat.replace('−', '-').replace('+', '') : flat;
    const safe = /^[=+\-@]/.test(plain) && Number.isNaN(Number(plain)) ? `'${plain}` : plain;
    return /[",]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };

  const sortable = (table, head, body) => {
    const original = [...body.rows];
    for (const [column, cell] of [...head.cells].entries()) {
      const name = cell.textContent.trim();
      const button = make('button', { type: 'button', className: 'sort', title: 'Sort' });
      button.append(...cell.childNodes);
      cell.append(button);
      button.addEventListener('click', () => {
        const next = { none: 'ascending', ascending: 'descending', descending: 'none' }[cell.ariaSort ?? 'none'];
        for (const other of head.cells) other.ariaSort = null;
        if (next !== 'none') cell.ariaSort = next;
        const rows = next === 'none' ? original : [...original].sort((a, b) => compare(textOf(a.cells[column]), textOf(b.cells[column])));
        if (next === 'descending') {
          const missing = rows.filter((row) => textOf(row.cells[column]) === '—');
          const there = rows.filter((row) => !missing.includes(row)).reverse();
          rows.splice(0, rows.length, ...there, ...missing);
        }
        body.append(...rows);
        table.dataset.sorted = next === 'none' ? '' : name;
      });
    }
  };

  const filterable = (table, body, tools) => {
    const total = body.rows.length;
    const output = make('output', {});
    const input = make('input', { type: 'search', autocomplete: 'off', spellcheck: false });
    input.addEventListener('input', () => {
      const wanted = input.value.toLowerCase();
      let shown = 0;
      for (const row of body.rows) {
        row.hidden = !row.textContent.toLowerCase().includes(wanted);
        if (!row.hidden) shown += 1;
      }
      output.textContent = wanted === '' ? '' : `${shown} of ${total} rows`;
    });
    tools.append(make('label', {}, 'Filter rows ', input), output);
  };

  const savable = (table, tools) => {
    const button = make('button', { type: 'button', textContent: 'Save as CSV' });
    button.addEventListener('click', () => {
      const lines = [...table.rows].map((row) => [...row.cells].map((cell) => quoted(cell.textContent)).join(','));
      const url = URL.createObjectURL(new Blob([`${lines.join('\n')}\n`], { type: 'text/csv;charset=utf-8' }));
      const name = (table.caption?.textContent ?? 'table').toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').slice(0, 60);
      const link = make('a', { href: url, download: `${name.replace(/^-|-$/g, '') || 'table'}.csv` });
      link.click();
      setTimeout(() => URL.revokeObjectURL(url), 1000);
    });
    tools.append(button);
  };

  const linked = (body) => {
    const table = body.parentElement.caption?.id;
    for (const [index, row] of [...body.rows].entries()) {
      const cell = row.querySelector('th');
      if (row.id === '' && table) row.id = `${table}-${index}`;
      if (row.id === '' || !cell) continue;
      const link = make('a', { className: 'link', href: `#${row.id}`, textContent: '#', tabIndex: -1 });
      link.ariaLabel = `Link to row ${cell.textContent.trim().slice(0, 80)}`;
      const note = cell.querySelector('small');
      if (note) note.before(link, ' ');
      else cell.append(' ', link);
    }
  };

  const dress = (table) => {
    if (table.dataset.dressed) return;
    table.dataset.dressed = 'yes';
    const [head, body] = [table.tHead?.rows[0], table.tBodies[0]];
    if (!head || !body || body.rows.length < 2) return;
    const tools = make('div', { className: 'tools' });
    if (body.rows.length >= 8) filterable(table, body, tools);
    if (!table.closest('figure')) savable(table, tools);
    sortable(table, head, body);
    linked(body);
    if (tools.children.length > 0) table.closest('.scroll')?.before(tools);
  };
  /** Tables in folded parts are dressed when they are opened, so that a large report opens at once. */
  const dressIn = (root) => {
    for (const table of root.querySelectorAll('table')) {
      const folded = table.parentElement?.closest('details:not([open])');
      if (!folded) dress(table);
    }
  };
  document.addEventListener('toggle', (event) => { if (event.target.open) dressIn(event.target); }, true);
  dressIn(document);

  const terms = [...document.querySelectorAll('.term')];
  for (const term of terms) {
    const word = document.getElementById(term.getAttribute('popovertarget'));
    if (!word?.showPopover) continue;
    const show = () => {
      const box = term.getBoundingClientRect();
      word.showPopover();
      word.style.left = `${Math.max(8, Math.min(box.left, innerWidth - word.offsetWidth - 8))}px`;
      word.style.top = `${box.bottom + word.offsetHeight + 12 > innerHeight ? Math.max(8, box.top - word.offsetHeight - 6) : box.bottom + 6}px`;
    };
    let timer;
    term.addEventListener('pointerenter', (event) => { if (event.pointerType === 'mouse') timer = setTimeout(show, 150); });
    term.addEventListener('pointerleave', () => {
      clearTimeout(timer);
      setTimeout(() => { if (!word.matches(':hover') && document.activeElement !== term && word.matches(':popover-open')) word.hidePopover(); }, 200);
    });
    term.addEventListener('focus', () => { if (term.matches(':focus-visible')) show(); });
    term.addEventListener('blur', () => { if (word.matches(':popover-open')) word.hidePopover(); });
  }

  const open = () => {
    const target = location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
    for (let part = target?.closest('details'); part; part = part.parentElement?.closest('details')) part.open = true;
    target?.scrollIntoView();
  };
  addEventListener('hashchange', open);
  if (location.hash) open();
})();
