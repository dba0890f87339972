#!/usr/bin/env bash
# Habits that no other linter guards: sizes, names, what must not be committed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

longest_source_lines=400
largest_file_bytes=$((1 << 20))
broken=0

complain() { # WHERE WHAT
  echo "$1: error: $2" >&2
  broken=1
}

# One complaint for each line that grep finds.
forbid() { # WHAT GREP_ARGUMENTS…
  local what=$1 hit
  shift
  while IFS= read -r hit; do complain "$hit" "$what"; done < <(grep -nHE "$@" || true)
}

# What is or would be committed.
files=()
while IFS= read -r -d '' file; do
  [[ -f $file ]] && files+=("$file")
done < <(
  if git rev-parse --is-inside-work-tree >/dev/null 2>&1; then
    git ls-files -z --cached --others --exclude-standard
  else
    find . \( -name .build -o -name .git -o -name build -o -name '.venv*' \) -prune \
      -o -type f -printf '%P\0'
  fi
)

swift=()
sources=()
for file in "${files[@]}"; do
  case $file in
    *.swift) swift+=("$file") ;;
  esac
  case $file in
    Package.resolved) complain "$file" "every dependency is exact in Package.swift; commit no lock file" ;;
    *.mp4 | *.mkv | *.wav | *.pcm) complain "$file" "media is generated, never committed" ;;
    Sources/*.swift | Sources/*.h)
      sources+=("$file")
      lines=$(wc -l <"$file")
      ((lines <= longest_source_lines)) ||
        complain "$file" "$lines lines; split it by topic (at most $longest_source_lines)"
      ;;
  esac
  bytes=$(stat -c %s "$file")
  ((bytes <= largest_file_bytes)) || complain "$file" "$bytes bytes; generate large data instead"
  # An empty last line of the file's last byte means that it ends with a newline.
  if ((bytes > 0)) && [[ -n $(tail -c 1 "$file" | tr -d '\0') ]] && grep -Iq . "$file"; then
    complain "$file" "no newline at the end"
  fi
done

if ((${#swift[@]} > 0)); then
  forbid "a tab; indent by two spaces" $'\t' "${swift[@]}"
  forbid "a carriage return" $'\r$' "${swift[@]}"
fi
if ((${#sources[@]} > 0)); then
  forbid "our targets share by 'package', never by 'public'" '^ *(public|open) ' "${sources[@]}"
  forbid "global queues starve Swift's tasks on Linux; give blocking work its own thread" \
    'DispatchQueue\.global|attributes: *\[?\.concurrent' "${sources[@]}"
fi
for folder in Sources/*/; do
  target=$(basename "$folder")
  forbid "no type bears its target's name: $target.X would not resolve" -r --include='*.swift' \
    "^ *([a-z@]+ )*(struct|class|enum|actor|protocol|typealias) $target\b" "$folder"
done
exit $broken
