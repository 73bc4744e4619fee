# Helpers of the shell tests. Sourced, not run:  . "$YUTU_SOURCE/tests/cli/lib.sh"
# Each test works in a folder of its own, $work, which is removed at the end.

set -uo pipefail
: "${YUTU:?}" "${YUTU_SOURCE:?}"
samples=$YUTU_SOURCE/tests/samples
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
failures=0
checks=0

# run EXIT COMMAND...: run it, keep what it prints in $work/out and $work/err, compare the exit status.
run() {
  local want=$1 got=0
  shift
  ran="$*"
  "$@" >"$work/out" 2>"$work/err" || got=$?
  checks=$((checks + 1))
  [ "$got" -eq "$want" ] || fail "exit status $got, not $want"
}

# As run, with standard input from a file.
run_from() {
  local file=$1 want=$2 got=0
  shift 2
  ran="$* < $file"
  "$@" <"$file" >"$work/out" 2>"$work/err" || got=$?
  checks=$((checks + 1))
  [ "$got" -eq "$want" ] || fail "exit status $got, not $want"
}

fail() {
  failures=$((failures + 1))
  {
    echo "FAILED: ${ran:-}"
    echo "  $*"
    sed 's/^/  stderr: /' "$work/err" 2>/dev/null | head -5
  } >&2
}

# out PATTERN / err PATTERN: some line of the last command's output matches this extended regular expression.
out() {
  checks=$((checks + 1))
  grep -Eq -- "$1" "$work/out" || fail "no line of stdout matches: $1"
}
err() {
  checks=$((checks + 1))
  grep -Eq -- "$1" "$work/err" || fail "no line of stderr matches: $1"
}
no_out() {
  checks=$((checks + 1))
  ! grep -Eq -- "$1" "$work/out" || fail "a line of stdout matches: $1"
}
no_err() {
  checks=$((checks + 1))
  ! grep -Eq -- "$1" "$work/err" || fail "a line of stderr matches: $1"
}
silent() { # neither errors nor anything else on stderr
  checks=$((checks + 1))
  [ ! -s "$work/err" ] || fail "something on stderr"
}
empty() { # nothing on stdout
  checks=$((checks + 1))
  [ ! -s "$work/out" ] || fail "something on stdout"
}

# same A B: two files with the same bytes.
same() {
  checks=$((checks + 1))
  cmp -s "$1" "$2" || fail "$1 and $2 differ: $(diff "$1" "$2" | head -3)"
}

# That many lines of stdout match.
count() {
  local want=$1 got
  got=$(grep -Ec -- "$2" "$work/out")
  checks=$((checks + 1))
  [ "$got" -eq "$want" ] || fail "$got lines of stdout match $2, not $want"
}

# triples FORMAT FILE: the triples that rapper reads, sorted, with real characters.
triples() {
  rapper -q -i "$1" -o ntriples "$2" http://example.org/ 2>"$work/rapper.err" | /usr/bin/python3 -c '
import re, sys
for line in sys.stdin:
    line = re.sub(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})", lambda m: chr(int(m[1] or m[2], 16)), line)
    sys.stdout.write(re.sub(r"(\"@[A-Za-z-]+)", lambda m: m[1].lower(), line))' | LC_ALL=C sort -u
  [ ! -s "$work/rapper.err" ] || fail "rapper: $(head -1 "$work/rapper.err")"
}

finish() {
  [ "$checks" -gt 0 ] || { echo "nothing was checked" >&2; exit 1; }
  if [ "$failures" -gt 0 ]; then
    echo "$failures of $checks checks failed" >&2
    exit 1
  fi
  exit 0
}
