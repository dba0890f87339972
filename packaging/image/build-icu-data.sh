#!/usr/bin/env bash
# Cuts the data of Debian's ICU down to the converters: langflix uses that ICU for charsets alone (Sources/CICU), while
# libicudata holds every locale's calendars, sort orders and names: 31 MB, of which 5 are left.
# usage: packaging/image/build-icu-data.sh DESTINATION      on Debian, with gcc, python3 and libicu
set -euo pipefail

destination=${1:?usage: build-icu-data.sh DESTINATION}
cut=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/cut-icu-data.py
libdir=/usr/lib/$(gcc -print-multiarch)
library=$(basename "$(readlink -f "$libdir"/libicudata.so.?*)")
soname=${library%.*} # libicudata.so.72 of libicudata.so.72.1
symbol=icudt${soname##*.}_dat
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# The read-only section of that library is the data and nothing else.
objcopy --output-target binary --only-section .rodata "$libdir/$library" whole.dat
python3 "$cut" whole.dat small.dat '\.cnv$' '^cnvalias\.icu$'
cat >data.S <<ASSEMBLER
.section .rodata
.globl $symbol
.type $symbol, %object
.balign 16
$symbol:
.incbin "small.dat"
.size $symbol, . - $symbol
.section .note.GNU-stack,"",%progbits
ASSEMBLER
install -d "$destination$libdir"
gcc -shared -nostdlib -Wl,-soname,"$soname" -o "$destination$libdir/$library" data.S
strip --strip-unneeded "$destination$libdir/$library"
chmod 644 "$destination$libdir/$library"
ln -sf "$library" "$destination$libdir/$soname"
