#!/usr/bin/env bash
# Fails when an import breaks the rules of docs/architecture.md: who may know whom.
# usage: Scripts/check-layers.sh [--self-test | SOURCES_FOLDER]
set -euo pipefail

# Pure rooms import these modules and no others: no adapter, no Foundation. ICU only computes.
declare -A pure=(
  [Subtitles]="CICU"
  [Settings]="SystemPackage"
  [Expressions]="Subtitles"
  [Notices]="Expressions Settings SystemPackage"
)
# What several adapters share: a little of the system each, and nothing of the other rooms.
declare -A shared=(
  [DurableSteps]="Glibc Synchronization"
)
adapters=" Library Store Media LanguageModels Lexicon Publishing Anki ServiceHost Control Dashboard "
# Modules that have a home, and the rooms that may import them.
declare -A homes=(
  [CLibAV]="Media"
  [CCurl]="LanguageModels"
  [CICU]="Subtitles"
  [CLinux]="Library ServiceHost"
  [CSystemd]="ServiceHost"
  [CZlib]="Store Anki"
  [GRDB]="Store Anki"
  [DurableSteps]="Store Publishing langflix"
  [NIO*]="Control Dashboard"
  [Hummingbird*]="Dashboard"
  [Mustache]="Dashboard"
  [Subprocess]="Media"
  [ArgumentParser]="langflix"
  [Configuration]="langflix"
  [Yams]="langflix"
  [Pipeline]="langflix"
  [langflix]=""
)

among() { # WORD LIST
  [[ " $2 " == *" $1 "* ]]
}

# The reason why ROOM may not import MODULE; nothing when it may.
objection() { # ROOM MODULE
  local room=$1 module=$2 pattern
  if [[ -v "pure[$room]" ]]; then
    among "$module" "${pure[$room]}" ||
      echo "$room is pure and imports nothing but: ${pure[$room]:-nothing}"
    return
  fi
  if [[ -v "shared[$room]" ]]; then
    among "$module" "${shared[$room]}" ||
      echo "adapters share $room, which imports nothing but: ${shared[$room]:-nothing}"
    return
  fi
  for pattern in "${!homes[@]}"; do
    # shellcheck disable=SC2053 # the right side is a pattern
    if [[ $module == $pattern ]] && ! among "$room" "${homes[$pattern]}"; then
      echo "only ${homes[$pattern]:-no room} may import it"
      return
    fi
  done
  if among "$module" "$adapters" && ! among "$room" "Pipeline langflix"; then
    echo "adapters never know each other; only Pipeline and langflix see them"
  fi
}

# One "LINE MODULE" for each import of a file, whatever its access level, attributes or kind.
imports() { # FILE
  local access='(public|package|internal|fileprivate|private)[[:space:]]+'
  local kind='(struct|class|enum|protocol|typealias|func|let|var)[[:space:]]+'
  sed -nE "/^[[:space:]]*(@[A-Za-z_()]+[[:space:]]+)*($access)?import[[:space:]]/{=;p}" "$1" |
    paste -d ' ' - - |
    sed -E "s/^([0-9]+)[[:space:]].*import[[:space:]]+($kind)?([A-Za-z0-9_]+).*/\1 \4/"
}

check() { # SOURCES_FOLDER
  local sources=$1 broken=0 folder room file line module reason
  for folder in "$sources"/*/; do
    room=$(basename "$folder")
    if [[ -e $folder/module.modulemap ]]; then
      if [[ ! -v "homes[$room]" ]]; then
        echo "$folder: the C module $room has no home: name its one importer in $0" >&2
        broken=1
      fi
      continue
    fi
    if [[ ! -v "pure[$room]" && ! -v "shared[$room]" ]] && ! among "$room" "$adapters Pipeline langflix"; then
      echo "$folder: the room $room has no rules: name them in $0" >&2
      broken=1
    fi
    while IFS= read -r -d '' file; do
      while read -r line module; do
        reason=$(objection "$room" "$module")
        if [[ -n $reason ]]; then
          echo "$file:$line: error: $room may not import $module: $reason" >&2
          broken=1
        fi
      done < <(imports "$file")
    done < <(find "$folder" -name '*.swift' -print0)
  done
  return $broken
}

self_test() {
  local tree example room import
  tree=$(mktemp -d)
  # shellcheck disable=SC2064 # the folder of now
  trap "rm -rf '$tree'" EXIT

  mkdir -p "$tree"/good/{CLibAV,Subtitles,Expressions,Media,Pipeline,langflix}
  touch "$tree/good/CLibAV/module.modulemap"
  echo 'import Subtitles' >"$tree/good/Expressions/A.swift"
  printf '%s\n' '// import Store' 'package import CLibAV' 'import struct Foundation.URL' \
    >"$tree/good/Media/A.swift"
  printf '%s\n' 'import Media' 'import Store' >"$tree/good/Pipeline/A.swift"
  printf '%s\n' 'import ArgumentParser' 'import Pipeline' >"$tree/good/langflix/A.swift"
  if ! check "$tree/good"; then
    echo "self-test: a good tree was refused" >&2
    return 1
  fi

  local examples=(
    "Subtitles:import Foundation"
    "Subtitles:#if canImport(FoundationEssentials)
  import FoundationEssentials
#endif"
    "Expressions:import Glibc"
    "Expressions:import CICU"
    "Subtitles:import Glibc"
    "Expressions:import Store"
    "Settings:import Expressions"
    "Store:import Media"
    "Lexicon:package import Publishing"
    "Store:import CLibAV"
    "Control:import CSystemd"
    "Library:@preconcurrency import GRDB"
    "ServiceHost:import NIOCore"
    "Publishing:import struct Media.ClipOrder"
    "Media:import Pipeline"
    "Pipeline:import ArgumentParser"
    "Attic:import Subtitles"
    "DurableSteps:import Store"
    "DurableSteps:import Foundation"
    "Media:import DurableSteps"
  )
  for example in "${examples[@]}"; do
    room=${example%%:*}
    import=${example#*:}
    rm -rf "$tree/bad"
    mkdir -p "$tree/bad/$room"
    echo "$import" >"$tree/bad/$room/A.swift"
    if check "$tree/bad" 2>/dev/null; then
      echo "self-test: '$import' in $room was not noticed" >&2
      return 1
    fi
  done
  rm -rf "$tree/bad"
  mkdir -p "$tree/bad/CMystery"
  touch "$tree/bad/CMystery/module.modulemap"
  if check "$tree/bad" 2>/dev/null; then
    echo "self-test: a C module without a home was not noticed" >&2
    return 1
  fi
  echo "self-test: 1 good tree, $((${#examples[@]} + 1)) bad ones"
}

case ${1:-} in
  --self-test) self_test ;;
  *) check "${1:-$(dirname "${BASH_SOURCE[0]}")/../Sources}" ;;
esac
