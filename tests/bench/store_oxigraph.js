// The same measurements of Oxigraph (npm): node store_oxigraph.js FILE.nq. It must hold the file's text in memory.
const oxigraph = require("oxigraph");
const fs = require("fs");
const seconds = () => Number(process.hrtime.bigint()) / 1e9;

const store = new oxigraph.Store();
let start = seconds();
store.load(fs.readFileSync(process.argv[2], "utf8"), { format: "application/n-quads", no_transaction: true });
const load = seconds() - start;

const samples = [];
const all = store.match(null, null, null, null);
for (let i = 0; i < all.length; i += Math.ceil(all.length / 2000)) samples.push(all[i]);
// match() gives all rows, so keys with many answers count against it: SPARQL with a limit would count its parser instead.
function rate(pick) {
  start = seconds();
  let n = 0;
  for (; n < samples.length && seconds() - start < 1; n++) store.match(...pick(samples[n]));
  return (n / (seconds() - start)).toFixed(0).padStart(8);
}
const by = {
  s: rate((q) => [q.subject, null, null, null]),
  sp: rate((q) => [q.subject, q.predicate, null, null]),
  po: rate((q) => [null, q.predicate, q.object, null]),
  sg: rate((q) => [q.subject, null, null, q.graph]),
};
const memory = process.resourceUsage().maxRSS / 1024;
console.log(
  `oxigraph ${String(store.size).padStart(9)} quads  load ${(store.size / load).toFixed(0).padStart(8)}/s  ` +
    `S ${by.s}/s  S+P ${by.sp}/s  P+O ${by.po}/s  S in G ${by.sg}/s  (all rows, parsing included, in memory)` +
    `  peak ${memory.toFixed(0)} MB`,
);
