// Generated queries on small generated data, answered by our engine and by Oxigraph; any difference is printed.
//
//   NODE_PATH=FOLDER/node_modules node differential.js SPARQL_TOOL COUNT [SEED]
//
// Everything comes from the seed. Rows are compared as multisets, blank nodes as one, numbers by value. What the standard
// leaves open (SAMPLE, the order inside GROUP_CONCAT, LIMIT without an order, < between kinds of literals) is not
// generated, or not looked at; nor is what Oxigraph is known to do differently: it forgets how a number was written
// and the types derived from xsd:integer, and counts inner variables of paths in COUNT(DISTINCT *).
'use strict';
const { spawn } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');
const oxigraph = require('oxigraph');

const PER_DATA_SET = 40;
const [tool, countText, seedText] = process.argv.slice(2);
const count = Number(countText);
const firstSeed = Number(seedText || 1);

// ---- chance ----

let state = 1;
function seed(n) {
  state = (n * 2654435761 + 12345) >>> 0 || 1;
  for (let i = 0; i < 8; i++) random();
}
function random() {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) / 4294967296;
}
const below = n => Math.floor(random() * n);
const pick = list => list[below(list.length)];
const chance = p => random() < p;

// ---- data ----

const XSD = 'http://www.w3.org/2001/XMLSchema#';
const EX = 'http://example.org/';
const NODES = ['a', 'b', 'c', 'd', 'e', '深圳', '上海'];
const GRAPHS = ['g1', 'g2', 'g3'];
const TEXTS = ['上海', '深圳市', '北京大学', '人工智能', '𠮷野家', 'Alpha', 'beta', '', '半导体 产业', 'a"b\\c'];
const LINKS = ['knows', 'part', 'likes'];

const typed = (text, type) => `"${text}"^^<${XSD}${type}>`;
const quoted = text => `"${text.replace(/\\/g, '\\\\').replace(/"/g, '\\"')}"`;
const iri = name => `<${EX}${name}>`;

function number() {
  switch (below(5)) {
    case 0: return typed(below(4), 'integer');
    case 1: return typed(below(40) - 10, 'integer');
    case 2: return typed(below(20) / 2 - 3.75, 'decimal');
    default: return typed(below(9), 'integer');
  }
}
function text() {
  const t = quoted(pick(TEXTS));
  return t + pick(['', '', '@zh', '@en', '@zh-hans']);
}
function date() {
  const day = `20${20 + below(4)}-0${1 + below(9)}-1${below(9)}`;
  return chance(0.6) ? typed(day, 'date') : typed(`${day}T0${below(9)}:30:00${pick(['', 'Z', '+08:00'])}`, 'dateTime');
}
function anything() {
  switch (below(7)) {
    case 0: return number();
    case 1: return text();
    case 2: return date();
    case 3: return typed(pick(['true', 'false']), 'boolean');
    case 4: return `"x${below(3)}"^^${iri('unknown')}`;
    case 5: return `_:n${below(3)}`;
    default: return iri(pick(NODES));
  }
}
function triple() {
  const s = chance(0.08) ? `_:n${below(3)}` : iri(pick(NODES));
  if (chance(0.5)) return `${s} ${iri(pick(LINKS))} ${chance(0.05) ? `_:n${below(3)}` : iri(pick(NODES))}`;
  const [p, make] = pick([['age', number], ['name', text], ['date', date], ['any', anything]]);
  return `${s} ${iri(p)} ${make()}`;
}
function dataSet() {
  let nquads = '';
  for (let i = 0, n = 15 + below(30); i < n; i++) nquads += `${triple()} .\n`;
  for (const g of GRAPHS.slice(0, below(4))) {
    for (let i = 0, n = 1 + below(12); i < n; i++) nquads += `${triple()} ${iri(g)} .\n`;
  }
  return nquads;
}

// ---- queries ----

