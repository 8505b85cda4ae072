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

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
jar=$root/deploy/target/gatehouse.jar
port=28480
management=28481
bare_port=28490
url=http://127.0.0.1:$port
secret=demo-secret-0123456789abcdef0123456789
basic=$(printf 'demo:%s' "$secret" | base64 -w0)

need() {
  command -v wrk >/dev/null || die "wrk is missing: apt-get install wrk"
  [ -f "$jar" ] || die "there is no $jar: build it with deploy/gatehouse start --demo or mvn package"
}

# start_node FOLDER [NAME=VALUE...]: a demo node that refuses nobody for asking often; its data and log lie in FOLDER,
# NAME is a part of the configuration; a file gatehouse.yaml in FOLDER is another. Sets gatehouse_pid.
start_node() {
  local folder=$1 setting
  shift
  mkdir -p "$folder"
  : >"$folder/gatehouse.log" # the start before has left its "ready" there
  (
    cd "$folder"
    export GATEHOUSE_SERVER_PORT=$port GATEHOUSE_MANAGEMENT_PORT=$management
    export GATEHOUSE_LIMITS_LOGIN_ATTEMPTS_PER_ADDRESS=off GATEHOUSE_LIMITS_LOGIN_FAILURES_PER_ACCOUNT=off
    export GATEHOUSE_LIMITS_LOGIN_FAILURES_PER_ACCOUNT_AND_ADDRESS=off GATEHOUSE_LIMITS_UNDATED_LOGINS_PER_CLIENT=off
    for setting in "$@"; do export "GATEHOUSE_$setting"; done
    set --
    [ ! -f gatehouse.yaml ] || set -- --config gatehouse.yaml
    exec "$root/deploy/gatehouse" start --demo "$@"
  ) >"$folder/gatehouse.log" 2>&1 &
  gatehouse_pid=$!
  pids="$pids $gatehouse_pid"
  wait_for "$folder/gatehouse.log" "Gatehouse is ready" "$gatehouse_pid"
}

# java_of PID: the program that a process runs
java_of() { readlink -f "/proc/$1/exe"; }

# start_bare FOLDER: the bare server, by the Java of the node
start_bare() {
  : >"$1/bare.log" # as above
  "$(java_of "$gatehouse_pid")" -Xmx128m -cp "$jar" "$root/deploy/bench/BareServer.java" $bare_port >"$1/bare.log" 2>&1 &
  bare_pid=$!
  pids="$pids $bare_pid"
  wait_for "$1/bare.log" "bare server ready" "$bare_pid"
}

# bare SIZE BODY [BASIC]: what the bare server is asked in the rows that follow
bare() {
  bare_url=http://127.0.0.1:$bare_port
  bare_script=$root/deploy/bench/lua/form.lua
  bare_arguments=("/$1" "$2" "${3:-}")
  bare_seconds=$seconds
}

# bare_get SIZE [HEADER VALUE]: the same by GET
bare_get() {
  bare_url=http://127.0.0.1:$bare_port
  bare_script=$root/deploy/bench/lua/get.lua
  bare_arguments=("/$1" "${@:2}")
  bare_seconds=$seconds
}

post() { curl -s --max-time 10 -u "demo:$secret" "$url$1" -d "$2"; }

# One line, whether or not the answer ends with a newline.
field() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p" | awk '{ print }'; }

# refresh_tokens FILE: 64 of them, one a line; password hashing takes its time
refresh_tokens() {
  local i
  for i in $(seq 1 64); do
    curl -s --max-time 30 "$url/auth/login" \
      -d "username=ada&password=ada-demo-password&client_id=demo&client_secret=$secret" | field refresh_token
  done >"$1"
}

base64url() { base64 -w0 | tr '+/' '-_' | tr -d '='; }

# Sets authorize and exchange, the two halves of a login by a client's JWT. It is undated, which only the demo allows: wrk
# can't sign one for each request, and what is left out is remembering it.
jwt_login() {
  local jwt
  jwt=$(printf '{"alg":"HS256"}' | base64url).$(printf '{"client_id":"demo"}' | base64url)
  jwt=$jwt.$(printf '%s' "$jwt" | openssl dgst -sha256 -hmac demo-jwt-login-key-0123456789abcdef -binary | base64url)
  authorize="/api/authorizeByJWT.do?response_type=code&client_id=demo&email=ada@example.org&jwt_token=$jwt"
  exchange="/api/token.do?grant_type=authorization_code&code="
}

# hidden_request: what a page's form carries
hidden_request() { sed -n 's/.*name="request" value="\([^"]*\)".*/\1/p'; }

# browser_session JAR PATH: ada logs in for an authorization request and allows it, so that from then on it is answered at
# once. Sets cookies, a header's value.
browser_session() {
  local browser=(curl -s --max-time 30 -b "$1" -c "$1") box
  box=$("${browser[@]}" "$url$2" | hidden_request)
  box=$("${browser[@]}" -L --data-urlencode "request=$box" -d username=ada -d password=ada-demo-password \
    "$url/login" | hidden_request)
  "${browser[@]}" -o "$1.answer" --data-urlencode "request=$box" -d decision=allow "$url/consent"
  cookies=$(awk -F'\t' 'NF == 7 { printf "%s%s=%s", sep, $6, $7; sep = "; " }' "$1")
  [ "$("${browser[@]}" -o "$1.answer" -w '%{http_code}' "$url$2")" = 302 ] || die "the login of a browser failed"
}

# bare_pair: the bare server answers with the mean size of both halves
bare_pair() {
  local one two
  one=$(curl -s "$url$authorize")
  two=$(post "$exchange$(field code <<<"$one")" "")
  bare $(((${#one} + ${#two}) / 2)) "$grant" "$basic"
}

# cpu_ticks PIDS: user and system time of a process, or of several in one word, in clock ticks
cpu_ticks() {
  local pid
  for pid in $1; do cat "/proc/$pid/stat"; done | awk '{ sub(/.*\) /, ""); sum += $12 + $13 } END { print sum }'
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

# load PIDS CONNECTIONS SECONDS URL SCRIPT [ARGUMENT...]
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
# Uses what the last load left in requests, rps, p50, p99, cpu, and appends the cells in extra. LIMIT: "+35"
# (microseconds over bare) or "x1.3".
extra=""
row() {
  local name=$1 connections=$2 limit=$3
  local own_rps=$rps own_p50=$p50 own_p99=$p99 own_cpu=$cpu own_failed=$failed
  load "$bare_pid" "$connections" "$bare_seconds" "$bare_url" "$bare_script" "${bare_arguments[@]}"
  awk -v name="$name" -v c="$connections" -v rps="$own_rps" -v p50="$own_p50" -v p99="$own_p99" -v cpu="$own_cpu" \
    -v bare="$cpu" -v bare_rps="$rps" -v bare_p99="$p99" -v limit="$limit" -v failed="$own_failed" -v extra="$extra" 'BEGIN {
      over = cpu - bare
      ratio = cpu / bare
      if (limit ~ /^x/) { ok = ratio <= substr(limit, 2) + 0 } else { ok = over <= limit + 0 }
      printf "| %s | %d | %d | %d | %d | %.1f | %.1f | %+.1f | %.2f | %s | %s |%s%s\n",
        name, c, rps, p50, p99, cpu, bare, over, ratio, limit, ok ? "yes" : "no", extra,
        (failed > 0 ? " " failed " failed" : "")
    }'
}
