#!/usr/bin/env bash
# Builds the program as the image has it: stripped, with the standard library in it, and with what langflix needs of
# Foundation's ICU data: dates, time zones and English instead of every locale, 34 MB less 30.
# usage: packaging/image/build-program.sh DESTINATION
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

destination=${1:?usage: build-program.sh DESTINATION}
toolchain=$(dirname "$(dirname "$(readlink -f "$(command -v swift)")")")
work=$PWD/.build/image-icu
mkdir -p "$work"

# One member of that library is the data and nothing else. The linker is told to take another symbol for its one, and
# so leaves that member out.
member=icu_packaged_data.cpp.o
library=$toolchain/lib/swift_static/linux/lib_FoundationICU.a
cut=$PWD/packaging/image/cut-icu-data.py
(cd "$work" && ar x "$library" "$member")
symbol=$(nm --defined-only "$work/$member" | sed -n 's/.* R \(icudt[0-9]*_dat\)$/\1/p')
[[ -n $symbol ]] || {
  echo "$library does not hold ICU's data as it used to: look into packaging/image/build-program.sh" >&2
  exit 1
}
(
  cd "$work"
  objcopy --output-target binary --only-section .rodata "$member" whole.dat
  python3 "$cut" whole.dat small.dat '.' \
    '!^([a-z]+/)?[a-z]{2,3}(_.*)?\.res$' '^([a-z]+/)?(root|en|en_GB|en_US|en_US_POSIX|en_001|en_150)\.res$' \
    '!\.cnv$' '!^cnvalias\.icu$' '!^brkitr/.*dict$' '!^translit/' '!^rbnf/' '!^unames\.icu$'
  cat >data.S <<ASSEMBLER
.section .rodata
.globl __wrap_$symbol
.balign 16
__wrap_$symbol:
.incbin "small.dat"
.section .note.GNU-stack,"",%progbits
ASSEMBLER
  "$toolchain/bin/clang" -c -o data.o data.S
)

swift build --explicit-target-dependency-import-check error -c release --product langflix --static-swift-stdlib \
  -Xlinker "--wrap=$symbol" -Xlinker "$work/data.o"
if nm .build/release/langflix | grep -qw "$symbol"; then
  echo "the whole of ICU's data is in the program still" >&2
  exit 1
fi
install -D -s -m 755 .build/release/langflix "$destination/langflix"
# It writes where a crash was, beside the program in the image.
install -s -m 755 "$toolchain/libexec/swift/linux/swift-backtrace-static" "$destination/"
