# Sourced by deploy/bench/faults: many connections on which nothing is sent.

# Bytes of a node's heap that are in use once garbage is collected, and of its memory, in KiB.
memory_of() {
  local jcmd
  jcmd=$(dirname "$(java_of "$gatehouse_pid")")/jcmd
  "$jcmd" "$gatehouse_pid" GC.run >/dev/null
  heap=$("$jcmd" "$gatehouse_pid" GC.heap_info | sed -n 's/^ *\(def new generation\|tenured generation\|DefNew\|Tenured\).* used \([0-9]*\)K.*/\2/p' \
    | awk '{ sum += $1 } END { print sum + 0 }')
  resident=$(awk '/^VmRSS/ { print $2 }' "/proc/$gatehouse_pid/status")
}

# idle_connections COUNT
idle_connections() {
  local count=$1 needed=$(($1 + 1000)) before_heap before_resident holder requests=2000 result=0
  [ -f "$jar" ] || die "there is no $jar: build it with deploy/gatehouse start --demo or mvn package"
  ulimit -n "$needed" 2>/dev/null \
    || die "$count connections need $needed open files in each process, and $(ulimit -Hn) are allowed: raise the hard limit (ulimit -Hn $needed as root, or LimitNOFILE of a service), or ask for fewer"
  [ "$count" -le 27000 ] || die "one address has ports for about 28000 connections: ask for at most 27000"
  work=$(mktemp -d) # not local: it is looked at when this ends
  trap 'stop_all; rm -rf "$work"' EXIT
  printf 'routes:\n  - {id: bench, match: {host: bench.localhost}, demand: public, upstream: ["http://127.0.0.1:%s"]}\n' \
    "$bare_port" >"$work/gatehouse.yaml"
  # 16 KiB of the heap are reckoned for each connection: what does not fit is turned away. The last setting keeps them from being cut off.
  GATEHOUSE_JAVA_OPTS="-Xmx$((count / 64 + 64))m" start_node "$work" SERVER_MAX_CONNECTIONS="$needed" SERVER_IDLE_TIMEOUT=PT10M
  "$(java_of "$gatehouse_pid")" -Xmx64m -cp "$jar" "$root/deploy/bench/BareServer.java" "$bare_port" >"$work/bare.log" 2>&1 &
  pids="$pids $!"
  wait_for "$work/bare.log" "bare server ready" $!
  # What is loaded and made by the first requests is no cost of connections.
  for _ in $(seq 200); do curl -s -o /dev/null -H 'Host: bench.localhost' "$url/100"; done
  memory_of
  before_heap=$heap before_resident=$resident

  mkfifo "$work/go"
  "$(java_of "$gatehouse_pid")" -Xmx128m "$root/deploy/bench/IdleConnections.java" "$port" "$count" "$requests" <"$work/go" >"$work/idle.log" 2>&1 &
  holder=$!
  pids="$pids $holder"
  exec 9>"$work/go"
  wait_for "$work/idle.log" "^open" "$holder"
  memory_of
  echo "$count idle connections: $(((heap - before_heap) * 1024 / count)) bytes of the heap and $(((resident - before_resident) * 1024 / count)) of memory for each"
  echo >&9
  wait "$holder" || result=1
  grep -v '^open' "$work/idle.log"
  return $result
}
