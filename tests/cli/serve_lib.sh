# For tests of yutu serve. Sourced after lib.sh.

command -v curl >/dev/null || { echo "curl is not installed" >&2; exit 77; }
export no_proxy='*'
server=
url=
trap '[ -z "$server" ] || { kill -KILL "$server"; wait "$server"; } 2>/dev/null; rm -rf "$work"' EXIT

# serve OPTION...: start a server on a free port; $url is its address without the last slash, $server its process.
serve() {
  : >"$work/address"
  "$YUTU" serve --port 0 "$@" >"$work/address" 2>"$work/served" &
  server=$!
  local i
  for i in $(seq 200); do
    if [ -s "$work/address" ]; then break; fi
    kill -0 "$server" 2>/dev/null || break
    sleep 0.05
  done
  url=$(sed 's,/$,,' "$work/address")
  [ -n "$url" ] || { ran="yutu serve $*"; cp "$work/served" "$work/err"; fail "the server does not start"; finish; }
}

# unserve [SIGNAL]: stop it; the exit status must be 0.
unserve() {
  local got=0
  kill -"${1:-TERM}" "$server"
  wait "$server" || got=$?
  server=
  ran="yutu serve"
  cp "$work/served" "$work/err"
  checks=$((checks + 1))
  [ "$got" -eq 0 ] || fail "exit status $got, not 0"
}

# get STATUS CURL-ARGUMENT...: the answer's body goes to $work/out, its head to $work/head.
get() {
  local want=$1 got
  shift
  ran="curl $*"
  : >"$work/out"
  got=$(curl -sS -m 60 -o "$work/out" -D "$work/head" -w '%{http_code}' "$@" 2>"$work/err") || true
  checks=$((checks + 1))
  [ "$got" = "$want" ] || fail "status $got, not $want: $(head -c 200 "$work/out")"
}

# ask STATUS QUERY CURL-ARGUMENT...: by POST of a form.
ask() {
  local want=$1 query=$2
  shift 2
  get "$want" "$url/sparql" --data-urlencode "query=$query" "$@"
}

# head PATTERN: some header of the last answer matches.
head_has() {
  checks=$((checks + 1))
  tr -d '\r' <"$work/head" | grep -Eiq -- "$1" || fail "no header matches: $1"
}
head_lacks() {
  checks=$((checks + 1))
  ! tr -d '\r' <"$work/head" | grep -Eiq -- "$1" || fail "a header matches: $1"
}
