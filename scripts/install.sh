#!/bin/sh
# Installs the release that it lies in, as root, without a network; again with a newer one, it upgrades.
# Nothing is overwritten in /etc/ipms, /var/lib/ipms and /var/backups/ipms.
set -eu
cd "$(dirname "$0")"
fail() { echo "$1" >&2; exit 1; }
[ "$(id -u)" = 0 ] || fail 'Only root can install: sudo ./install.sh'
[ "$(uname -sm)" = 'Linux x86_64' ] || fail "This release is for Linux on x86-64, and not for $(uname -sm)."
sha256sum --check --quiet SHA256SUMS || fail 'Files of the release are missing or not as they were made: fetch it again.'
target=/opt/$(basename "$PWD")
id ipms >/dev/null 2>&1 || useradd --system --user-group --home-dir /var/lib/ipms --shell /usr/sbin/nologin ipms
if [ "$PWD" != "$target" ]; then
  rm -rf "$target.unfinished" && mkdir -p "$target.unfinished"
  cp -R . "$target.unfinished/"
  chown -R root:root "$target.unfinished" && chmod -R go+rX "$target.unfinished"
  rm -rf "$target" && mv "$target.unfinished" "$target"
fi
[ ! -e /opt/ipms ] || [ -L /opt/ipms ] || fail '/opt/ipms is a folder: move it away, then install again.'
ln -sfn "$target" /opt/ipms.next && mv -T /opt/ipms.next /opt/ipms
install -d -m 700 -o ipms -g ipms /var/lib/ipms /var/backups/ipms /etc/ipms
[ -e /etc/ipms/environment ] || install -m 600 -o ipms -g ipms docs/service/environment /etc/ipms/environment
mkdir -p /etc/systemd/system
for unit in ipms.service ipms-check.service ipms-check.timer ipms-failed@.service; do
  install -m 644 "docs/service/$unit" "/etc/systemd/system/$unit"
done
[ ! -d /run/systemd/system ] || systemctl daemon-reload
echo "IPMS is installed in $target, and /opt/ipms leads there."
echo 'Next: write /etc/ipms/environment, then: systemctl enable --now ipms ipms-check.timer (after an upgrade: systemctl restart ipms)'
