#!/usr/bin/env bash
# Puts the built program and what belongs to it below DESTDIR/PREFIX.
# usage: Scripts/install.sh DESTDIR PREFIX
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

destdir=$1
prefix=$2
root=$destdir$prefix
documents=$root/share/doc/langflix

install -D -m 755 .build/release/langflix "$root/bin/langflix"
install -D -m 644 systemd/langflix.sysusers.conf "$root/lib/sysusers.d/langflix.conf"
install -d "$root/lib/systemd/system" "$documents"
sed "s|^ExecStart=/usr/bin/|ExecStart=$prefix/bin/|" systemd/langflix.service \
  >"$root/lib/systemd/system/langflix.service"
chmod 644 "$root/lib/systemd/system/langflix.service"
for document in LICENSE README.md CHANGELOG.md docs/*; do
  if [[ -f $document ]]; then install -m 644 "$document" "$documents/"; fi
done
echo "installed below $root; WordNet (wordnet-base) and ffmpeg are needed at run time"
if [[ -z $destdir ]]; then
  cat <<TEXT
to start it as a service:
  systemd-sysusers && systemctl daemon-reload
  install -D -m 644 $documents/langflix.example.yaml /etc/langflix/langflix.yaml   # then edit it
  systemctl enable --now langflix
TEXT
fi