const VARIABLES = ['?a', '?b', '?c', '?d', '?e'];
const PREDICATES = [...LINKS, 'age', 'name', 'date', 'any'];
let fresh = 0;

const variable = () => pick(VARIABLES);
const constantNode = () => iri(pick(NODES));
const subject = () => (chance(0.9) ? variable() : constantNode());
const object = () => (chance(0.85) ? variable() : chance(0.6) ? constantNode() : chance(0.5) ? number() : text());
const predicate = () => (chance(0.88) ? iri(pick(PREDICATES)) : variable());

/// @param repeated  inside * or +: only there alternatives and !, whose repeats Oxigraph drops, or drops sometimes
function pathOf(depth, repeated) {
  const link = () => iri(pick(LINKS));
  if (depth === 0) return link();
  const part = () => pathOf(depth - 1, repeated);
  switch (below(repeated ? 9 : 6)) {
    case 0: return `${part()}/${part()}`;
    case 1: return `^(${part()})`;
    case 2: return `(${pathOf(depth - 1, true)})*`;
    case 3: return `(${pathOf(depth - 1, true)})+`;
    case 4: return `(${pathOf(depth - 1, true)})?`;
    case 6: return `(${part()}|${part()})`;
    case 7: return `!(${link()}|^${link()})`;
    case 8: return `!${link()}`;
    default: return link();
  }
}

function triplePattern() {
  if (chance(0.18)) {
    const p = pathOf(2, false);
    // A path of no length from a term of the text that the data lacks: there Oxigraph has no answer and the standard one.
    if (/[*?]/.test(p)) return `${variable()} ${p} ${variable()} .`;
    return `${subject()} ${p} ${chance(0.75) ? variable() : constantNode()} .`;
  }
  return `${subject()} ${predicate()} ${object()} .`;
}

function expression(depth) {
  if (depth === 0 || chance(0.3)) {
    switch (below(6)) {
      case 0: return number();
      case 1: return text();
      case 2: return constantNode();
      default: return variable();
    }
  }
  const e = () => expression(depth - 1);
  switch (below(30)) { // operators and functions
    case 0: return `(${e()} + ${e()})`;
    case 1: return `(${e()} - ${number()})`; // Oxigraph can also subtract dates
    case 2: return `(${e()} * ${e()})`;
    case 3: return `(${e()} / ${e()})`;
    case 4: return `(-${e()})`;
    case 5: return `STR(${e()})`;
    case 6: return `STRLEN(${e()})`;
    case 7: return `CONCAT(STR(${e()}), ${e()})`;
    case 8: return `SUBSTR(${e()}, ${1 + below(3)}${chance(0.5) ? `, ${below(3)}` : ''})`;
    case 9: return `UCASE(${e()})`;
    case 10: return `STRBEFORE(${e()}, ${quoted(pick(['海', 'a', 'e', '市']))})`;
    case 11: return `STRAFTER(${e()}, ${quoted(pick(['上', '深', 'l', '']))})`;
    case 12: return `IF(${condition(depth - 1)}, ${e()}, ${e()})`;
    case 13: return `COALESCE(${e()}, ${e()})`;
    case 14: return `LANG(${e()})`;
    case 15: return `DATATYPE(${e()})`;
    case 16: return `YEAR(${e()})`;
    case 17: return `MONTH(${e()})`;
    case 18: return `ABS(${e()})`;
    case 19: return `CEIL(${e()})`;
    case 20: return `FLOOR(${e()})`;
    case 21: return `ROUND(${e()})`;
    case 22: return `ENCODE_FOR_URI(${e()})`;
    case 23: return `REPLACE(${e()}, ${quoted(pick(['海', '[a-e]', '京.']))}, ${quoted(pick(['X', '']))})`;
    case 24: return `STRLANG(STR(${e()}), "zh")`;
    case 25: return `<${XSD}${pick(['integer', 'decimal', 'boolean', 'string'])}>(${e()})`;
    case 26: return `MD5(STR(${e()}))`;
    case 27: return `LCASE(${e()})`;
    case 28: return `HOURS(${e()})`;
    default: return condition(depth - 1);
  }
}

