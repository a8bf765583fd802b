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
  if [ -f "$stamp" ] && [ -z "$(find . \( -name artifacts -o -name node_modules -o -name .git -o -name data -o -path ./dashboard \) -prune -o \
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

# Installs a folder's npm packages, if its lock changed since the last time.
install_npm() { # folder
  command -v npm >/dev/null || need_debian nodejs npm
  local installed=$1/node_modules/.package-lock.json
  if [ -f "$installed" ] && [ ! "$1/package-lock.json" -nt "$installed" ]; then return; fi
  say "installing the npm packages of $1"
  npm --prefix "$1" ci --no-audit --no-fund --loglevel=error
  touch "$installed"
}

# Builds the web page into artifacts/dashboard, if anything changed that it is made from. Its client is made from what the built centre says
# of its API.
build_dashboard() {
  local stamp=artifacts/built-dashboard log=artifacts/built-dashboard.log api=artifacts/openapi.json centre
  centre=$(program Outrider.Silo.Standalone outrider)
  install_npm dashboard
  if [ -f $stamp ] && [ -z "$(newer $stamp dashboard "${centre%/*}"/Outrider.*.dll)" ]; then return; fi
  "$centre" openapi >$api.new
  if cmp -s $api.new $api; then rm $api.new; else mv $api.new $api; fi
  if [ ! -f $stamp ] || [ -n "$(newer $stamp dashboard $api)" ]; then
    say "building the dashboard"
    if ! { npm --prefix dashboard run generate && npm --prefix dashboard run build; } >$log 2>&1; then
      tail -n 30 $log >&2
      fail "The dashboard doesn't build; see above."
    fi
  fi
  touch $stamp
}

# One file of these files and folders that is newer than a stamp.
newer() { # stamp path...
  local stamp=$1; shift
  find "$@" -name node_modules -prune -o -type f -newer "$stamp" -print -quit
}

# The path of a built program: program PROJECT EXE
program() { printf '%s/artifacts/bin/%s/release/%s' "$PWD" "$1" "$2"; }

# One string member of a flat JSON object on standard input.
json_value() { sed -n "s/.*\"$1\": *\"\([^\"]*\)\".*/\1/p" | head -n 1; }
