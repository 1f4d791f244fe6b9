# Sourced by mvnw, test and tombolo. find_jdk25 prints the home of a JDK 25, or returns 1.

is_jdk25() {
  [ -n "$1" ] && [ -x "$1/bin/javac" ] || return 1
  if [ -r "$1/release" ]; then
    grep -q '^JAVA_VERSION="25[."+-]*' "$1/release"
  else
    "$1/bin/java" -version 2>&1 | grep -q 'version "25'
  fi
}

find_jdk25() {
  for home in "${TOMBOLO_JAVA_HOME:-}" "${JAVA_HOME:-}"; do
    if is_jdk25 "$home"; then printf '%s\n' "$home"; return 0; fi
  done
  on_path=$(command -v javac 2>/dev/null) && on_path=$(readlink -f "$on_path") && {
    home=${on_path%/bin/javac}
    if is_jdk25 "$home"; then printf '%s\n' "$home"; return 0; fi
  }
  for home in /usr/lib/jvm/*; do
    if is_jdk25 "$home"; then printf '%s\n' "$home"; return 0; fi
  done
  return 1
}