function condition(depth) {
  const e = () => expression(depth > 0 ? depth - 1 : 0);
  switch (below(depth > 0 ? 17 : 9)) {
    case 0: return `(${e()} = ${e()})`;
    case 1: return `(${e()} != ${e()})`;
    case 2: return `(${variable()} ${pick(['<', '>', '<=', '>='])} ${number()})`;
    case 3: return `BOUND(${variable()})`;
    case 4: return `${pick(['isIRI', 'isBLANK', 'isLITERAL', 'isNUMERIC'])}(${variable()})`;
    case 5: return `CONTAINS(STR(${e()}), ${quoted(pick(['海', '大学', 'a', 'e']))})`;
    case 6: return `REGEX(${e()}, ${quoted(pick(['^上', '学$', '[a-z]+', '.京', '\\\\p{Han}{3}'.replace('\\\\', '\\')]))}${chance(0.3) ? ', "i"' : ''})`;
    case 7: return `(STR(${variable()}) ${pick(['<', '>'])} STR(${variable()}))`;
    case 8: return `LANGMATCHES(LANG(${variable()}), ${pick(['"zh"', '"*"', '"en"'])})`;
    case 9: return `(${condition(depth - 1)} && ${condition(depth - 1)})`;
    case 10: return `(${condition(depth - 1)} || ${condition(depth - 1)})`;
    case 11: return `(!${condition(depth - 1)})`;
    case 12: return `(${e()} IN (${e()}, ${e()}))`;
    case 13: return `(${e()} NOT IN (${e()}, ${e()}))`;
    case 14: return `STRSTARTS(${e()}, ${quoted(pick(['上', '深圳', 'A']))})`;
    case 15: return `sameTerm(${e()}, ${e()})`;
    default: return `STRENDS(${e()}, ${quoted(pick(['市', 'a']))})`;
  }
}

function values() {
  const vars = chance(0.6) ? [variable()] : ['?a', '?b'];
  const value = () => (chance(0.15) ? 'UNDEF' : chance(0.7) ? constantNode() : number());
  const rows = Array.from({ length: 1 + below(3) }, () => `(${vars.map(value).join(' ')})`);
  return `VALUES (${vars.join(' ')}) { ${rows.join(' ')} }`;
}

function aggregate(numbersOnly) {
  const v = variable();
  switch (below(numbersOnly ? 5 : 7)) {
    case 0: return `COUNT(${chance(0.4) ? '*' : v})`;
    case 1: return `SUM(${chance(0.3) ? 'DISTINCT ' : ''}${v})`;
    case 2: return `AVG(${v})`;
    case 3: return `COUNT(${v})`;
    case 4: return `COUNT(DISTINCT ${v})`;
    default: return `SUM(IF(isNUMERIC(${v}), ${v}, 0))`;
  }
}

function subselect(depth) {
  const body = group(depth - 1);
  if (chance(0.5)) {
    const key = variable();
    return `{ SELECT ${key} (${aggregate()} AS ?n${fresh++}) WHERE ${body} GROUP BY ${key}${having()} }`;
  }
  const vars = VARIABLES.filter(() => chance(0.5));
  return `{ SELECT ${chance(0.4) ? 'DISTINCT ' : ''}${vars.length ? vars.join(' ') : '*'} WHERE ${body} }`;
}

const having = () => (chance(0.3) ? ` HAVING (COUNT(*) > ${below(3)})` : '');

