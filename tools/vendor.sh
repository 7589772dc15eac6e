#!/usr/bin/env bash
# Install the browser assets named in package-lock.json, copy what is served into static/vendor,
# and make the fonts of figures there.
# Usage: tools/vendor.sh VENV
set -euo pipefail
venv=$1
source tools/npm.sh
"${npm[@]}" ci --ignore-scripts --silent

out=static/vendor
rm -rf "$out.new"
mkdir -p "$out.new/fonts"
cp node_modules/leaflet/dist/leaflet.js node_modules/leaflet/dist/leaflet.css "$out.new/"
cp node_modules/topojson-client/dist/topojson-client.min.js "$out.new/"
for subset in vietnamese latin-ext latin; do
  for weight in 400 500 600 700; do
    cp "node_modules/@fontsource/be-vietnam-pro/files/be-vietnam-pro-$subset-$weight-normal.woff2" "$out.new/fonts/"
  done
done
cp node_modules/leaflet/LICENSE "$out.new/LICENSE.leaflet"
cp node_modules/topojson-client/LICENSE "$out.new/LICENSE.topojson-client"
cp node_modules/@fontsource/be-vietnam-pro/LICENSE "$out.new/fonts/LICENSE.be-vietnam-pro"
"$venv/bin/python" tools/fonts.py node_modules/@fontsource/be-vietnam-pro/files "$out.new/fonts"
rm -rf "$out"
mv "$out.new" "$out"
