// Copyright the camel-llm authors
// SPDX-License-Identifier: Apache-2.0
'use strict';

// Shows status.json, once a second while somebody looks. Model names come from clients: everything
// is written as text, never as markup.

const PERIOD = 1000;
const PATIENCE = 5000;
const MOST_ERRORS = 4;

const element = id => document.getElementById(id);
const columns = [...document.querySelectorAll('thead th')];
let key = '';
let timer;
let asking = false;

async function poll() {
  clearTimeout(timer);
  if (document.hidden || asking) {
    return;
  }
  asking = true;
  try {
    await ask();
  } catch {
    showState('unreachable', 'Unreachable' + (element('overview').hidden ? '' : ': old numbers'));
  }
  asking = false;
  if (element('key-form').hidden) {
    timer = setTimeout(poll, PERIOD);
  }
}

async function ask() {
  const reply = await fetch('status.json', {
    headers: key ? { Authorization: 'Bearer ' + key } : {},
    cache: 'no-store',
    signal: AbortSignal.timeout(PATIENCE),
  });
  const refused = reply.status === 401 || reply.status === 403;
  element('key-form').hidden = !refused;
  if (refused) {
    showState('unreachable', key ? 'Key refused' : 'Key needed');
  } else if (!reply.ok) {
    showState('unreachable', 'No report: error ' + reply.status);
  } else {
    show(await reply.json());
  }
}

function show(report) {
  showState(report.state, { serving: 'Serving', draining: 'Draining: takes no new requests' }[report.state]);
  write(element('uptime'), 'up ' + duration(report.uptimeSeconds), 'since ' + report.since);
  for (const cell of document.querySelectorAll('dd[data-number]')) {
    const number = member(report, cell.dataset.number);
    write(cell, count(number), exact(number));
    cell.parentElement.classList.toggle('some', number > 0);
  }
  const rows = report.models.map(model => [model.provider, model.model, model]);
  if (report.other) {
    rows.push([undefined, 'other models', report.other]);
  }
  element('overview').hidden = false;
  element('models').hidden = rows.length === 0;
  element('empty').hidden = rows.length > 0;
  showRows(rows);
}

function showState(state, text) {
  const shown = element('state');
  document.body.classList.toggle('stale', state === 'unreachable');
  shown.dataset.state = state;
  write(shown, text);
}

function showRows(rows) {
  const body = element('rows');
  while (body.rows.length > rows.length) {
    body.deleteRow(-1);
  }
  rows.forEach(([provider, name, model], i) => showRow(body.rows[i] ?? newRow(body), provider, name, model));
}

function newRow(body) {
  const row = body.insertRow();
  row.setAttribute('role', 'row');
  for (const column of columns) {
    const first = 'name' in column.dataset;
    const cell = document.createElement(first ? 'th' : 'td');
    cell.setAttribute('role', first ? 'rowheader' : 'cell');
    if (first) {
      cell.scope = 'row';
      for (const part of ['model', 'provider', 'errors', 'remark']) {
        cell.append(Object.assign(document.createElement('span'), { className: part }));
      }
    } else {
      cell.dataset.label = column.textContent;
      cell.append(document.createElement('span'));
    }
    row.append(cell);
  }
  return row;
}

function showRow(row, provider, name, model) {
  const [names, ...cells] = row.cells;
  const [nameOfModel, nameOfProvider, errors, remark] = names.children;
  write(nameOfModel, name ?? 'model of the provider');
  write(nameOfProvider, provider ?? '');
  write(errors, errorText(model.errors));
  write(remark, model.routes > 1 && model.times ? 'times of ' + (model.times.ofRoute ? 'route ' + model.times.ofRoute : 'calls without a route') : '');
  cells.forEach((cell, i) => {
    const { number, millis } = columns[i + 1].dataset;
    if (number) {
      const value = member(model, number);
      write(cell.firstChild, count(value), exact(value));
      cell.classList.toggle('bad', number === 'failed' && value > 0);
    } else {
      const values = millis.split(' ').map(path => member(model, path));
      write(cell.firstChild, values.every(v => v === undefined) ? '–' : values.map(time).join(', '));
    }
  });
}

function errorText(errors) {
  const types = Object.entries(errors).sort((a, b) => b[1] - a[1]);
  const shown = types.slice(0, MOST_ERRORS).map(([type, times]) => `${type} × ${count(times)}`);
  return shown.join(', ') + (types.length > MOST_ERRORS ? ', …' : '');
}

/** Leaves alone what stays the same, so that nothing is announced or selected anew. */
function write(target, text, title = '') {
  if (target.textContent !== text) {
    target.textContent = text;
  }
  if (target.title !== title) {
    target.title = title;
  }
}

function member(object, path) {
  return path.split('.').reduce((inner, name) => inner?.[name], object);
}

function exact(number) {
  return number >= 10_000 ? number.toLocaleString('en') : '';
}

function count(number) {
  if (number === undefined) {
    return '–';
  }
  const units = [[1e9, 'G'], [1e6, 'M'], [1e3, 'k']];
  const [size, unit] = (number >= 10_000 && units.find(([least]) => number >= least)) || [1, ''];
  return unit ? `${(Math.floor(number / size * 10) / 10).toFixed(1)} ${unit}` : number.toLocaleString('en');
}

function time(millis) {
  if (millis === undefined) {
    return '–';
  }
  if (millis < 1000) {
    return `${millis} ms`;
  }
  return millis < 60_000 ? `${(Math.floor(millis / 100) / 10).toFixed(1)} s` : duration(Math.round(millis / 1000));
}

function duration(seconds) {
  const parts = [[86_400, 'd'], [3600, 'h'], [60, 'min'], [1, 's']];
  const first = parts.findIndex(([size]) => seconds >= size);
  return first < 0 ? '0 s' : parts.slice(first, first + 2)
    .map(([size, unit], i) => `${Math.floor((i ? seconds % parts[first][0] : seconds) / size)} ${unit}`)
    .join(' ');
}

element('key-form').addEventListener('submit', event => {
  event.preventDefault();
  key = element('key').value.trim();
  poll();
});
document.addEventListener('visibilitychange', poll);
write(element('curl'), `curl ${location.origin}/v1/chat/completions \\
  -H 'Content-Type: application/json' \\
  -d '{"model": "demo", "messages": [{"role": "user", "content": "Hello!"}]}'`);
poll();