/// Variables that a text mentions may be in scope, so BIND takes a new one.
function element(depth) {
  const inner = () => group(depth - 1);
  switch (below(depth > 0 ? 20 : 9)) {
    case 6: return `FILTER (${condition(2)})`;
    case 7: return `BIND (${expression(2)} AS ?x${fresh++})`;
    case 8: return values();
    case 9:
    case 10: return `OPTIONAL ${inner()}`;
    case 11: return `${inner()} UNION ${inner()}`;
    case 12: return `MINUS ${inner()}`;
    case 13:
    case 14: {
      // Only in the outermost group: elsewhere Oxigraph lets it see variables from outside. And nothing inside for which
      // the standard leaves open what substitution does.
      if (depth < 2) return triplePattern();
      let exists;
      do exists = inner(); while (/VALUES|MINUS/.test(exists));
      return `FILTER ${chance(0.5) ? 'NOT ' : ''}EXISTS ${exists}`;
    }
    case 15: return `GRAPH ${chance(0.6) ? pick(['?g', '?g', '?a']) : iri(pick(GRAPHS))} ${inner()}`;
    case 16: return subselect(depth);
    case 17: return inner();
    case 18: return `OPTIONAL { ${triplePattern()} FILTER (${condition(1)}) }`;
    default: return triplePattern();
  }
}

function group(depth) {
  const parts = [];
  if (depth < 2 || chance(0.93)) parts.push(triplePattern());
  for (let i = 0, n = below(3); i < n; i++) parts.push(element(depth));
  return `{ ${parts.join(' ')} }`;
}

function query() {
  fresh = 0;
  const body = group(2);
  switch (below(10)) {
    case 0: return `ASK ${body}`;
    case 1: return `CONSTRUCT { ?a ${iri('p')} ?b . ?b ?c ?d } WHERE ${body}`;
    case 2:
    case 3: {
      const keys = [...new Set([variable(), ...(chance(0.4) ? [variable()] : [])])];
      return `SELECT ${keys.join(' ')} (${aggregate()} AS ?r0) (${aggregate()} AS ?r1) WHERE ${body} GROUP BY ${keys.join(' ')}${having()}`;
    }
    case 4: return `SELECT (${aggregate()} AS ?r0) (${aggregate()} AS ?r1) WHERE ${body}`;
    case 5: return `SELECT DISTINCT ${variable()} (${expression(2)} AS ?r) WHERE ${body}`;
    case 6: return `SELECT DISTINCT * WHERE ${body} ORDER BY STR(${variable()}) DESC(STR(${variable()}))`;
    default: return `SELECT * WHERE ${body}`;
  }
}

// ---- answers ----

const NUMBERS = new Set(['integer', 'decimal', 'double', 'float', 'int'].map(t => XSD + t));

function literalKey(value, datatype, language) {
  if (language) return `"${value}"@${language.toLowerCase()}`;
  if (NUMBERS.has(datatype)) return `${Number(Number(value).toPrecision(12))}^^${datatype}`;
  return `"${value}"^^${datatype || XSD + 'string'}`;
}
function theirKey(t) {
  if (t.termType === 'NamedNode') return `<${t.value}>`;
  if (t.termType === 'BlankNode') return '_:';
  return literalKey(t.value, t.datatype.value, t.language);
}
function ourKey(t) {
  if (t.type === 'uri') return `<${t.value}>`;
  if (t.type === 'bnode') return '_:';
  return literalKey(t.value, t.datatype, t['xml:lang']);
}
function theirAnswer(store, text) {
  let r;
  try {
    r = store.query(text);
  } catch (e) {
    return { error: String(e.message || e) };
  }
  if (typeof r === 'boolean') return [String(r)];
  return r.map(row =>
    row instanceof Map
      ? [...row].map(([k, t]) => `${k}=${theirKey(t)}`).sort().join(' ')
      : [row.subject, row.predicate, row.object].map(theirKey).join(' ')
  ).filter(distinctIfTriples(r)).sort();
}
/// A graph is a set, but Oxigraph repeats the triples that it constructs.
function distinctIfTriples(answer) {
  const seen = new Set();
  return row => answer.length === 0 || answer[0] instanceof Map || (!seen.has(row) && !!seen.add(row));
}
function ourAnswer(output) {
  if (output.startsWith('error: ')) return { error: output };
  if (!output.startsWith('{')) {
    const parsed = new oxigraph.Store();
    parsed.load(output, { format: 'application/n-triples' });
    const rows = parsed.match().map(q => [q.subject, q.predicate, q.object].map(theirKey).join(' '));
    return [...new Set(rows)].sort();
  }
  const json = JSON.parse(output);
  if ('boolean' in json) return [String(json.boolean)];
  return json.results.bindings.map(row =>
    Object.entries(row).map(([k, t]) => `${k}=${ourKey(t)}`).sort().join(' ')
  ).sort();
}

