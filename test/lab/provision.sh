#!/bin/sh
# Makes a domain once, without starting anything: the folder that it is given can be copied, and started at any address.
set -eu
lab=$(cd "$(dirname "$0")" && pwd)
state=$1
packages='samba samba-ad-dc samba-ad-provision samba-dsdb-modules winbind openssl'

# shellcheck disable=SC2086
if ! dpkg-query -W $packages >/dev/null 2>&1; then
  [ -x /usr/bin/apt-get ] || { echo 'it needs the packages of Debian' >&2; exit 1; }
  # no service may start by itself
  policy=/usr/sbin/policy-rc.d
  if [ ! -e $policy ]; then
    trap 'rm -f $policy' EXIT
    printf '#!/bin/sh\nexit 101\n' >$policy
    chmod 755 $policy
  fi
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -q >"$state.log" 2>&1 && apt-get install -q -y --no-install-recommends $packages >>"$state.log" 2>&1 ||
    { echo "the packages of Samba could not be installed: $state.log" >&2; exit 1; }
fi

rm -rf "$state.new"
samba-tool domain provision --configfile=/dev/null --targetdir="$state.new" --realm=AGENSI.TEST --domain=AGENSI \
  --server-role=dc --dns-backend=NONE --host-name=dc1 --host-ip=127.0.0.1 --adminpass='Lab-Only-2026!' >"$state.log" 2>&1
/usr/bin/python3 "$lab/domain.py" "$state.new/private/sam.ldb" "$lab/schema.txt" >>"$state.log" 2>&1
mv "$state.new" "$state"
