#!/usr/bin/env bash
# Install the app in a Debian of its own, as docs/operate.md says, and see it work there.
# Usage: tools/clean_root.sh FOLDER [PORT]     (as root; needs debootstrap and the registries)
# What is committed is installed. FOLDER becomes the root and is used again if it is one already.
set -euo pipefail
root=$1
port=${2:-8501}
suite=${ATLAS_SUITE:-bookworm}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

[ -x "$root/usr/bin/apt-get" ] ||
  debootstrap --variant=minbase --include=ca-certificates "$suite" "$root" http://deb.debian.org/debian >/dev/null

mounted() { mountpoint -q "$root/$1"; }
leave() {
  [ -z "${app:-}" ] || kill "$app" 2>/dev/null || true
  wait 2>/dev/null || true
  for at in proc dev/shm dev sys; do if mounted "$at"; then umount -l "$root/$at"; fi; done
}
trap leave EXIT
mounted proc || mount -t proc proc "$root/proc"
mounted dev || mount --rbind /dev "$root/dev"
mount --make-rslave "$root/dev"
# How this machine reaches the registries.
cp /etc/resolv.conf /etc/hosts "$root/etc/"
cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"

inside() {
  chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 \
    PIP_CERT=/etc/ssl/certs/ca-certificates.crt NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt "$@"
}
as_app() {
  inside setpriv --reuid=atlas06 --regid=atlas06 --init-groups --no-new-privs \
    env ATLAS_HOME=/var/lib/atlas06 HOME=/var/lib/atlas06 MPLCONFIGDIR=/tmp ATLAS_OPEN= ATLAS_LOG=json \
    PYTHONUTF8=1 PYTHONDONTWRITEBYTECODE=1 sh -c 'cd /srv/atlas06 && exec "$@"' sh "$@"
}
step() { printf '\n== %s\n' "$*"; }

step "the code, as committed"
rm -rf "$root/root/atlas06"
mkdir -p "$root/root/atlas06"
git -C "$here" archive HEAD | tar -x -C "$root/root/atlas06"

step "install"
inside bash /root/atlas06/deploy/install.sh server

step "the store is filled, by the app's account"
as_app .venv/bin/python -m metrics status

step "start"
as_app .venv/bin/python -m streamlit run serve.py --server.port "$port" --server.address 127.0.0.1 \
  >"$root/tmp/atlas06.log" 2>&1 &
app=$!
inside /srv/atlas06/.venv/bin/python /srv/atlas06/deploy/ready.py "$port"
inside /srv/atlas06/.venv/bin/python - "$port" <<'PY'
import sys, urllib.request
for path in ("/", "/view?lang=vi", "/app/static/vendor/leaflet.js", "/healthz"):
    with urllib.request.urlopen(f"http://127.0.0.1:{sys.argv[1]}{path}") as answer:
        print(answer.status, len(answer.read()), path)
PY

step "a table, a backup, a restore into an empty place"
as_app .venv/bin/python -m metrics backup /var/backups/atlas06/try.zip
as_app env ATLAS_HOME=/tmp/atlas06-restored .venv/bin/python -m metrics restore /var/backups/atlas06/try.zip
as_app env ATLAS_HOME=/tmp/atlas06-restored .venv/bin/python -m metrics status
rm -rf "$root/tmp/atlas06-restored"

step "nothing is written beside its own folders"
as_app sh -c 'touch /srv/atlas06/x 2>/dev/null && echo "could write beside the code" && exit 1; exit 0'

step "installed again: the one before is kept"
inside bash /root/atlas06/deploy/install.sh app
[ -x "$root/srv/atlas06.before/.venv/bin/python" ]
as_app .venv/bin/python -m metrics status

step "done"
