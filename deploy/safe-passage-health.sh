#!/bin/sh
# Restarts Safe Passage when it runs and /healthz does not answer, three times in a row. PORT comes from the settings file.
# A start that migrates or restores answers late, so a server that started in the last half hour is left alone.
set -eu
address="http://127.0.0.1:${PORT:-3000}/healthz"
asks='fetch(process.argv[1], { signal: AbortSignal.timeout(10_000) }).then(a => process.exit(a.ok ? 0 : 1), () => process.exit(1))'

for pause in "${PAUSE:-10}" "${PAUSE:-10}" 0; do
  if node --eval "$asks" "$address"; then exit 0; fi
  sleep "$pause"
done

systemctl is-active --quiet safe-passage || exit 0
started=$(systemctl show --property ActiveEnterTimestampMonotonic --value safe-passage)
now=$(cut -d. -f1 /proc/uptime)
[ $((now - started / 1000000)) -gt "${GRACE:-1800}" ] || exit 0
echo "Safe Passage does not answer at $address: it is restarted" >&2
systemctl restart safe-passage
