#!/bin/sh
# Tries a release in a scratch root, as root on Debian: nothing of /opt, /etc, /var and /home of this machine is there, and no
# network, Node, npm or git; programs of Debian itself (/usr) are this machine's, read-only. No systemd runs there: units are looked
# over by systemd-analyze, and what they start is started as they say.
#   scripts/try-release.sh release/ipms-….tar.gz
set -eu
file=$(readlink -f "$1")
root=$(mktemp -d) && chmod 755 "$root"
trap 'rm -rf "$root"' EXIT
(cd "$(dirname "$file")" && sha256sum --check --quiet "$(basename "$file").sha256")
mkdir -p "$root/usr" "$root/proc" "$root/dev" "$root/etc" "$root/opt" "$root/tmp" "$root/run" "$root/root" "$root/var/lib" "$root/var/cache"
chmod 1777 "$root/tmp"
for link in bin sbin lib lib64; do ln -s "usr/$link" "$root/$link"; done
for each in passwd group shadow gshadow login.defs nsswitch.conf ld.so.cache ld.so.conf os-release; do
  [ ! -e "/etc/$each" ] || cp -L "/etc/$each" "$root/etc/$each"
done
cp "$file" "$root/root/"
cat > "$root/root/try.sh" <<'INSIDE'
set -eu
cd /root
step() { echo "-- $1"; }
for each in node npm git; do ! command -v $each >/dev/null || { echo "$each is there: this root is not bare" >&2; exit 1; }; done
step 'unpack and install'
tar -xzf ipms-*.tar.gz && rm ipms-*.tar.gz
before=$(basename ipms-*)
./ipms-*/install.sh
[ "$(stat -c '%a %U' /etc/ipms /var/lib/ipms /var/backups/ipms | sort -u)" = '700 ipms' ]
[ "$(stat -c '%a %U' /etc/ipms/environment)" = '600 ipms' ]
[ -z "$(find /opt -user ipms)" ] || { echo 'IPMS could change its own program' >&2; exit 1; }
step 'units'
systemd-analyze verify --man=no /etc/systemd/system/ipms.service /etc/systemd/system/ipms-check.service \
  /etc/systemd/system/ipms-check.timer 2>&1 | grep -i '/etc/systemd/system/ipms' && exit 1
of_unit() { sed -n "s/^$2=//p" "/etc/systemd/system/$1"; }
install -d -m 700 -o ipms /var/cache/ipms
as_ipms() { cd "$(of_unit ipms.service WorkingDirectory)" && exec env -i $(of_unit ipms.service Environment) \
  setpriv --reuid ipms --regid ipms --clear-groups sh -c 'umask 077; set -a; '"$(sed 's/^\([A-Z_]*\)=\(.*\)/\1="\2"/' /etc/ipms/environment)"'
exec "$@"' sh "$@"; }
start() {
  : > /root/log
  as_ipms $(of_unit ipms.service ExecStart) > /root/log 2>&1 & server=$!
  for _ in $(seq 240); do ! grep -q '^Make the first helpdesk account within a day' /root/log || break; kill -0 $server || { cat /root/log >&2; exit 1; }; sleep 0.5; done
  grep '^IPMS is ready' /root/log
}
stop() { kill -TERM $server; code=0; wait $server || code=$?; [ "$code" = 0 ] || { echo "it ended with $code" >&2; cat /root/log; exit 1; }; }
step 'start'
start
/opt/ipms/bin/node -e 'fetch("http://127.0.0.1:3000/healthz").then(async (r) => { if (r.status !== 200 || await r.text() !== "ok\n") process.exit(1); })'
/opt/ipms/bin/node -e 'fetch("http://127.0.0.1:3000/login").then(async (r) => { if (!(await r.text()).includes("IPMS")) process.exit(1); })'
step 'commands beside it, as in the timer'
(as_ipms $(of_unit ipms-check.service ExecStart))
(as_ipms /opt/ipms/bin/node src/cli.ts backup /var/backups/ipms/by-hand.db)
(as_ipms /opt/ipms/bin/node src/cli.ts backup verify /var/backups/ipms/by-hand.db)
(as_ipms /opt/ipms/bin/node src/cli.ts --help) | grep -q seed && { echo 'demo data are installed' >&2; exit 1; }
step 'stop, install once more as an upgrade does, start again'
stop
key=$(sha256sum < /etc/ipms/secret.key)
echo '# kept' >> /etc/ipms/environment
"./$before/install.sh"
grep -q '# kept' /etc/ipms/environment && [ "$key" = "$(sha256sum < /etc/ipms/secret.key)" ]
start
stop
step 'a file that was changed is refused'
echo >> "./$before/src/server.ts"
! "./$before/install.sh" 2>/dev/null
echo 'The release installs, starts, checks, backs up, stops and upgrades without a network.'
INSIDE
# Node, npm and git of this machine are hidden: the folders of programs hold links to all others
unshare --mount --net --pid --fork --kill-child sh -eu -c '
  root=$1
  mount --make-rprivate /
  mount --rbind /usr "$root/usr" && mount -o remount,bind,ro "$root/usr"
  for at in bin local/bin; do
    mkdir -p "$root/run/all/$at" "$root/run/bare/$at"
    mount --bind "$root/usr/$at" "$root/run/all/$at"
    for file in "$root/run/all/$at"/*; do
      case ${file##*/} in node|nodejs|npm|npx|git|\*) ;; *) ln -s "/run/all/$at/${file##*/}" "$root/run/bare/$at/${file##*/}" ;; esac
    done
    mount --bind "$root/run/bare/$at" "$root/usr/$at"
  done
  mount -t proc proc "$root/proc"
  mount --rbind /dev "$root/dev"
  chroot "$root" /usr/sbin/ip link set lo up
  exec chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root sh /root/try.sh' sh "$root"
