#!/usr/bin/env bash
# Puts the built program and what belongs to it below DESTDIR/PREFIX.
# usage: Scripts/install.sh DESTDIR PREFIX
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

destdir=$1
prefix=$2
root=$destdir$prefix
program=.build/release/langflix
documents=$root/share/doc/langflix

put() { install -D -m 644 "$1" "$root/$2"; }

install -D -m 755 "$program" "$root/bin/langflix"

# systemd looks below /usr/local too.
put systemd/langflix.sysusers.conf lib/sysusers.d/langflix.conf
put systemd/langflix.tmpfiles.conf lib/tmpfiles.d/langflix.conf
put systemd/langflix.catalog lib/systemd/catalog/langflix.catalog
install -d "$root/lib/systemd/system"
sed -E "s|^(Exec[A-Za-z]+)=/usr/bin/|\1=$prefix/bin/|; s|file:///usr/share|file://$prefix/share|" \
  systemd/langflix.service >"$root/lib/systemd/system/langflix.service"
chmod 644 "$root/lib/systemd/system/langflix.service"

made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
Scripts/man-pages.py "$program" "$made"
put "$made/langflix.1" share/man/man1/langflix.1
put "$made/langflix.yaml.5" share/man/man5/langflix.yaml.5
for shell in bash zsh fish; do "$program" --generate-completion-script "$shell" >"$made/$shell"; done
# It is read by a shell, never run.
sed -i '1{/^#!/d}' "$made/bash"
put "$made/bash" share/bash-completion/completions/langflix
put "$made/zsh" share/zsh/vendor-completions/_langflix
put "$made/fish" share/fish/vendor_completions.d/langflix.fish

for document in LICENSE README.md CHANGELOG.md docs/*; do
  if [[ -f $document ]]; then put "$document" "share/doc/langflix/$(basename "$document")"; fi
done
for example in systemd/*.example; do
  put "$example" "share/doc/langflix/examples/$(basename "$example" .example)"
done

echo "installed below $root; WordNet (wordnet-base) and ffmpeg are needed at run time"
if [[ -z $destdir ]]; then
  cat <<TEXT
to start it as a service:
  systemd-sysusers && systemd-tmpfiles --create && journalctl --update-catalog && systemctl daemon-reload
  install -D -m 644 $documents/langflix.example.yaml /etc/langflix/langflix.yaml   # then edit it
  install -D -m 644 $documents/examples/media.conf /etc/systemd/system/langflix.service.d/media.conf   # and this
  systemctl daemon-reload && systemctl enable --now langflix
TEXT
fi
