#!/usr/bin/env bash
# How long the queries of the catalogue take on a graph of many articles: each query's own example, best of three.
# Environment: YUTU (build/yutu), ARTICLES (5000).
set -euo pipefail
source=$(cd "$(dirname "$0")/../.." && pwd)
yutu=${YUTU:-$source/build/yutu}
articles=${ARTICLES:-5000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

/usr/bin/python3 "$source/tests/bench/make_articles.py" "$articles" "$work/articles"
"$yutu" build -q -s "$work/yutu.store" "$work/articles" "$source/tests/samples"
cd "$work"
/usr/bin/python3 - "$yutu" "$source" "$articles" <<'PYTHON'
import pathlib, shlex, subprocess, sys, time
yutu, source, articles = sys.argv[1:4]
print(f"{articles} articles")
for file in sorted(pathlib.Path(source, "queries/catalogue").glob("*.rq")):
    example = next(l for l in file.read_text(encoding="utf-8").splitlines() if l.startswith("# example: "))
    command = [yutu] + shlex.split(example.split(": ", 1)[1])[1:] + ["--format", "csv"]
    best, rows, status = 1e9, 0, 0
    for _ in range(3):
        begin = time.monotonic()
        done = subprocess.run(command, capture_output=True)
        best = min(best, time.monotonic() - begin)
        rows, status = done.stdout.count(b"\n") - 1, done.returncode
    print(f"{file.stem:16} {best * 1000:9.1f} ms {rows:8} rows" + (f"  exit status {status}" if status else ""), flush=True)
PYTHON
