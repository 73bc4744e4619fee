// The explorer page: which regions work together, and the sentences that say so. All data comes by SPARQL from the
// server of this page; nothing is loaded from elsewhere. What the graph says is only ever put into text nodes.
// One file, longer than most: the page loads one script.
'use strict';
(() => {
  const PREFIXES = `PREFIX yutu: <https://w3id.org/yutu/ns#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX schema: <https://schema.org/>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#>
PREFIX geo: <http://www.w3.org/2003/01/geo/wgs84_pos#>
`;
  const NS = 'https://w3id.org/yutu/ns#';
  const LIMIT = { pairs: 2000, shown: 40, quoted: 5000, ties: 3000, claims: 400, found: 12, lines: 250, labels: 60, answer: 500 };
  const $ = (id) => document.getElementById(id);
  let words = { classes: {}, relations: {} };
  let background = null; // the graph of what is known beforehand: the only one with codes

  // ---- asking ----

  // Terms as SPARQL writes them. What is typed or comes from the address never gets into a query otherwise.
  const literal = (text) => '"' + text.replace(/["\\\n\r\t\b\f]/g,
    (c) => ({ '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\b': '\\b', '\f': '\\f' })[c]) + '"';
  const iri = (text) => {
    if (!/^[a-z][a-z0-9+.-]*:[^\u0000-\u0020<>"{}|^`\\]+$/i.test(text))
      throw new Error(`不是 IRI：${text}`);
    return `<${text}>`;
  };

  async function send(query, accept, signal) {
    const reply = await fetch('sparql', {
      method: 'POST', body: new URLSearchParams({ query }), headers: { Accept: accept }, signal,
    });
    if (!reply.ok)
      throw new Error((await reply.text()).trim() || `HTTP ${reply.status}`);
    return reply;
  }

  // Rows as objects of plain texts; a variable that is not bound is missing.
  async function ask(query, signal) {
    const reply = await send(PREFIXES + query, 'application/sparql-results+json', signal);
    return (await reply.json()).results.bindings.map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, term]) => [name, term.value])));
  }

  const inChinese = (variable) => `FILTER(LANGMATCHES(LANG(${variable}), "zh"))`;

  const PAIRS = `SELECT ?a ?b ?a_name ?b_name ?n ?articles WHERE {
  { SELECT ?a ?b (COUNT(DISTINCT ?cooperation) AS ?n) (COUNT(DISTINCT ?article) AS ?articles) WHERE {
      GRAPH ?article {
        ?tie rdf:predicate yutu:linkedWith ; rdf:subject ?s ; rdf:object ?o ; prov:wasInfluencedBy ?cooperation }
      BIND(STR(?s) < STR(?o) AS ?forward)
      BIND(IF(?forward, ?s, ?o) AS ?a) BIND(IF(?forward, ?o, ?s) AS ?b)
    } GROUP BY ?a ?b ORDER BY DESC(?n) DESC(?articles) ?a ?b LIMIT ${LIMIT.pairs} }
  ?a skos:prefLabel ?a_name ${inChinese('?a_name')}
  ?b skos:prefLabel ?b_name ${inChinese('?b_name')}
} ORDER BY DESC(?n) DESC(?articles) ?a_name ?b_name ?a ?b`;

  // One sentence for each of these pairs.
  const sentencesOf = (pairs) => {
    const both = `VALUES (?a ?b) { ${pairs.map((pair) => `(${iri(pair.a)} ${iri(pair.b)})`).join(' ')} }`;
    return `SELECT ?a ?b (MIN(?text) AS ?sentence) WHERE {
  GRAPH ?article {
    { ${both} ?tie rdf:subject ?a ; rdf:object ?b } UNION { ${both} ?tie rdf:subject ?b ; rdf:object ?a }
    ?tie rdf:predicate yutu:linkedWith ; prov:wasDerivedFrom ?where . ?where nif:anchorOf ?text }
} GROUP BY ?a ?b`;
  };

  const PLACES = `SELECT DISTINCT ?region ?class ?around ?lat ?long WHERE {
  VALUES ?class { yutu:Province yutu:City } ?region a ?class ; geo:lat ?lat ; geo:long ?long .
  OPTIONAL { ?region yutu:locatedIn ?around . ?around a yutu:Province } }`;

  // Where regions without a place of their own lie: at the nearest region around them that has one.
  const placesAround = (regions) => `SELECT ?region ?around ?lat ?long WHERE {
  VALUES ?region { ${regions.map(iri).join(' ')} }
  ?region yutu:locatedIn+ ?around . ?around geo:lat ?lat ; geo:long ?long } ORDER BY ?region DESC(STR(?around))`;

  const BACKGROUND = 'SELECT ?graph WHERE { GRAPH ?graph { ?region a yutu:Province ; skos:notation ?code } } LIMIT 1';

  const COUNTS = `SELECT (COUNT(?a) AS ?articles) (COUNT(?c) AS ?cooperations) WHERE {
  { ?a a schema:NewsArticle } UNION { ?c a yutu:Cooperation } }`;

  const partnersOf = (region) => `SELECT ?b ?b_name (COUNT(DISTINCT ?cooperation) AS ?n)
  (COUNT(DISTINCT ?article) AS ?articles) (MIN(?text) AS ?sentence)
WHERE {
  GRAPH ?article {
    { ?tie rdf:subject ${iri(region)} ; rdf:object ?b } UNION { ?tie rdf:object ${iri(region)} ; rdf:subject ?b }
    ?tie rdf:predicate yutu:linkedWith ; prov:wasInfluencedBy ?cooperation ; prov:wasDerivedFrom ?where .
    ?where nif:anchorOf ?text . ?b skos:prefLabel ?b_name .
  }
}
GROUP BY ?b ?b_name ORDER BY DESC(?n) DESC(?articles) ?b_name`;

  // One row for each participant of each cooperation that `seed` finds as ?cooperation.
  const cooperations = (seed) => `SELECT DISTINCT ?cooperation ?article ?who ?name ?sentence ?date ?thing ?via ?planned
  ?confidence ?title ?source ?reported
WHERE {
  GRAPH ?article {
    ${seed}
    ?cooperation a yutu:Cooperation ; yutu:participant ?who ; prov:wasDerivedFrom ?where .
    ?where nif:anchorOf ?sentence .
    ?who skos:prefLabel ?name .
    OPTIONAL { ?cooperation yutu:confidence ?confidence }
    OPTIONAL { ?cooperation dcterms:date ?date }
    OPTIONAL { ?cooperation yutu:modality ?planned }
    OPTIONAL { ?cooperation yutu:via ?thing . ?thing skos:prefLabel ?via }
    OPTIONAL { ?article dcterms:title ?title }
    OPTIONAL { ?article dcterms:source ?source }
    OPTIONAL { ?article dcterms:date ?reported }
  }
}
ORDER BY DESC(STR(COALESCE(?date, ?reported, ""))) ?cooperation ?name LIMIT ${LIMIT.ties}`;

  const between = (a, b) => cooperations(`{ ?tie rdf:subject ${iri(a)} ; rdf:object ${iri(b)} }
    UNION { ?tie rdf:object ${iri(a)} ; rdf:subject ${iri(b)} }
    ?tie rdf:predicate yutu:linkedWith ; prov:wasInfluencedBy ?cooperation .`);

  const claimsAbout = (thing) => `SELECT DISTINCT ?s ?subject ?p ?o ?object ?planned ?confidence ?sentence ?article ?title
  ?source ?reported
WHERE {
  GRAPH ?article {
    { ?claim rdf:subject ${iri(thing)} } UNION { ?claim rdf:object ${iri(thing)} }
    ?claim a rdf:Statement ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; prov:wasDerivedFrom ?where .
    FILTER(?p NOT IN (yutu:linkedWith, yutu:cooperatesWith))
    ?where nif:anchorOf ?sentence .
    ?s skos:prefLabel ?subject . ?o skos:prefLabel ?object .
    OPTIONAL { ?claim yutu:confidence ?confidence }
    OPTIONAL { ?claim yutu:modality ?planned }
    OPTIONAL { ?article dcterms:title ?title }
    OPTIONAL { ?article dcterms:source ?source }
    OPTIONAL { ?article dcterms:date ?reported }
  }
}
ORDER BY ?p ?subject ?object ?article LIMIT ${LIMIT.claims}`;

  const factsOf = (thing) => `SELECT ?name ?class ?code ?place ?place_name WHERE {
  VALUES ?thing { ${iri(thing)} }
  ?thing skos:prefLabel ?name ; a ?class . ${inChinese('?name')}
  OPTIONAL { ?thing skos:notation ?code }
  OPTIONAL { ?thing yutu:locatedIn ?place . ?place skos:prefLabel ?place_name ${inChinese('?place_name')} }
} ORDER BY ?class ?place LIMIT 40`;

  function search(text) {
    const classes = Object.keys(words.classes).filter((name) => words.classes[name].kind).map((name) => `yutu:${name}`);
    const known = background ? `OPTIONAL { GRAPH ${iri(background)} { ?thing a ?class } BIND(1 AS ?known) }` : '';
    return `SELECT ?thing ?name ?class ?n ?place WHERE {
  { SELECT ?thing ?name ?class ?rank ?n WHERE {
      { SELECT ?thing ?class ?other (COUNT(DISTINCT ?graph) AS ?graphs) WHERE {
          { SELECT ?thing (MIN(?differs) AS ?other) WHERE {
              ?thing skos:prefLabel|skos:altLabel|skos:notation ?any
              FILTER(CONTAINS(LCASE(STR(?any)), LCASE(${literal(text)})))
              BIND(IF(STR(?any) = ${literal(text)}, 0, 1) AS ?differs)
            } GROUP BY ?thing }
          VALUES ?class { ${classes.join(' ')} }
          GRAPH ?graph { ?thing a ?class }
        } GROUP BY ?thing ?class ?other }
      ?thing skos:prefLabel ?name ${inChinese('?name')}
      ${known}
      BIND(?graphs - COALESCE(?known, 0) AS ?n)
      BIND(IF(?other = 0, 0, IF(STRSTARTS(STR(?name), ${literal(text)}), 1, 2)) AS ?rank)
    } ORDER BY ?rank DESC(?n) STRLEN(?name) ?name LIMIT ${LIMIT.found} }
  OPTIONAL { ?thing yutu:locatedIn/skos:prefLabel ?place ${inChinese('?place')} }
} ORDER BY ?rank DESC(?n) STRLEN(?name) ?name ?class ?place`;
  }

  // ---- making elements ----

  function make(tag, attributes, ...children) {
    const svg = ['g', 'circle', 'path', 'text', 'title'].includes(tag);
    const node = svg ? document.createElementNS('http://www.w3.org/2000/svg', tag) : document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {}))
      if (value !== undefined && value !== false)
        node.setAttribute(name, value === true ? '' : value);
    node.append(...children.filter((child) => child !== undefined && child !== null && child !== false));
    return node;
  }
  const en = (text) => make('span', { lang: 'en' }, text);
  const label = (zh, text) => [zh + ' ', en(text)];
  const localName = (name) => (name || '').replace(/^.*[#/]/, '');
  const classWord = (name) => words.classes[localName(name)] || { zh: localName(name), en: '' };
  const relationWord = (name) => words.relations[localName(name)] || { zh: localName(name), en: '' };
  const kindOf = (name) => classWord(name).kind;
  const link = {
    region: (a) => `#r=${encodeURIComponent(a)}`,
    pair: (a, b) => `#p=${[a, b].sort().map(encodeURIComponent).join(',')}`,
    thing: (a) => `#o=${encodeURIComponent(a)}`,
  };
  const isRegion = (name) => /\/id\/(region|country)\//.test(name);
  const linkTo = (name, text) => make('a', { href: isRegion(name) ? link.region(name) : link.thing(name) }, text);

  function show(...children) {
    $('panel').replaceChildren(...children.flat());
  }
  const back = () => make('a', { class: 'back', href: '#' }, '← ', ...label('全部联系', 'All links'));
  const problem = (error) => make('p', { class: 'problem', role: 'alert' }, `${error.message || error}`);
  const empty = (zh, text) => make('p', { class: 'empty' }, ...label(zh, text));

  const oneLine = (text) => (text || '').replace(/\s*\n\s*/g, '');

  // The sentence, with the names in it marked.
  function quote(text, names) {
    const node = make('blockquote', {});
    const wanted = names.filter((name) => name && name.length > 1).sort((x, y) => y.length - x.length);
    let rest = oneLine(text);
    while (rest) {
      const hits = wanted.map((name) => [rest.indexOf(name), name]).filter(([at]) => at >= 0);
      hits.sort((x, y) => x[0] - y[0] || y[1].length - x[1].length);
      const [at, name] = hits[0] || [rest.length, ''];
      node.append(rest.slice(0, at));
      if (name)
        node.append(make('mark', {}, name));
      rest = rest.slice(at + name.length);
    }
    return node;
  }

  const source = (row) => make('p', { class: 'source' },
    row.title ? `《${row.title}》` : localName(row.article), row.reported ? ` ${row.reported}` : '',
    row.source ? ` · ${row.source}` : '', ' · ',
    make('a', { class: 'whole', href: `data?graph=${encodeURIComponent(row.article)}` }, '图 ', en('graph')));

  const tags = (row) => [
    row.planned && make('span', { class: 'tag planned' }, '计划中 ', en('planned')),
    row.confidence && make('span', { class: 'tag sure', title: '可信度 Confidence' }, '可信度 ',
      `${Math.round(Number(row.confidence) * 100)}%`),
  ];

  // ---- the map ----

  const map = { places: new Map(), box: null, view: null, pairs: [] };

  // Albers' equal-area conic projection with the parallels that maps of China use: 25° and 47° north, centred on 105° east.
  const project = (() => {
    const rad = Math.PI / 180;
    const n = (Math.sin(25 * rad) + Math.sin(47 * rad)) / 2;
    const c = Math.cos(25 * rad) ** 2 + 2 * n * Math.sin(25 * rad);
    const radius = (lat) => Math.sqrt(c - 2 * n * Math.sin(lat * rad)) / n;
    return (lat, long) => {
      const angle = n * (long - 105) * rad;
      return [1000 * radius(lat) * Math.sin(angle), 1000 * (radius(lat) * Math.cos(angle) - radius(35))];
    };
  })();

  // Regions that have no place of their own stand around the one that they lie in.
  function placeAround(rows) {
    const taken = new Map();
    for (const row of rows) {
      if (map.places.has(row.region))
        continue;
      const at = project(Number(row.lat), Number(row.long));
      const i = taken.get(row.around) || 0;
      taken.set(row.around, i + 1);
      map.places.set(row.region, [at[0] + 7 * Math.cos(i * 2.4 + 0.6), at[1] + 7 * Math.sin(i * 2.4 + 0.6)]);
    }
  }

  // A province stands in the middle of its cities, not upon its capital.
  function placeRegions(rows) {
    const cities = new Map();
    for (const row of rows) {
      const at = project(Number(row.lat), Number(row.long));
      map.places.set(row.region, at);
      if (row.around)
        cities.set(row.around, [...(cities.get(row.around) || []), at]);
    }
    for (const [province, all] of cities)
      if (all.length > 1 && map.places.has(province))
        map.places.set(province, [0, 1].map((i) => all.reduce((sum, at) => sum + at[i], 0) / all.length));
    return rows.filter((row) => !cities.has(row.region)).map((row) => map.places.get(row.region));
  }

  async function loadMap() {
    const backdrop = placeRegions(await ask(PLACES));
    const linked = [...new Set(map.pairs.flatMap((pair) => [pair.a, pair.b]))];
    const lost = linked.filter((region) => !map.places.has(region));
    if (lost.length)
      placeAround(await ask(placesAround(lost)));
    drawMap(backdrop, linked);
  }

  function drawMap(backdrop, linked) {
    const shown = linked.filter((region) => map.places.has(region)).map((region) => map.places.get(region));
    const points = backdrop.length ? backdrop : shown;
    if (!points.length) {
      $('map').parentNode.hidden = true;
      return;
    }
    const xs = points.map((p) => p[0]);
    const ys = points.map((p) => p[1]);
    const [left, top] = [Math.min(...xs) - 30, Math.min(...ys) - 30];
    map.box = [left, top, Math.max(...xs) + 60 - left, Math.max(...ys) + 30 - top];
    map.view = [...map.box];
    $('map').replaceChildren(
      make('g', { 'aria-hidden': 'true' }, ...backdrop.map(([x, y]) => make('circle', { class: 'place', cx: x, cy: y, r: 2 }))),
      make('g', { id: 'lines' }), make('g', { id: 'nodes' }));
    drawLinks();
    setView(map.box);
    const off = linked.filter((region) => !map.places.has(region));
    $('off-map').hidden = !off.length;
    $('off-map').replaceChildren(...label('不在图上：', 'Not on the map:'),
      ...off.flatMap((region) => [' ', linkTo(region, nameOf(region))]));
  }

  const names = new Map();
  const nameOf = (region) => names.get(region) || localName(region);
  const shortName = (name) => name.replace(/(特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|[^州]{2,}?族自治州|省|市)$/, '') || name;

  function drawLinks() {
    const drawn = map.pairs.filter((pair) => map.places.has(pair.a) && map.places.has(pair.b)).slice(0, LIMIT.lines);
    const strength = new Map();
    const most = drawn.length ? drawn[0].n : 1;
    const spread = Math.min(1, Math.log2(1 + most) / 6); // where all is about as strong, all looks about the same
    $('lines').replaceChildren(...drawn.map((pair) => {
      const [a, b] = [map.places.get(pair.a), map.places.get(pair.b)];
      for (const region of [pair.a, pair.b])
        strength.set(region, (strength.get(region) || 0) + pair.n);
      const bend = 0.12; // lines of the same two directions would hide each other
      const middle = [(a[0] + b[0]) / 2 - (b[1] - a[1]) * bend, (a[1] + b[1]) / 2 + (b[0] - a[0]) * bend];
      const d = `M${a.join(' ')}Q${middle.join(' ')} ${b.join(' ')}`;
      const group = make('g', { class: 'pair', 'data-key': link.pair(pair.a, pair.b) },
        make('title', {}, `${pair.a_name} — ${pair.b_name}：${pair.n} 项合作`),
        make('path', { class: 'reach', d }), make('path', {
          class: 'tie', d, 'data-width': 1 + 4 * spread * Math.sqrt(pair.n / most),
          opacity: 1 - 0.75 * spread * (1 - Math.sqrt(pair.n / most)),
        }));
      group.addEventListener('click', () => { location.hash = link.pair(pair.a, pair.b); });
      return group;
    }).reverse()); // the strongest on top
    const nodes = [...strength.entries()].sort((x, y) => y[1] - x[1] || (x[0] < y[0] ? -1 : 1));
    $('nodes').replaceChildren(...nodes.map(([region, n]) => {
      const [x, y] = map.places.get(region);
      const node = make('g', { class: 'node', 'data-region': region, 'data-x': x, 'data-y': y },
        make('title', {}, `${nameOf(region)}：${n} 项合作`),
        make('circle', { cx: x, cy: y, 'data-r': 3.8 + 6 * spread * Math.sqrt(n / nodes[0][1]) }),
        make('text', {}, shortName(nameOf(region))));
      node.addEventListener('click', () => { location.hash = link.region(region); });
      return node;
    }).reverse());
  }

  // Sizes are those of the screen, whatever the scale of the map; labels that would cover others are left out.
  function setView(view) {
    map.view = view;
    const svg = $('map');
    svg.setAttribute('viewBox', view.map((v) => v.toFixed(2)).join(' '));
    const room = svg.getBoundingClientRect();
    const unit = Math.max(view[2] / (room.width || 1), view[3] / (room.height || 1)); // map units of a pixel
    for (const path of svg.querySelectorAll('.tie'))
      path.setAttribute('stroke-width', path.dataset.width * unit);
    for (const path of svg.querySelectorAll('.reach'))
      path.setAttribute('stroke-width', 12 * unit);
    for (const dot of svg.querySelectorAll('.place'))
      dot.setAttribute('r', Math.min(1.8 * unit, 3.4));
    const taken = [];
    const all = [...svg.querySelectorAll('.node')].reverse();
    const weight = (node) => node.classList.contains('near') + node.classList.contains('chosen');
    all.sort((x, y) => weight(y) - weight(x));
    for (const node of all)
      taken.push(boxOf(node, unit));
    all.forEach((node, i) => placeLabel(node, unit, taken, i));
  }

  function boxOf(node, unit) {
    const circle = node.querySelector('circle');
    const r = circle.dataset.r * unit;
    circle.setAttribute('r', r);
    const [x, y] = [Number(node.dataset.x), Number(node.dataset.y)];
    return [x - r, y - r, x + r, y + r];
  }

  function placeLabel(node, unit, taken, index) {
    const text = node.querySelector('text');
    const size = 12.5 * unit;
    const width = size * text.textContent.length;
    const [x, y] = [Number(node.dataset.x), Number(node.dataset.y)];
    const gap = node.querySelector('circle').dataset.r * unit + 2 * unit;
    const spots = [[x + gap, y - size / 2], [x - gap - width, y - size / 2], [x - width / 2, y - gap - size],
      [x - width / 2, y + gap]];
    const free = spots.find(([left, top]) => !taken.some(([a, b, c, d], i) =>
      i !== index && left < c && left + width > a && top < d && top + size > b));
    const faded = node.closest('.faded') && !node.classList.contains('near');
    const spot = faded || index >= LIMIT.labels ? null : free || (node.classList.contains('chosen') && spots[0]);
    text.setAttribute('visibility', spot ? 'visible' : 'hidden');
    if (!spot)
      return;
    taken.push([spot[0], spot[1], spot[0] + width, spot[1] + size]);
    text.setAttribute('x', spot[0]);
    text.setAttribute('y', spot[1] + size * 0.86);
    text.setAttribute('font-size', size);
    text.setAttribute('stroke-width', 3 * unit);
  }

  // Show what is chosen: regions, and the lines between or from them.
  function choose(regions, key) {
    const svg = $('map');
    svg.classList.toggle('faded', regions.length > 0);
    const near = new Set(regions);
    for (const group of svg.querySelectorAll('.pair')) {
      const ends = group.dataset.key.slice(3).split(',').map(decodeURIComponent);
      const chosen = key ? group.dataset.key === key : regions.length === 1 && ends.includes(regions[0]);
      group.querySelector('.tie').classList.toggle('chosen', chosen);
      if (chosen)
        ends.forEach((end) => near.add(end));
    }
    for (const node of svg.querySelectorAll('.node')) {
      node.classList.toggle('near', near.has(node.dataset.region));
      node.classList.toggle('chosen', regions.includes(node.dataset.region));
    }
    $('nodes')?.append(...regions.map((region) => svg.querySelector(`.node[data-region="${CSS.escape(region)}"]`))
      .filter((node) => node));
    if (map.view)
      setView(viewOf([...near].filter((region) => map.places.has(region)).map((region) => map.places.get(region))));
  }

  // The part of the map around these points, at most four times as large; without points, the whole.
  function viewOf(points) {
    if (!points.length)
      return [...map.box];
    const [xs, ys] = [0, 1].map((i) => points.map((at) => at[i]));
    const middle = [(Math.min(...xs) + Math.max(...xs)) / 2, (Math.min(...ys) + Math.max(...ys)) / 2];
    const share = Math.max((Math.max(...xs) - Math.min(...xs)) / map.box[2], (Math.max(...ys) - Math.min(...ys)) / map.box[3]);
    const scale = Math.min(Math.max(share * 1.6, 1 / 4), 1);
    if (scale === 1)
      return [...map.box];
    const [w, h] = [map.box[2] * scale, map.box[3] * scale];
    return [middle[0] - w / 2, middle[1] - h / 2, w, h];
  }

  function zoom(factor, at) {
    if (!map.view)
      return;
    const [x, y, w, h] = map.view;
    const scale = Math.min(Math.max(factor, map.box[2] / 16 / w), map.box[2] / w);
    const [cx, cy] = at || [x + w / 2, y + h / 2];
    setView([cx - (cx - x) * scale, cy - (cy - y) * scale, w * scale, h * scale]);
  }

  function handleMap() {
    const svg = $('map');
    $('zoom-in').addEventListener('click', () => zoom(0.65));
    $('zoom-out').addEventListener('click', () => zoom(1 / 0.65));
    $('zoom-all').addEventListener('click', () => map.box && setView([...map.box]));
    let from = null;
    svg.addEventListener('pointerdown', (event) => { from = [event.clientX, event.clientY, ...map.view]; });
    svg.addEventListener('pointermove', (event) => {
      if (!from || !(event.buttons & 1))
        return;
      const room = svg.getBoundingClientRect();
      const unit = Math.max(from[4] / room.width, from[5] / room.height);
      svg.classList.add('dragging');
      setView([from[2] - (event.clientX - from[0]) * unit, from[3] - (event.clientY - from[1]) * unit, from[4], from[5]]);
    });
    for (const end of ['pointerup', 'pointerleave', 'pointercancel'])
      svg.addEventListener(end, () => { from = null; svg.classList.remove('dragging'); });
    window.addEventListener('resize', () => map.view && setView(map.view));
  }

  // ---- the panel ----

  function linkRow(href, who, n, articles, most, sentence) {
    const bar = make('span', {});
    bar.style.width = `${100 * n / most}%`;
    return make('li', {}, make('a', { href },
      make('span', { class: 'who' }, ...who),
      make('span', { class: 'much' }, make('b', {}, `${n}`), ' 项 · ', `${articles} 篇`),
      make('span', { class: 'bar' }, bar),
      make('span', { class: 'says' }, oneLine(sentence))));
  }

  // A list that grows by a button. `after` is told of the rows that were added, with their elements.
  function growing(rows, draw, after) {
    const list = make('ul', { class: 'rows' });
    const button = make('button', { type: 'button', class: 'more' });
    let n = 0;
    const grow = () => {
      const added = rows.slice(n, n + LIMIT.shown);
      const nodes = added.map(draw);
      list.append(...nodes);
      n += added.length;
      button.hidden = n === rows.length;
      button.replaceChildren(...label(`再显示一些（共 ${rows.length}）`, 'Show more'));
      if (after)
        after(added, nodes);
    };
    button.addEventListener('click', grow);
    grow();
    return [list, button];
  }

  // Sentences come later than the list, and not at all where there are very many to choose from.
  async function addSentences(pairs, nodes) {
    const missing = pairs.filter((pair) => !pair.sentence);
    if (!missing.length || missing.reduce((sum, pair) => sum + pair.n, 0) > LIMIT.quoted)
      return;
    const found = new Map((await ask(sentencesOf(missing))).map((row) => [link.pair(row.a, row.b), row.sentence]));
    pairs.forEach((pair, i) => {
      pair.sentence = pair.sentence || found.get(link.pair(pair.a, pair.b));
      nodes[i].querySelector('.says').textContent = oneLine(pair.sentence);
    });
  }

  function showPairs() {
    const most = map.pairs.length ? map.pairs[0].n : 1;
    const key = make('p', { class: 'facts' }, ...label('“项”是合作，“篇”是文章。', 'Cooperations, then articles.'));
    show(make('h2', {}, ...label('联系最多的地区', 'Most linked regions')), key,
      map.pairs.length
        ? growing(map.pairs, (pair) => linkRow(link.pair(pair.a, pair.b),
          [pair.a_name, make('i', {}, '—'), pair.b_name], pair.n, pair.articles, most, pair.sentence),
        (pairs, nodes) => addSentences(pairs, nodes).catch(() => {})) // the list is whole without them
        : empty('还没有地区之间的合作。先用 yutu build 读入文章。', 'No links yet: read articles with yutu build.'));
  }

  function describe(rows) {
    const classes = [...new Set(rows.map((row) => row.class).filter((name) => name.startsWith(NS)))];
    const places = new Map(rows.filter((row) => row.place).map((row) => [row.place, row.place_name]));
    const code = rows.map((row) => row.code).find((text) => text);
    const parts = [classes.map((name) => classWord(name).zh).join('、')];
    if (code)
      parts.push(' · ', code);
    if (places.size)
      parts.push(' · 位于 ', ...[...places].flatMap(([place, name], i) => [i ? '、' : '', linkTo(place, name)]));
    return make('p', { class: 'facts' }, ...parts);
  }

  // Rows of cooperations, one for each participant, as cards.
  function cards(rows) {
    const all = new Map();
    for (const row of rows) {
      const entry = all.get(row.cooperation) || { ...row, parties: new Map() };
      entry.parties.set(row.who, row.name);
      all.set(row.cooperation, entry);
    }
    return [...all.values()].map((entry) => make('article', { class: 'card' },
      make('p', { class: 'head' },
        make('span', { class: 'date' }, entry.date || (entry.reported ? `${entry.reported} 报道` : '日期不详')),
        entry.via && make('span', { class: 'via' }, '通过 ', linkTo(entry.thing, entry.via)),
        ...tags(entry)),
      make('p', { class: 'parties' }, ...[...entry.parties].flatMap(([who, name], i) => [i ? ' · ' : '', linkTo(who, name)])),
      quote(entry.sentence, [...entry.parties.values(), entry.via]),
      source(entry)));
  }

  async function showPair(a, b, signal) {
    choose([a, b], link.pair(a, b));
    const rows = await ask(between(a, b), signal);
    const list = cards(rows);
    show(back(), make('h2', {}, linkTo(a, nameOf(a)), ' — ', linkTo(b, nameOf(b))),
      make('p', { class: 'facts' }, ...label(`${list.length} 项合作`, 'cooperations')),
      list.length ? list : empty('这两个地区之间没有合作。', 'No cooperation between these two.'));
  }

  async function showRegion(region, signal) {
    choose([region]);
    const [facts, partners] = await Promise.all([ask(factsOf(region), signal), ask(partnersOf(region), signal)]);
    const name = facts.length ? facts[0].name : nameOf(region);
    names.set(region, name);
    const rows = partners.map((row) => ({ ...row, n: Number(row.n) }));
    rows.forEach((row) => names.set(row.b, row.b_name));
    show(back(), make('h2', {}, name), describe(facts),
      make('h3', {}, ...label('合作地区', 'Partners')),
      rows.length
        ? growing(rows, (row) => linkRow(link.pair(region, row.b), [row.b_name], row.n, row.articles, rows[0].n, row.sentence))
        : empty('没有与其他地区的合作。', 'No cooperation with other regions.'),
      make('p', { class: 'more' }, make('a', { href: link.thing(region) }, ...label('文章里关于它的陈述', 'What articles say of it'), ' →')));
  }

  const claimCard = (row) => make('article', { class: 'card' },
    make('p', { class: 'head' },
      make('span', {}, linkTo(row.s, row.subject),
        make('span', { class: 'relation', title: relationWord(row.p).en }, relationWord(row.p).zh), linkTo(row.o, row.object)),
      ...tags(row)),
    quote(row.sentence, [row.subject, row.object]), source(row));

  async function showThing(thing, signal) {
    choose([]);
    const [facts, joint, claims] = await Promise.all([ask(factsOf(thing), signal),
      ask(cooperations(`?cooperation yutu:participant|yutu:via ${iri(thing)} .`), signal), ask(claimsAbout(thing), signal)]);
    const list = cards(joint);
    show(back(), make('h2', {}, facts.length ? facts[0].name : localName(thing)), describe(facts),
      list.length > 0 && [make('h3', {}, ...label(`参与的合作（${list.length}）`, 'Cooperations')), ...list],
      claims.length > 0 && [make('h3', {}, ...label(`陈述（${claims.length}）`, 'Statements')), ...claims.map(claimCard)],
      !list.length && !claims.length && empty('文章里没有关于它的陈述。', 'No article says anything of it.'));
  }

  // ---- finding ----

  function handleSearch() {
    const input = $('search');
    const list = $('found');
    let running = null;
    let timer = 0;
    let current = -1;

    const close = () => {
      list.hidden = true;
      current = -1;
      input.setAttribute('aria-expanded', 'false');
      input.removeAttribute('aria-activedescendant');
    };
    const mark = (index) => {
      const options = [...list.querySelectorAll('[data-href]')];
      if (!options.length)
        return;
      current = (index + options.length) % options.length;
      options.forEach((option, i) => option.setAttribute('aria-selected', i === current));
      options[current].scrollIntoView({ block: 'nearest' });
      input.setAttribute('aria-activedescendant', options[current].id);
    };
    const go = (option) => {
      location.hash = option.dataset.href;
      input.value = option.querySelector('.name').textContent;
      close();
      $('panel').focus({ preventScroll: true });
    };
    const draw = (answer) => {
      const rows = [...new Map(answer.reverse().map((row) => [row.thing, row])).values()].reverse(); // one for each thing
      list.replaceChildren(...rows.map((row, i) => make('li', {
        role: 'option', id: `found-${i}`, 'aria-selected': 'false',
        'data-href': kindOf(row.class) === 'region' ? link.region(row.thing) : link.thing(row.thing),
      },
      make('span', { class: 'name' }, row.name),
      make('span', { class: 'where' }, [classWord(row.class).zh, row.place].filter((part) => part).join(' · ')),
      Number(row.n) > 0 && make('span', { class: 'tag' }, `${row.n} 篇`))));
      if (!rows.length)
        list.append(make('li', { class: 'none' }, ...label('没有找到', 'Nothing found')));
      list.hidden = false;
      input.setAttribute('aria-expanded', 'true');
    };
    const find = async () => {
      const text = input.value.trim();
      if (running)
        running.abort();
      if (!text) {
        close();
        return;
      }
      running = new AbortController();
      const mine = running;
      try {
        const rows = await ask(search(text), mine.signal);
        if (mine === running)
          draw(rows);
      } catch (error) {
        if (error.name !== 'AbortError')
          list.replaceChildren(make('li', { class: 'none' }, problem(error)));
      }
    };
    input.addEventListener('input', () => {
      clearTimeout(timer);
      timer = setTimeout(find, 180);
    });
    input.addEventListener('keydown', (event) => {
      const options = [...list.querySelectorAll('[data-href]')];
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        event.preventDefault();
        mark(event.key === 'ArrowDown' ? current + 1 : current < 0 ? -1 : current - 1);
      } else if (event.key === 'Enter' && options.length && !list.hidden) {
        event.preventDefault();
        go(options[Math.max(current, 0)]);
      } else if (event.key === 'Escape') {
        close();
      }
    });
    list.addEventListener('mousedown', (event) => {
      const option = event.target.closest('[data-href]');
      event.preventDefault();
      if (option)
        go(option);
    });
    input.addEventListener('blur', close);
    const [, asked] = /^#q=(.+)$/.exec(location.hash) || []; // a link may say what to look for
    if (asked) {
      input.value = decodeURIComponent(asked);
      find();
    }
    document.addEventListener('keydown', (event) => {
      if (event.key === '/' && !/^(input|textarea)$/i.test(document.activeElement.tagName)) {
        event.preventDefault();
        input.focus();
      }
    });
  }

  // ---- asking in SPARQL ----

  function drawAnswer(answer) {
    if (typeof answer.boolean === 'boolean')
      return [make('p', {}, answer.boolean ? '是 yes' : '否 no')];
    const rows = answer.results.bindings;
    const cell = (term) => make('td', {}, term ? (term.type === 'uri' && isRegion(term.value) ? linkTo(term.value, term.value) : term.value) : '');
    return [make('p', { class: 'facts' }, ...label(`${rows.length} 行`, 'rows'), rows.length > LIMIT.answer ? `，显示前 ${LIMIT.answer} 行` : ''),
      make('table', {}, make('thead', {}, make('tr', {}, ...answer.head.vars.map((name) => make('th', { scope: 'col' }, name)))),
        make('tbody', {}, ...rows.slice(0, LIMIT.answer).map((row) => make('tr', {}, ...answer.head.vars.map((name) => cell(row[name]))))))];
  }

  function handleAsk() {
    $('ask-text').value = `${PREFIXES}
SELECT ?organisation ?founder WHERE {
  ?f yutu:establishes ?o .
  ?f skos:prefLabel ?founder . ?o skos:prefLabel ?organisation .
} LIMIT 20
`;
    $('ask-form').addEventListener('submit', async (event) => {
      event.preventDefault();
      $('answer').replaceChildren(make('p', { class: 'wait' }, '…'));
      try {
        const reply = await send($('ask-text').value, 'application/sparql-results+json, text/turtle;q=0.9');
        const rows = /sparql-results/.test(reply.headers.get('Content-Type'));
        $('answer').replaceChildren(...(rows ? drawAnswer(await reply.json()) : [make('pre', {}, await reply.text())]));
      } catch (error) {
        $('answer').replaceChildren(problem(error));
      }
    });
  }

  // ---- which page ----

  let showing = null;

  async function route(event) {
    if (event && window.innerWidth < 960 && location.hash.length > 1)
      $('panel').scrollIntoView();
    if (showing)
      showing.abort();
    const mine = showing = new AbortController();
    const [, kind, rest] = /^#([rpo])=(.+)$/.exec(location.hash) || [];
    try {
      const parts = rest ? rest.split(',').map(decodeURIComponent) : [];
      if (kind)
        show(back(), make('p', { class: 'wait' }, '…'));
      if (kind === 'p' && parts.length === 2)
        await showPair(parts[0], parts[1], mine.signal);
      else if (kind === 'r')
        await showRegion(parts.join(','), mine.signal);
      else if (kind === 'o')
        await showThing(parts.join(','), mine.signal);
      else {
        choose([]);
        showPairs();
      }
    } catch (error) {
      if (error.name !== 'AbortError')
        show(back(), problem(error));
    }
  }

  async function start() {
    handleMap();
    handleAsk();
    try {
      const [dictionary, pairs, counts, known] = await Promise.all([
        fetch('words.json').then((reply) => reply.json()), ask(PAIRS), ask(COUNTS), ask(BACKGROUND)]);
      words = dictionary;
      background = known.length ? known[0].graph : null;
      handleSearch();
      map.pairs = pairs.map((pair) => ({ ...pair, n: Number(pair.n) }));
      for (const pair of map.pairs) {
        names.set(pair.a, pair.a_name);
        names.set(pair.b, pair.b_name);
      }
      $('counts').replaceChildren(make('b', {}, counts[0].articles), ' 篇文章 · ', make('b', {}, counts[0].cooperations), ' 项合作 · ',
        make('b', {}, `${map.pairs.length}${map.pairs.length === LIMIT.pairs ? '+' : ''}`), ' 对地区', make('br'), en('articles · cooperations · pairs of regions'));
      await loadMap();
      window.addEventListener('hashchange', route);
      await route();
    } catch (error) {
      show(problem(error));
    }
  }

  start();
})();
