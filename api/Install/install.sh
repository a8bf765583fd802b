#!/bin/sh
# Installs the Outrider agent on this machine (Linux, x86-64) from the centre that it was fetched from.
#   curl -fsSL URL/install.sh | sudo OUTRIDER_ENROLMENT_TOKEN=ort.… sh -s -- --name prod-1
# The token is needed once; run again without it, this brings a newer agent and keeps the settings.
set -eu

url=__URL__
name=
prefix=/usr/local
settings=/etc/outrider
data=/var/lib/outrider-agent
data_given=false
service=true
token=${OUTRIDER_ENROLMENT_TOKEN:-}

usage() {
  cat <<'USAGE'
Usage: sh install.sh [options]     with OUTRIDER_ENROLMENT_TOKEN in the environment
  --name NAME      the agent's name; left out: this machine's
  --url URL        the centre's address; left out: where this script came from
  --prefix FOLDER  installs to FOLDER/bin, with settings in FOLDER/etc/outrider and data in FOLDER/var/outrider-agent;
                   left out: /usr/local/bin, /etc/outrider and /var/lib/outrider-agent
  --data FOLDER    the agent's data folder
  --no-service     sets up no systemd service, but prints how to start the agent
USAGE
}

fail() {
  echo "install.sh: $1" >&2
  exit 1
}

value() { # option, number of arguments left
  [ "$2" -ge 2 ] || fail "$1 needs a value; see --help"
}

while [ $# -gt 0 ]; do
  case $1 in
    --name) value "$1" $#; name=$2; shift 2 ;;
    --url) value "$1" $#; url=${2%/}; shift 2 ;;
    --prefix) value "$1" $#; prefix=${2%/}; settings=$prefix/etc/outrider; $data_given || data=$prefix/var/outrider-agent; shift 2 ;;
    --data) value "$1" $#; data=${2%/}; data_given=true; shift 2 ;;
    --no-service) service=false; shift ;;
    -h | --help) usage; exit 0 ;;
    *) fail "unknown option '$1'; see --help" ;;
  esac
done

# ---- what is asked for
[ "$(uname -s)" = Linux ] || fail "the agent runs on Linux; this is $(uname -s)"
case $(uname -m) in
  x86_64 | amd64) ;;
  *) fail "the agent is built for x86-64; this machine is $(uname -m)" ;;
esac
[ -n "$name" ] || name=$(uname -n)
case $name in
  *[!A-Za-z0-9._-]* | [!A-Za-z0-9]*) fail "'$name' can't be an agent's name: letters, digits, '-', '_' and '.', beginning with a letter or digit. Give another with --name" ;;
esac
[ ${#name} -le 63 ] || fail "the agent's name may have 63 characters; give another with --name"
case $url in
  *[!A-Za-z0-9.:/_%\[\]-]*) fail "'$url' can't be the centre's address" ;;
  http://?* | https://?*) ;;
  *) fail "the centre's address must begin with https:// or http://; it is '$url'" ;;
esac
for folder in "$prefix" "$data"; do
  case $folder in
    *[!A-Za-z0-9._/-]*) fail "'$folder' can't be used: letters, digits, '.', '_', '-' and '/' only" ;;
    /?*) ;;
    *) fail "'$folder' must be an absolute path" ;;
  esac
done
case $token in
  *[!A-Za-z0-9._-]*) fail "OUTRIDER_ENROLMENT_TOKEN is not an enrolment token: it has the form ort.tenant.id.secret" ;;
  ort.?* | '') ;;
  *) fail "OUTRIDER_ENROLMENT_TOKEN is not an enrolment token: it has the form ort.tenant.id.secret" ;;
esac
env_file=$settings/agent.env
[ -n "$token" ] || [ -e "$env_file" ] || fail "set OUTRIDER_ENROLMENT_TOKEN to an enrolment token of the tenant (ort.…)"
if $service && [ ! -d /run/systemd/system ]; then
  service=false
fi
if [ "$(id -u)" -ne 0 ] && { $service || [ "$prefix" = /usr/local ]; }; then
  fail "run this as root, or give --prefix FOLDER and --no-service"
fi
command -v sha256sum >/dev/null || fail "sha256sum is missing; install coreutils"
if command -v curl >/dev/null; then
  fetch() { curl -fsSL --retry 3 -o "$2" "$1"; }
elif command -v wget >/dev/null; then
  fetch() { wget -q -O "$2" "$1"; }
else
  fail "neither curl nor wget is there; install one of them"
fi

# ---- the program
program=$prefix/bin/outrider-agent
binary=$url/install/outrider-agent-linux-x64
umask 022
mkdir -p "$prefix/bin"
work=$(mktemp -d "$prefix/bin/.outrider-XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
fetch "$binary" "$work/outrider-agent" || fail "$binary could not be fetched; does this centre have the agent? (setting agent_binary)"
fetch "$binary.sha256" "$work/sum" || fail "$binary.sha256 could not be fetched"
read -r sum _ <"$work/sum" || fail "$binary.sha256 is empty"
[ "$(sha256sum "$work/outrider-agent" | cut -d ' ' -f 1)" = "$sum" ] || fail "what was fetched from $binary is damaged: its SHA-256 is not $sum"
chmod 755 "$work/outrider-agent"
version=$("$work/outrider-agent" version </dev/null) || fail "the agent doesn't run on this machine"
# A rename, so that a running agent keeps its file.
mv -f "$work/outrider-agent" "$program"
echo "installed $program ($version)"

# ---- its settings
mkdir -p "$settings"
[ -d "$data" ] || (umask 077 && mkdir -p "$data")
if [ -n "$token" ]; then
  (
    umask 077
    {
      echo "OUTRIDER_URL=$url"
      echo "OUTRIDER_AGENT_NAME=$name"
      echo "OUTRIDER_AGENT_DATA=$data"
      echo "OUTRIDER_ENROLMENT_TOKEN=$token"
    } >"$env_file.new"
  )
  mv -f "$env_file.new" "$env_file"
  echo "wrote $env_file"
fi

# ---- how it runs
if $service; then
  unit=/etc/systemd/system/outrider-agent.service
  sed -e "s|/usr/local/bin/outrider-agent|$program|" -e "s|/etc/outrider/agent.env|$env_file|" >"$unit" <<'UNIT'
__UNIT__
UNIT
  systemctl daemon-reload
  systemctl enable --quiet outrider-agent
  systemctl restart outrider-agent
  echo "started outrider-agent.service; its log: journalctl -u outrider-agent"
else
  echo "start it by: sh -c 'set -a; . $env_file; exec $program run'"
fi