class Tool {
  constructor(dataFile) {
    this.child = spawn(tool, ['batch', '--data', dataFile, '--timeout', '3000', '--limit', '200000'],
      { stdio: ['pipe', 'pipe', 'inherit'] });
    this.chunks = [];
    this.waiting = null;
    this.child.stdout.on('data', chunk => this.take(chunk));
    this.child.on('close', status => this.waiting && this.waiting(`error: the tool ended with ${status}`));
  }
  take(chunk) {
    this.chunks.push(chunk);
    if (chunk[chunk.length - 1] !== 0) return;
    const text = Buffer.concat(this.chunks).toString('utf8').slice(0, -1);
    this.chunks = [];
    this.waiting(text);
  }
  ask(text) {
    return new Promise(resolve => {
      this.waiting = resolve;
      this.child.stdin.write(text + '\0');
    });
  }
  end() {
    this.child.stdin.end();
  }
}

/// Rows of one answer that the other lacks.
function surplus(rows, others) {
  const left = [...others];
  return rows.filter(row => {
    const at = left.indexOf(row);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
function describe(name, answer, other) {
  if (answer.error) return `  ${name}: ${answer.error.slice(0, 300)}`;
  const rows = other.error ? answer : surplus(answer, other);
  return `  ${name}: ${answer.length} rows, of which not in the other:\n${rows.slice(0, 8).map(r => `      ${r}`).join('\n')}`;
}

async function main() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'differential-'));
  const file = path.join(folder, 'data.nq');
  const totals = { same: 0, different: 0, skipped: 0, empty: 0 };
  for (let done = 0, n = 0; done < count; n++) {
    seed(firstSeed + n);
    const nquads = dataSet();
    fs.writeFileSync(file, nquads);
    const store = new oxigraph.Store();
    store.load(nquads, { format: 'application/n-quads' });
    const ours = new Tool(file);
    for (let i = 0; i < PER_DATA_SET && done < count; i++, done++) {
      const text = query();
      const mine = ourAnswer(await ours.ask(text));
      if (mine.error && /longer than/.test(mine.error)) {
        totals.skipped++;
        continue;
      }
      const theirs = theirAnswer(store, text);
      // A group of nothing is still one row; Oxigraph has none when it sees beforehand that there is nothing.
      const lostGroup = /^SELECT \(/.test(text) && theirs.length === 0;
      if (mine.error && theirs.error || lostGroup) {
        totals.skipped++;
      } else if (JSON.stringify(mine) === JSON.stringify(theirs)) {
        totals.same++;
        totals.empty += mine.length === 0 ? 1 : 0;
      } else {
        totals.different++;
        console.log(`seed ${firstSeed + n} query ${i}\n${text}\n${describe('ours', mine, theirs)}\n${describe('theirs', theirs, mine)}\n`);
      }
    }
    ours.end();
  }
  fs.rmSync(folder, { recursive: true });
  console.log(`${count} queries from seed ${firstSeed}: ${totals.same} same (${totals.empty} of them empty), ` +
    `${totals.different} different, ${totals.skipped} left out`);
  process.exit(totals.different ? 1 : 0);
}
main();
