# The doors that the benchmark compares: plain vertx-http-proxy, nginx that asks Gatehouse, HAProxy that verifies by itself. Each
# passes on to the bare server. Needs lib.sh and servers.sh.

plain_port=28491
nginx_port=28492
haproxy_port=28493
haproxy_plain_port=28494
shop=shop.example.org
hop=hop-secret-0123456789abcdef0123456789

# found NAME: a program on the path or where Debian puts it
found() { command -v "$1" || command -v "/usr/sbin/$1" || die "$1 is missing: apt-get install nginx-light haproxy"; }

# start_door NAME FOLDER PORT COMMAND...: waits until it listens. Sets door_pid.
start_door() {
  local name=$1 folder=$2 port=$3 tries=0
  shift 3
  (cd "$folder" && exec "$@") >"$folder/$name.log" 2>&1 &
  door_pid=$!
  pids="$pids $door_pid"
  until (exec 9<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
    kill -0 "$door_pid" 2>/dev/null || { cat "$folder/$name.log" >&2; die "$name ended before it was ready"; }
    tries=$((tries + 1))
    [ "$tries" -lt 600 ] || die "$name was not ready within a minute"
    sleep 0.1
  done
}

# start_plain FOLDER. Sets plain_pid.
start_plain() {
  local proxy
  proxy=$(program vertx-http-proxy "io/vertx/vertx-http-proxy/*/vertx-http-proxy-*[0-9].jar")
  start_door plain "$1" $plain_port \
    "$(java_of "$gatehouse_pid")" -Xmx128m -cp "$jar:$proxy" "$root/deploy/bench/PlainProxy.java" $plain_port $bare_port
  plain_pid=$door_pid
}

# start_nginx FOLDER: by the example. Sets nginx_pids, in one word.
start_nginx() {
  local file
  for file in gatehouse.conf gatehouse-hop.conf; do
    sed "s/:8000/:$nginx_port/; s/:8080/:$port/; s/:9000/:$bare_port/; s/server 127.0.0.1:$bare_port;/& keepalive 64;/" \
      "$root/deploy/examples/nginx/$file" >"$1/$file"
  done
  cat >"$1/nginx.conf" <<END
daemon off; worker_processes 2; pid nginx.pid; error_log stderr;
events {}
http {
  access_log off; keepalive_requests 1000000000;
  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
  include gatehouse.conf;
}
END
  start_door nginx "$1" $nginx_port "$(found nginx)" -p "$1" -e stderr -c nginx.conf
  nginx_pids="$door_pid $(cat "/proc/$door_pid/task/$door_pid/children")"
}

# public_key FILE: the ES256 key by which Gatehouse signs access tokens, as PEM
public_key() {
  local jwk
  jwk=$(curl -s "$url/oauth2/jwks" | grep -o '{[^{}]*"P-256"[^{}]*}' | head -n 1)
  {
    printf 'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE' | base64 -d
    field x <<<"$jwk" | octets
    field y <<<"$jwk" | octets
  } | openssl ec -pubin -inform DER -out "$1" 2>/dev/null || die "the ES256 key of Gatehouse can't be read"
}

# octets: of base64url without padding, 32 of them
octets() { local text; read -r text; printf '%s=' "$text" | tr -- '-_' '+/' | base64 -d; }

# start_haproxy FOLDER: a door that looks at the signature, the issuer, the audience and the end of each token, as its
# documentation shows it, and one that passes everything on. Sets haproxy_pid.
start_haproxy() {
  public_key "$1/key.pem"
  cat >"$1/haproxy.cfg" <<END
global
    nbthread 2
defaults
    mode http
    timeout connect 5s
    timeout client 30s
    timeout server 30s
frontend checked
    bind 127.0.0.1:$haproxy_port
    http-request set-var(txn.bearer) http_auth_bearer
    http-request set-var(txn.alg) var(txn.bearer),jwt_header_query('\$.alg')
    http-request set-var(txn.iss) var(txn.bearer),jwt_payload_query('\$.iss')
    http-request set-var(txn.aud) var(txn.bearer),jwt_payload_query('\$.aud')
    http-request set-var(txn.exp) var(txn.bearer),jwt_payload_query('\$.exp','int')
    http-request set-var(txn.now) date()
    http-request return status 401 unless { var(txn.alg) -m str ES256 }
    http-request return status 401 unless { var(txn.iss) -m str $url }
    http-request return status 401 unless { var(txn.aud) -m found }
    http-request return status 401 unless { var(txn.bearer),jwt_verify(txn.alg,"$1/key.pem") 1 }
    http-request return status 401 if { var(txn.exp),sub(txn.now) -m int lt 0 }
    http-request del-header Authorization
    default_backend bare
frontend unchecked
    bind 127.0.0.1:$haproxy_plain_port
    http-request del-header Authorization
    default_backend bare
backend bare
    server bare 127.0.0.1:$bare_port
END
  start_door haproxy "$1" $haproxy_port "$(found haproxy)" -db -f haproxy.cfg
  haproxy_pid=$door_pid
}
