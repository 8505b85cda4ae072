# Pieces of the benchmark: starting and stopping what it measures, loading it, reading what the load cost.

die() { echo "bench: $*" >&2; exit 1; }

say() { echo "bench: $*" >&2; }

pids=""

stop_all() {
  for pid in $pids; do kill "$pid" 2>/dev/null || true; done
  for pid in $pids; do wait "$pid" 2>/dev/null || true; done
  pids=""
}

# wait_for FILE TEXT PID: until TEXT stands in FILE; gives up when PID is gone or after a minute
wait_for() {
  local tries=0
  until grep -q "$2" "$1" 2>/dev/null; do
    kill -0 "$3" 2>/dev/null || { cat "$1" >&2; die "the server ended before it was ready"; }
    tries=$((tries + 1))
    [ "$tries" -lt 1200 ] || die "the server was not ready within a minute"
    sleep 0.05
  done
}

# cpu_ticks PID: user and system time of a process, in clock ticks
cpu_ticks() {
  awk '{ sub(/.*\) /, ""); print $12 + $13 }' "/proc/$1/stat"
}

# thread_ticks PID PATTERN: the same for its threads whose name matches
thread_ticks() {
  local task sum=0 name
  for task in /proc/"$1"/task/*; do
    name=$(cat "$task/comm" 2>/dev/null) || continue
    if [[ "$name" =~ $2 ]]; then
      sum=$((sum + $(awk '{ sub(/.*\) /, ""); print $12 + $13 }' "$task/stat" 2>/dev/null || echo 0)))
    fi
  done
  echo "$sum"
}

resident_mb() {
  awk '/^VmRSS/ { printf "%d", $2 / 1024 }' "/proc/$1/status"
}

# to_us LATENCY: 1.23ms, 456.00us, 1.2s -> microseconds
to_us() {
  awk -v v="$1" 'BEGIN {
    n = v + 0
    if (v ~ /us$/) printf "%.0f", n
    else if (v ~ /ms$/) printf "%.0f", n * 1000
    else if (v ~ /s$/) printf "%.0f", n * 1000000
    else printf "0"
  }'
}

# load PID CONNECTIONS SECONDS URL SCRIPT [ARGUMENT...]
# sets: requests, rps, p50, p99 (microseconds), cpu (microseconds of server CPU per request), failed
load() {
  local pid=$1 connections=$2 seconds=$3 url=$4 script=$5 before after out threads
  shift 5
  threads=2
  [ "$connections" -ge 2 ] || threads=1
  before=$(cpu_ticks "$pid")
  out=$(wrk -t"$threads" -c"$connections" -d"${seconds}s" --latency -s "$script" "$url" -- "$@" 2>&1) || die "wrk: $out"
  after=$(cpu_ticks "$pid")
  requests=$(awk '/requests in/ { print $1 }' <<<"$out")
  rps=$(awk '/^Requests\/sec/ { printf "%.0f", $2 }' <<<"$out")
  p50=$(to_us "$(awk '$1 == "50%" { print $2 }' <<<"$out")")
  p99=$(to_us "$(awk '$1 == "99%" { print $2 }' <<<"$out")")
  failed=$(awk -F': ' '/Non-2xx/ { print $2 }' <<<"$out")
  failed=${failed:-0}
  [ "${requests:-0}" -gt 0 ] || die "no request was answered: $out"
  cpu=$(awk -v t="$((after - before))" -v hz="$(getconf CLK_TCK)" -v n="$requests" \
    'BEGIN { printf "%.1f", t / hz * 1000000 / n }')
}

# row NAME CONNECTIONS LIMIT: measures the bare server with the same traffic ($bare_size bytes back) and prints both.
# Uses what the last load left in requests, rps, p50, p99, cpu. LIMIT: "+35" (microseconds over bare) or "x1.3".
row() {
  local name=$1 connections=$2 limit=$3
  local own_rps=$rps own_p50=$p50 own_p99=$p99 own_cpu=$cpu own_failed=$failed
  load "$bare_pid" "$connections" "$bare_seconds" "$bare_url" "$bare_script" "${bare_arguments[@]}"
  awk -v name="$name" -v c="$connections" -v rps="$own_rps" -v p50="$own_p50" -v p99="$own_p99" -v cpu="$own_cpu" \
    -v bare="$cpu" -v bare_rps="$rps" -v bare_p99="$p99" -v limit="$limit" -v failed="$own_failed" 'BEGIN {
      over = cpu - bare
      ratio = cpu / bare
      if (limit ~ /^x/) { ok = ratio <= substr(limit, 2) + 0 } else { ok = over <= limit + 0 }
      printf "| %s | %d | %d | %d | %d | %.1f | %.1f | %+.1f | %.2f | %s | %s |%s\n",
        name, c, rps, p50, p99, cpu, bare, over, ratio, limit, ok ? "yes" : "no",
        (failed > 0 ? " " failed " failed" : "")
    }'
}
