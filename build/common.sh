# What ./run and ./test share. Sourced from the project's folder.

say() { printf '== %s\n' "$*"; }

fail() { printf 'error: %s\n' "$*" >&2; exit 1; }

need_dotnet() {
  command -v dotnet >/dev/null || fail "The .NET SDK 10 is missing: https://dotnet.microsoft.com/download"
  export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
}

# Installs the Debian packages that aren't there yet.
need_debian() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  [ "$(id -u)" = 0 ] || fail "Debian packages are missing; install them first: sudo apt-get install ${missing[*]}"
  say "installing Debian packages: ${missing[*]}"
  # Servers are started by the tests themselves, on ports and data of their own.
  apt-get -q update >/dev/null
  DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get -qq install -y --no-install-recommends "${missing[@]}" >/dev/null
}

# Builds the projects, if anything changed since the last time. build_if_changed CONFIGURATION project...
build_if_changed() {
  local configuration=$1 stamp; shift
  stamp="artifacts/built-$(printf '%s' "$configuration $*" | cksum | cut -d' ' -f1)"
  if [ -f "$stamp" ] && [ -z "$(find . \( -name artifacts -o -name node_modules -o -name .git -o -name data \) -prune -o \
      -type f \( -name '*.cs' -o -name '*.csproj' -o -name '*.props' -o -name '*.targets' -o -name '*.json' -o -name .editorconfig \) \
      -newer "$stamp" -print -quit)" ]; then
    return
  fi
  local project
  for project in "$@"; do
    say "building $project ($configuration)"
    dotnet build "$project" -c "$configuration" -v quiet -nologo || fail "$project doesn't build; see above."
  done
  mkdir -p artifacts && touch "$stamp"
}

# The path of a built program: program PROJECT EXE
program() { printf '%s/artifacts/bin/%s/release/%s' "$PWD" "$1" "$2"; }

# One string member of a flat JSON object on standard input.
json_value() { sed -n "s/.*\"$1\": *\"\([^\"]*\)\".*/\1/p" | head -n 1; }
