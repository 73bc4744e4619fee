#!/usr/bin/env bash
# The program under valgrind, over all sample articles: extract, build, ask, export. Any error or lost byte fails.
# usage: valgrind.sh PROGRAM
set -euo pipefail
program=$(realpath "$1")
source=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

check() {
  local got=0
  valgrind --quiet --error-exitcode=99 --leak-check=full --show-leak-kinds=definite,indirect,possible \
    --errors-for-leak-kinds=definite,indirect,possible --suppressions="$source/tests/valgrind.supp" \
    "$program" "$@" >out 2>err || got=$?
  if [ $got -ne 0 ]; then
    echo "valgrind: yutu $* ends with $got" >&2
    tail -40 err >&2
    exit 1
  fi
}

check extract --jobs 2 "$source/tests/samples"
check build -q -s store "$source/tests/samples"
check query -s store partners --region 宁波
check links -s store
check links -s store 宁波 大连
check export -s store --format turtle --no-background
check stats -s store
check check -s store
check remove -s store agreement.txt
echo "valgrind: 9 commands, no error, nothing lost"
