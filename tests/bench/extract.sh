#!/usr/bin/env bash
# How fast articles are read: extract alone with one thread, then build with all, then build again over the same.
# Environment: YUTU (build/yutu), ARTICLES (2000).
set -euo pipefail
source=$(cd "$(dirname "$0")/../.." && pwd)
yutu=${YUTU:-$source/build/yutu}
articles=${ARTICLES:-2000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

/usr/bin/python3 "$source/tests/bench/make_articles.py" "$articles" "$work/articles"
bytes=$(find "$work/articles" -type f -printf '%s\n' | awk '{ n += $1 } END { print n }')

# measure NAME COMMAND...: seconds, megabytes of text a second, peak memory.
measure() {
  local name=$1
  shift
  /usr/bin/python3 - "$name" "$bytes" "$@" <<'PYTHON'
import resource, subprocess, sys, time
name, n_bytes, command = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
begin = time.monotonic()
subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
seconds = time.monotonic() - begin
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
print(f"{name:24} {seconds:8.2f} s {n_bytes / seconds / 1e6:8.2f} MB/s {peak:8.0f} MB peak", flush=True)
PYTHON
}

printf '%d articles, %d bytes\n' "$articles" "$bytes"
measure "extract, 1 thread" "$yutu" extract --jobs 1 "$work/articles"
measure "build, $(nproc) threads" "$yutu" build -q -s "$work/store" "$work/articles"
measure "build, nothing new" "$yutu" build -q -s "$work/store" "$work/articles"
du -sm "$work/store" | awk '{ print "store: " $1 " MB" }'
