# Run differential.js on generated queries: differential.sh COUNT SEED. Sourced by the two tests of that name.
# Oxigraph comes from the npm registry into a folder of its own; without node, npm or the registry the test is skipped.
# The version is fixed, since what is left out in differential.js is what this one does differently.
set -eu
oxigraph=oxigraph@0.5.11
tool=$YUTU_BUILD/tests/sparql_tool
if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  echo "node and npm are not installed" >&2
  exit 77
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if ! (cd "$folder" && timeout 60 npm install --silent --no-fund --no-audit "$oxigraph" >npm.log 2>&1); then
  echo "$oxigraph cannot be had from the npm registry" >&2
  exit 77
fi
NODE_PATH=$folder/node_modules timeout 1000 node "$YUTU_SOURCE/tests/sparql/differential.js" "$tool" "$1" "$2"
