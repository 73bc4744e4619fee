#!/usr/bin/env bash
# The store in numbers, beside librdf's own storages and Oxigraph: load (fsynced, from parsed quads), first rows by
# subject, subject and predicate, predicate and object, subject in a graph; bytes per quad, opening time, peak memory.
# Ours is measured through its native interface and through librdf. What takes longer than LIMIT is cut off.
# Environment: SIZES ("100000 1000000 10000000"), OTHERS (largest size for the others, 100000), LIMIT (seconds, 300),
# YUTU_SHARED (a folder whose bench/make_quads.py makes the data instead of store_quads.py).
set -euo pipefail
source=$(cd "$(dirname "$0")/../.." && pwd)
bench=${YUTU_BENCH_STORE:-$source/build/tests/bench/bench_store}
sizes=${SIZES:-100000 1000000 10000000}
others=${OTHERS:-100000}
limit=${LIMIT:-300}
maker=$source/tests/bench/store_quads.py
shared=${YUTU_SHARED-$source/../shared}
if [ -n "$shared" ] && [ -f "$shared/bench/make_quads.py" ]; then maker=$shared/bench/make_quads.py; fi
work=$(mktemp -d -p "${TMPDIR:-/var/tmp}")
trap 'rm -rf "$work"' EXIT

# measure STORAGE NAME [OPTIONS]: a run of its own.
measure() {
  local status=0
  rm -rf "$work/store" "$work/files"
  mkdir "$work/files"
  timeout "$limit" "$bench" "$1" "$file" "${@:2}" 2>"$work/errors" || status=$?
  case $status in
    0) cat "$work/errors" >&2 ;;
    124) printf '%-8s not done in %d s\n' "$1" "$limit" ;;
    *) printf '%-8s %s\n' "$1" "$(head -1 "$work/errors")" ;;
  esac
}

for size in $sizes; do
  file=$work/$size.nq
  /usr/bin/python3 "$maker" "$size" "$file" 2>/dev/null
  printf '%d quads, %d bytes of N-Quads\n' "$(wc -l <"$file")" "$(stat -c %s "$file")"
  measure native "$work/store"
  measure yutu "$work/store"
  if [ "$size" -le "$others" ]; then
    measure memory data "contexts='yes'"
    measure hashes data "hash-type='memory',contexts='yes'"
    measure hashes data "hash-type='bdb',dir='$work/files',new='yes',contexts='yes'"
    measure trees data
    measure sqlite "$work/files/data" "new='yes',contexts='yes'"
    if command -v npm >/dev/null; then
      [ -d "$work/node_modules" ] || npm install --silent --no-fund --no-audit --prefix "$work" oxigraph >/dev/null 2>&1 ||
        echo "oxigraph cannot be had from npm"
      [ ! -d "$work/node_modules/oxigraph" ] ||
        NODE_PATH=$work/node_modules timeout "$limit" node "$source/tests/bench/store_oxigraph.js" "$file" || true
    fi
  fi
  rm -f "$file"
done
