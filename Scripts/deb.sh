#!/usr/bin/env bash
# Makes a Debian package of the built program: build/langflix_VERSION_ARCHITECTURE.deb.
# usage: Scripts/deb.sh
set -euo pipefail
export LC_ALL=C.UTF-8
cd "$(dirname "${BASH_SOURCE[0]}")/.."

program=$PWD/.build/release/langflix
[[ -x $program ]] || {
  echo "$program is not there: run 'make build'" >&2
  exit 69
}
version=$("$program" --version | awk '{ print $2 }')-1
architecture=$(dpkg --print-architecture)
maintainer='langflix developers <langflix@users.noreply.github.com>'
work=$PWD/build/deb
tree=$work/tree
package=$PWD/build/langflix_${version}_$architecture.deb
# The same sources give the same package.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date +%s)}
export SOURCE_DATE_EPOCH

rm -rf "$work"
mkdir -p "$tree/DEBIAN" "$work/debian"
umask 022
Scripts/install.sh "$tree" /usr >/dev/null
strip --remove-section=.comment --remove-section=.note "$tree/usr/bin/langflix"

documents=$tree/usr/share/doc/langflix
rm "$documents/LICENSE"
install -m 644 packaging/debian/copyright "$documents/copyright"
install -D -m 644 packaging/debian/lintian-overrides "$tree/usr/share/lintian/overrides/langflix"
mv "$documents/CHANGELOG.md" "$documents/changelog"
cat >"$documents/changelog.Debian" <<TEXT
langflix ($version) unstable; urgency=medium

  * See changelog.gz.

 -- $maintainer  $(date -u -R -d "@$SOURCE_DATE_EPOCH")
TEXT
gzip -9n "$documents/changelog" "$documents/changelog.Debian" "$tree"/usr/share/man/man?/*
install -D -m 644 packaging/debian/langflix.yaml "$tree/etc/langflix/langflix.yaml"
echo /etc/langflix/langflix.yaml >"$tree/DEBIAN/conffiles"

# What the program was linked with, by the versions that it needs.
printf 'Source: langflix\n\nPackage: langflix\nArchitecture: any\n' >"$work/debian/control"
libraries=$(cd "$work" && dpkg-shlibdeps -O "tree/usr/bin/langflix" 2>/dev/null | sed -n 's/^shlibs:Depends=//p')
[[ $libraries == *libsystemd0* ]] || {
  echo "dpkg-shlibdeps found: '$libraries'" >&2
  exit 1
}
cat >"$tree/DEBIAN/control" <<TEXT
Package: langflix
Version: $version
Architecture: $architecture
Maintainer: $maintainer
Installed-Size: $(du -k -s --apparent-size "$tree" | cut -f 1)
Depends: $libraries, ffmpeg, systemd (>= 252), wordnet-base
Recommends: ca-certificates
Section: video
Priority: optional
Description: learner's clips from the episodes of a watched folder
 A person drops an episode with subtitles into a watched share. A while later,
 beside that episode, there are short clips: each shows one exchange of
 dialogue and carries the one to three expressions in it that are worth
 learning, with both languages as subtitles.
 .
 It runs as a systemd service, works offline with WordNet, and better with a
 large language model.
TEXT
for script in postinst prerm postrm; do
  install -m 755 "packaging/debian/$script" "$tree/DEBIAN/$script"
done
(cd "$tree" && find . -type f -not -path './DEBIAN/*' -printf '%P\0' | sort -z | xargs -0 md5sum) >"$tree/DEBIAN/md5sums"
chmod 644 "$tree/DEBIAN"/{control,conffiles,md5sums}

dpkg-deb --root-owner-group -Zxz --build "$tree" "$package" >/dev/null
if command -v lintian >/dev/null; then
  lintian --fail-on error --suppress-tags no-manual-page "$package"
else
  echo "lintian is not here: the package was not checked" >&2
fi
echo "${package#"$PWD"/}"
